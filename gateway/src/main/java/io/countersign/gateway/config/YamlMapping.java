package io.countersign.gateway.config;

import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * A YAML mapping whose fields are asked for by name and type; what was never asked for is an unknown field.
 */
final class YamlMapping
{
    private static final int MAX_NAME_LENGTH = 64;

    private final YamlSource source;
    private final Node node;
    private final String name;
    private final Map<String, NodeTuple> fields;

    private YamlMapping(
        final YamlSource source, final Node node, final String name, final Map<String, NodeTuple> fields)
    {
        this.source = source;
        this.node = node;
        this.name = name;
        this.fields = fields;
    }

    /** Stops at the first mistake. */
    static YamlMapping of(final YamlSource source, final Node node, final String name) throws ConfigException
    {
        final Problems problems = new Problems();
        final YamlMapping mapping = of(source, node, name, problems);
        problems.throwAny();
        return mapping;
    }

    /** Null for what is no mapping, which is noted; of a field that stands twice, the first counts. */
    static YamlMapping of(final YamlSource source, final Node node, final String name, final Problems problems)
    {
        if (!(node instanceof final MappingNode mapping))
        {
            problems.add(source.error(node, "expected " + name + " to be a mapping (name: value)"));
            return null;
        }
        final Map<String, NodeTuple> fields = new LinkedHashMap<>();
        for (final NodeTuple tuple : mapping.getValue())
        {
            if (!(tuple.getKeyNode() instanceof final ScalarNode key))
            {
                problems.add(source.error(tuple.getKeyNode(), "expected a field name in " + name));
            }
            else if (null != fields.putIfAbsent(key.getValue(), tuple))
            {
                problems.add(source.error(
                    key, "'" + key.getValue() + "' stands twice in " + name + "; expected it once"));
            }
        }
        return new YamlMapping(source, node, name, fields);
    }

    ConfigException error(final String field, final String what)
    {
        final NodeTuple tuple = fields.get(field);
        return source.error(null == tuple ? node : tuple.getValueNode(), what);
    }

    ConfigException missing(final String what, final String expected)
    {
        return source.error(node, name + " has no " + what + "; expected " + expected);
    }

    /** Refuses fields other than these: a misspelt limit must not be a missing one. */
    void allowOnly(final String... allowed) throws ConfigException
    {
        final Problems problems = new Problems();
        allowOnly(problems, allowed);
        problems.throwAny();
    }

    void allowOnly(final Problems problems, final String... allowed)
    {
        for (final Map.Entry<String, NodeTuple> field : fields.entrySet())
        {
            if (!List.of(allowed).contains(field.getKey()))
            {
                problems.add(source.error(field.getValue().getKeyNode(), "unknown field '" + field.getKey() +
                    "' in " + name + "; expected one of: " + String.join(", ", allowed)));
            }
        }
    }

    /** Where the mapping begins. */
    Node node()
    {
        return node;
    }

    /** The value of a field that is there. */
    Node node(final String field)
    {
        return fields.get(field).getValueNode();
    }

    /** The items of a list with something in it. */
    List<Node> items(final String field, final String expected) throws ConfigException
    {
        return sequence(field, expected);
    }

    /** Every field that is there. */
    Set<String> fieldNames()
    {
        return fields.keySet();
    }

    boolean has(final String field)
    {
        return fields.containsKey(field);
    }

    String text(final String field, final String expected) throws ConfigException
    {
        if (!has(field))
        {
            throw missing("'" + field + "'", expected);
        }
        return scalar(fields.get(field).getValueNode(), field, expected);
    }

    String text(final String field, final String expected, final String absent) throws ConfigException
    {
        return has(field) ? text(field, expected) : absent;
    }

    /** A name that travels in frames and records: 1 to 64 bytes of UTF-8 without control characters. */
    String name(final String field) throws ConfigException
    {
        final String expected = "a name";
        text(field, expected);
        return checkedName(fields.get(field).getValueNode(), field, expected);
    }

