package io.countersign.venues;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** A vector of the files beside this class, published or derived. Their keys protect nothing. */
public record Vectors(Map<String, Object> fields)
{
    public static List<Vectors> startingWith(final String... prefixes)
    {
        return Stream.of("venue-vectors.json", "venue-vectors-derived.json").flatMap(Vectors::load)
            .filter((vector) -> Stream.of(prefixes).anyMatch(vector.id()::startsWith)).toList();
    }

    public static Vectors of(final String id)
    {
        return startingWith(id).stream().filter((vector) -> vector.id().equals(id)).findFirst().orElseThrow();
    }

    @SuppressWarnings("unchecked")
    private static Stream<Vectors> load(final String file)
    {
        try (InputStream in = Vectors.class.getResourceAsStream(file))
        {
            return ((List<Map<String, Object>>) new Load(LoadSettings.builder().build()).loadFromInputStream(in))
                .stream().map(Vectors::new);
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    public String id()
    {
        return text("id");
    }

    public boolean has(final String field)
    {
        return fields.get(field) != null;
    }

    public String text(final String field)
    {
        return (String) fields.get(field);
    }

    public long number(final String field)
    {
        return ((Number) fields.get(field)).longValue();
    }

    public byte[] bytes(final String field)
    {
        final String text = text(field);
        return HexFormat.of().parseHex(text.startsWith("0x") ? text.substring(2) : text);
    }

    @SuppressWarnings("unchecked")
    public Map<String, Object> map(final String field)
    {
        return (Map<String, Object>) fields.get(field);
    }

    @Override
    public String toString()
    {
        return id();
    }
}
