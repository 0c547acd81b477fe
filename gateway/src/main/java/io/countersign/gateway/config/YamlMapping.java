package io.countersign.gateway.config;

import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

import java.nio.charset.StandardCharsets;
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

    static YamlMapping of(final YamlSource source, final Node node, final String name) throws ConfigException
    {
        if (!(node instanceof final MappingNode mapping))
        {
            throw source.error(node, "expected " + name + " to be a mapping (name: value)");
        }
        final Map<String, NodeTuple> fields = new LinkedHashMap<>();
        for (final NodeTuple tuple : mapping.getValue())
        {
            if (!(tuple.getKeyNode() instanceof final ScalarNode key))
            {
                throw source.error(tuple.getKeyNode(), "expected a field name in " + name);
            }
            if (null != fields.put(key.getValue(), tuple))
            {
                throw source.error(key, "'" + key.getValue() + "' stands twice in " + name);
            }
        }
        return new YamlMapping(source, node, name, fields);
    }

    ConfigException error(final String field, final String what)
    {
        final NodeTuple tuple = fields.get(field);
        return source.error(null == tuple ? node : tuple.getValueNode(), what);
    }

    /** Refuses fields other than these: a misspelt limit must not be a missing one. */
    void allowOnly(final String... allowed) throws ConfigException
    {
        final Faults faults = new Faults();
        for (final Map.Entry<String, NodeTuple> field : fields.entrySet())
        {
            if (!List.of(allowed).contains(field.getKey()))
            {
                faults.add(source.error(field.getValue().getKeyNode(), "unknown field '" + field.getKey() + "' in " +
                    name + "; expected one of: " + String.join(", ", allowed)));
            }
        }
        faults.throwAny();
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
            throw source.error(node, name + " has no '" + field + "'; expected " + expected);
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
        final String value = text(field, "a name");
        checkName(fields.get(field).getValueNode(), field, value);
        return value;
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

    /** Whole numbers, each once; none when the field is absent or an empty list. */
    List<Integer> numbers(final String field, final int minimum, final int maximum) throws ConfigException
    {
        final String expected = "a list of whole numbers from " + minimum + " to " + maximum;
        final List<Integer> numbers = new ArrayList<>();
        final Faults faults = new Faults();
        final Node value = has(field) ? fields.get(field).getValueNode() : null;
        if (null == value || value instanceof final SequenceNode sequence && sequence.getValue().isEmpty())
        {
            return numbers;
        }
        for (final Node item : sequence(field, expected))
        {
            final String text = scalar(item, field, expected);
            if (!text.matches("[0-9]{1,10}") || Long.parseLong(text) < minimum || maximum < Long.parseLong(text))
            {
                faults.add(source.error(item, "'" + text + "' in '" + field + "'; expected " + expected));
            }
            else if (numbers.contains(Integer.valueOf(text)))
            {
                faults.add(source.error(item, "'" + text + "' stands twice in '" + field + "'"));
            }
            else
            {
                numbers.add(Integer.valueOf(text));
            }
        }
        faults.throwAny();
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

    List<String> names(final String field, final String expected) throws ConfigException
    {
        return choices(field, (name) -> name, expected);
    }

    /** What each name in a list stands for, each once. */
    <T> List<T> choices(final String field, final Function<String, T> ofName, final String expected)
        throws ConfigException
    {
        final Set<T> choices = new LinkedHashSet<>();
        final Faults faults = new Faults();
        for (final Node item : sequence(field, expected))
        {
            try
            {
                final String value = scalar(item, field, expected);
                checkName(item, field, value);
                final T choice = ofName.apply(value);
                if (null == choice)
                {
                    faults.add(source.error(
                        item, "'" + value + "' is unknown in '" + field + "'; expected " + expected));
                }
                else if (!choices.add(choice))
                {
                    faults.add(source.error(item, "'" + value + "' stands twice in '" + field + "'"));
                }
            }
            catch (final ConfigException ex)
            {
                faults.add(ex);
            }
        }
        faults.throwAny();
        return List.copyOf(choices);
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
                final YamlMapping mapping = problems.attempt(null, () -> of(source, item, itemName));
                if (null != mapping)
                {
                    mappings.add(mapping);
                }
            }
        }
        return mappings;
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
            throw source.error(node, name + " has no '" + field + "'; expected " + expected);
        }
        return of(source, fields.get(field).getValueNode(), "'" + field + "'");
    }

    private List<Node> sequence(final String field, final String expected) throws ConfigException
    {
        if (!has(field))
        {
            throw source.error(node, name + " has no '" + field + "'; expected " + expected);
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

    private void checkName(final Node value, final String field, final String text) throws ConfigException
    {
        if (64 < text.getBytes(StandardCharsets.UTF_8).length)
        {
            throw source.error(value, "'" + field + "' is longer than 64 bytes");
        }
    }

    /** Several mistakes in one exception: the first, with the others suppressed. */
    private static final class Faults
    {
        private ConfigException first;

        private void add(final ConfigException fault)
        {
            if (null == first)
            {
                first = fault;
            }
            else
            {
                first.addSuppressed(fault);
            }
        }

        private void throwAny() throws ConfigException
        {
            if (null != first)
            {
                throw first;
            }
        }
    }
}