    /** A path, where it is relative to a directory. */
    Path path(final String field, final Path base, final String expected) throws ConfigException
    {
        final String value = text(field, expected);
        try
        {
            return base.resolve(value).normalize();
        }
        catch (final InvalidPathException ex)
        {
            // In a process without a UTF-8 locale, a path beyond ASCII is none.
            throw error(field, "'" + field + "' is '" + value + "', no path here; expected " + expected);
        }
    }

    long number(final String field, final long minimum, final long maximum) throws ConfigException
    {
        final String expected = "a whole number from " + minimum + " to " + maximum;
        final String value = text(field, expected);
        try
        {
            final long number = Long.parseLong(value);
            if (minimum <= number && number <= maximum && value.matches("-?[0-9]+"))
            {
                return number;
            }
        }
        catch (final NumberFormatException ex)
        {
            // Told below, with what was expected.
        }
        throw error(field, "'" + field + "' is '" + value + "'; expected " + expected);
    }

    long number(final String field, final long minimum, final long maximum, final long absent) throws ConfigException
    {
        return has(field) ? number(field, minimum, maximum) : absent;
    }

    /** Whole numbers, each once; none when the field is absent or an empty list. What is none is noted. */
    List<Integer> numbers(final String field, final int minimum, final int maximum, final Problems problems)
    {
        final String expected = "a list of whole numbers from " + minimum + " to " + maximum;
        final Node value = has(field) ? fields.get(field).getValueNode() : null;
        if (null == value || value instanceof final SequenceNode sequence && sequence.getValue().isEmpty())
        {
            return List.of();
        }
        final Set<Integer> numbers = new LinkedHashSet<>();
        for (final Node item : problems.attempt(List.<Node>of(), () -> sequence(field, expected)))
        {
            final String text = problems.attempt(null, () -> scalar(item, field, expected));
            if (null != text &&
                (!text.matches("[0-9]{1,10}") || Long.parseLong(text) < minimum || maximum < Long.parseLong(text)))
            {
                problems.add(source.error(item, "'" + text + "' in '" + field + "'; expected " + expected));
            }
            else if (null != text && !numbers.add(Integer.valueOf(text)))
            {
                problems.add(source.error(item, twice(text, field)));
            }
        }
        return List.copyOf(numbers);
    }

    <T> T choice(final String field, final Function<String, T> ofName, final String expected) throws ConfigException
    {
        final String value = text(field, expected);
        final T choice = ofName.apply(value);
        if (null == choice)
        {
            throw error(field, "'" + field + "' is '" + value + "'; expected " + expected);
        }
        return choice;
    }

    byte[] decoded(final String field, final String expected, final Function<String, byte[]> decoder)
        throws ConfigException
    {
        final String value = text(field, expected);
        try
        {
            final byte[] bytes = decoder.apply(value);
            if (0 < bytes.length)
            {
                return bytes;
            }
        }
        catch (final IllegalArgumentException ex)
        {
            // Told below, with what was expected.
        }
        throw error(field, "'" + field + "' is not " + expected);
    }

    /** What each name in a list stands for, each once; what is wrong with an item is noted. */
    <T> List<T> choices(
        final String field, final Function<String, T> ofName, final String expected, final Problems problems)
    {
        final Set<T> choices = new LinkedHashSet<>();
        for (final Node item : problems.attempt(List.<Node>of(), () -> sequence(field, expected)))
        {
            final String value = problems.attempt(null, () -> checkedName(item, field, expected));
            final T choice = null == value ? null : ofName.apply(value);
            if (null != value && null == choice)
            {
                problems.add(source.error(
                    item, "'" + value + "' is unknown in '" + field + "'; expected " + expected));
            }
            else if (null != value && !choices.add(choice))
            {
                problems.add(source.error(item, twice(value, field)));
            }
        }
        return List.copyOf(choices);
    }

