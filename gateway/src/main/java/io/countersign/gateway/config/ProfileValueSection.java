package io.countersign.gateway.config;

import io.countersign.venues.profile.CharacterSet;
import io.countersign.venues.profile.FieldSource;
import io.countersign.venues.profile.FieldSource.Kind;
import io.countersign.venues.profile.FieldValue;
import io.countersign.venues.profile.TimeFormat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Reads where a value comes from and how it is written.
 */
final class ProfileValueSection
{
    static final String TIME_FORMATS = Arrays.stream(TimeFormat.values())
        .map(TimeFormat::configName).collect(Collectors.joining(", "));

    private static final String PARAMETER = "parameter.";
    private static final int MAX_PLUS_MS = 600_000;

    private final List<String> parameters;
    private final TimeFormat time;
    private final Problems problems;

    ProfileValueSection(final List<String> parameters, final TimeFormat time, final Problems problems)
    {
        this.parameters = parameters;
        this.time = time;
        this.problems = problems;
    }

    /** The value of a source without further attributes, or null when there is no such source. */
    FieldValue ofName(final String name)
    {
        if (name.startsWith(PARAMETER))
        {
            final int index = parameters.indexOf(name.substring(PARAMETER.length()));
            return index < 0 ? null : FieldValue.ofParameter(index);
        }
        final FieldSource source = FieldSource.ofConfigName(name);
        return null == source ? null : FieldValue.of(source, time);
    }

    /** A mapping whose field {@code from} names the source; {@code others} it may have too. */
    FieldValue read(final YamlMapping mapping, final String from, final String... others) throws ConfigException
    {
        final FieldValue plain = mapping.choice(from, this::ofName, "a source, as symbol, price or timestamp" +
            (parameters.isEmpty() ? "" : ", or parameter." + String.join(", parameter.", parameters)));
        final List<String> allowed = new ArrayList<>(List.of(others));
        allowed.add(from);
        allowed.addAll(attributes(plain.source()));
        mapping.allowOnly(allowed.toArray(String[]::new));
        return new FieldValue(
            plain.source(),
            plain.parameter(),
            mapping.has("values") ? words(mapping, plain.source()) : plain.words(),
            mapping.has("characters") ? mapping.choice("characters", CharacterSet::of,
                "ranges of printable ASCII as A-Za-z0-9_-, or any") : plain.characters(),
            (int) mapping.number("max-length", 1, FieldValue.ANY_LENGTH, FieldValue.ANY_LENGTH),
            (int) mapping.number("max-decimals", 0, FieldValue.ANY_DECIMALS, FieldValue.ANY_DECIMALS),
            mapping.has("decimals") && mapping.choice("decimals", (value) -> switch (value)
            {
                case "keep" -> false;
                case "strip" -> true;
                default -> null;
            }, "keep or strip"),
            mapping.has("negative-for") &&
                mapping.choice("negative-for", (value) -> "sell".equals(value) ? true : null, "sell"),
            mapping.has("time") ? mapping.choice("time", TimeFormat::ofConfigName, TIME_FORMATS) : time,
            mapping.number("plus-ms", 1, MAX_PLUS_MS, 0));
    }

    private static List<String> attributes(final FieldSource source)
    {
        return switch (source.kind())
        {
            case TEXT -> List.of("characters", "max-length");
            case CODE -> List.of("values");
            case DECIMAL -> List.of("max-decimals", "decimals", "negative-for");
            default -> FieldSource.TIMESTAMP == source ? List.of("time", "plus-ms") : List.of();
        };
    }

    private Map<String, String> words(final YamlMapping mapping, final FieldSource source) throws ConfigException
    {
        final String expected = "a mapping from " + String.join(", ", source.words().keySet()) + " to words";
        final YamlMapping section = mapping.mapping("values", expected);
        final Map<String, String> words = new LinkedHashMap<>();
        for (final String name : section.fieldNames())
        {
            if (!source.words().containsKey(name) || Kind.CODE != source.kind())
            {
                problems.add(section.error(name, "'" + name + "' is no " + source.configName() + "; expected " +
                    expected));
                continue;
            }
            words.put(name, section.text(name, "the venue's word"));
        }
        return words;
    }
}
