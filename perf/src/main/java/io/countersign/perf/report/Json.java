package io.countersign.perf.report;

import io.countersign.ops.venues.JsonReader;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One object of a JSON file. What is not as it should be is an {@link UncheckedIOException} that names file and member.
 */
final class Json
{
    private final Path file;
    private final Map<?, ?> members;

    private Json(final Path file, final Object value)
    {
        this.file = file;
        if (!(value instanceof final Map<?, ?> map))
        {
            throw error("has something else where an object should be");
        }
        members = map;
    }

    static Json read(final Path file) throws IOException
    {
        if (!Files.isRegularFile(file))
        {
            throw new NoSuchFileException(file.toString());
        }
        try
        {
            return new Json(file, JsonReader.parse(Files.readString(file, StandardCharsets.UTF_8)));
        }
        catch (final IllegalArgumentException ex)
        {
            throw new IOException(file + " is not JSON: " + ex.getMessage());
        }
    }

    Set<String> names()
    {
        final Set<String> names = new LinkedHashSet<>();
        members.keySet().forEach((name) -> names.add((String) name));
        return names;
    }

    boolean has(final String name)
    {
        return members.containsKey(name);
    }

    String text(final String name)
    {
        return member(String.class, name);
    }

    /** NaN where it is null. */
    double number(final String name)
    {
        return members.containsKey(name) && null == members.get(name) ?
            Double.NaN : Double.parseDouble(member(JsonReader.Digits.class, name).text());
    }

    boolean truth(final String name)
    {
        return member(Boolean.class, name);
    }

    <T extends Enum<T>> T constant(final Class<T> type, final String name)
    {
        try
        {
            return Enum.valueOf(type, text(name));
        }
        catch (final IllegalArgumentException ex)
        {
            throw error("has '" + text(name) + "' for '" + name + "', which is not known");
        }
    }

    Json object(final String name)
    {
        return new Json(file, members.get(name));
    }

    List<Json> objects(final String name)
    {
        final List<?> values = member(List.class, name);
        return values.stream().map((one) -> new Json(file, one)).toList();
    }

    List<Double> numbers(final String name)
    {
        final List<?> values = member(List.class, name);
        if (!values.stream().allMatch(JsonReader.Digits.class::isInstance))
        {
            throw error("has more than numbers in '" + name + "'");
        }
        return values.stream().map((one) -> Double.valueOf(one.toString())).toList();
    }

    private <T> T member(final Class<T> type, final String name)
    {
        final Object value = members.get(name);
        if (!type.isInstance(value))
        {
            throw error("has no '" + name + "', or not what it should be");
        }
        return type.cast(value);
    }

    private UncheckedIOException error(final String what)
    {
        final IOException cause = new IOException(file + " " + what);
        return new UncheckedIOException(cause.getMessage(), cause);
    }
}