    /** Stops when something is wrong with an item. */
    <T> List<T> choices(final String field, final Function<String, T> ofName, final String expected)
        throws ConfigException
    {
        final Problems problems = new Problems();
        final List<T> choices = choices(field, ofName, expected, problems);
        problems.throwAny();
        return choices;
    }

    /** The mappings in a list; none when the field is absent. What is wrong with an item is noted. */
    List<YamlMapping> mappings(final String field, final String itemName, final Problems problems)
    {
        final List<YamlMapping> mappings = new ArrayList<>();
        if (has(field))
        {
            for (final Node item : problems.attempt(
                List.<Node>of(), () -> sequence(field, "a list, each item " + itemName)))
            {
                final YamlMapping mapping = of(source, item, itemName, problems);
                if (null != mapping)
                {
                    mappings.add(mapping);
                }
            }
        }
        return mappings;
    }

    boolean hasEmptyList(final String field)
    {
        return has(field) && fields.get(field).getValueNode() instanceof final SequenceNode list &&
            list.getValue().isEmpty();
    }

    boolean isList(final String field)
    {
        return fields.get(field).getValueNode() instanceof SequenceNode;
    }

    List<String> texts(final String field, final String expected) throws ConfigException
    {
        final List<String> texts = new ArrayList<>();
        for (final Node item : sequence(field, expected))
        {
            texts.add(scalar(item, field, expected));
        }
        return texts;
    }

    List<YamlMapping> mappings(final String field, final String itemName) throws ConfigException
    {
        final List<YamlMapping> mappings = new ArrayList<>();
        for (final Node item : sequence(field, "a list, each item " + itemName))
        {
            mappings.add(of(source, item, itemName));
        }
        return mappings;
    }

    YamlMapping mapping(final String field, final String expected) throws ConfigException
    {
        if (!has(field))
        {
            throw missing("'" + field + "'", expected);
        }
        return of(source, fields.get(field).getValueNode(), "'" + field + "'");
    }

    /** Null when it is missing or no mapping, which is noted. */
    YamlMapping mapping(final String field, final String expected, final Problems problems)
    {
        if (!has(field))
        {
            problems.add(missing("'" + field + "'", expected));
            return null;
        }
        return of(source, fields.get(field).getValueNode(), "'" + field + "'", problems);
    }

    private List<Node> sequence(final String field, final String expected) throws ConfigException
    {
        if (!has(field))
        {
            throw missing("'" + field + "'", expected);
        }
        final Node value = fields.get(field).getValueNode();
        if (!(value instanceof final SequenceNode sequence) || sequence.getValue().isEmpty())
        {
            throw source.error(value, "'" + field + "' is not a list with something in it; expected " + expected);
        }
        return sequence.getValue();
    }

    private String scalar(final Node value, final String field, final String expected) throws ConfigException
    {
        if (!(value instanceof final ScalarNode scalar) || scalar.getValue().isBlank())
        {
            throw source.error(value, "'" + field + "' has no value; expected " + expected);
        }
        final String text = scalar.getValue();
        if (text.chars().anyMatch(Character::isISOControl) || !StandardCharsets.UTF_8.newEncoder().canEncode(text))
        {
            throw source.error(value, "'" + field + "' has control characters; expected " + expected);
        }
        return text;
    }

    private String checkedName(final Node value, final String field, final String expected) throws ConfigException
    {
        final String text = scalar(value, field, expected);
        if (MAX_NAME_LENGTH < text.getBytes(StandardCharsets.UTF_8).length)
        {
            throw source.error(
                value, "'" + field + "' is longer than " + MAX_NAME_LENGTH + " bytes; expected at most that");
        }
        return text;
    }

    private static String twice(final String value, final String field)
    {
        return "'" + value + "' stands twice in '" + field + "'; expected it once";
    }
}
