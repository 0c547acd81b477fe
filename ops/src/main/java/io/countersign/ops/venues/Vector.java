package io.countersign.ops.venues;

import io.countersign.venues.KeyAlgorithm;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A signed request that a venue, a library or somebody else has published, as {@code docs/venues.md} describes the file
 * that holds it.
 *
 * @param fields as they stand in the file.
 */
record Vector(Map<String, Object> fields)
{
    /** A parameter by its name at the venue; a value of JSON. */
    record Parameter(String name, Object value)
    {
        String text()
        {
            return value instanceof Map || value instanceof List ? null : String.valueOf(value);
        }
    }

    private static final Pattern REQUEST = Pattern.compile("(?:([A-Z]+)|path)\\s+(/[^\\s?]*).*", Pattern.DOTALL);

    /** The vectors in a text: a list of them, or one. */
    static List<Vector> read(final String json)
    {
        final Object value = JsonReader.parse(json);
        final List<Vector> vectors = new ArrayList<>();
        for (final Object item : value instanceof final List<?> list ? list : Arrays.asList(value))
        {
            if (!(item instanceof final Map<?, ?> map))
            {
                throw new IllegalArgumentException("1:1: expected a list of vectors, each a JSON object");
            }
            final Map<String, Object> fields = new LinkedHashMap<>();
            map.forEach((name, field) -> fields.put(name.toString(), field));
            vectors.add(new Vector(fields));
        }
        return vectors;
    }

    String id()
    {
        return null == text("id") ? "(no id)" : text("id");
    }

    /** Null when it is not there, or no text, number or boolean. */
    String text(final String name)
    {
        final Object value = fields.get(name);
        return null == value || value instanceof Map || value instanceof List ? null : value.toString();
    }

    String operation()
    {
        return null == text("operation") ? "" : text("operation");
    }

    /** Null when it is none that a key can have. */
    KeyAlgorithm algorithm()
    {
        final String name = null == text("algorithm") ? "" : text("algorithm");
        return name.startsWith("RSASSA-PKCS1-v1_5-SHA256") ? KeyAlgorithm.RSA_2048 : KeyAlgorithm.ofConfigName(name);
    }

    /** What is signed; null when the vector does not say. */
    byte[] payload()
    {
        final String payload = text("canonical_payload");
        if (null == payload)
        {
            return null;
        }
        final String encoding = text("canonical_payload_encoding");
        return null == encoding || encoding.startsWith("utf") ? payload.getBytes(StandardCharsets.UTF_8) :
            "base64".equals(encoding) ? Base64.getDecoder().decode(payload) : HexFormat.of().parseHex(payload);
    }

    /** The parameters of the list {@code params}, where it is one of pairs. */
    List<Parameter> parameters()
    {
        final List<Parameter> parameters = new ArrayList<>();
        if (fields.get("params") instanceof final List<?> list)
        {
            for (final Object item : list)
            {
                if (item instanceof final List<?> pair && 2 == pair.size())
                {
                    parameters.add(new Parameter(String.valueOf(pair.getFirst()), pair.getLast()));
                }
            }
        }
        return parameters;
    }

    /** A mapping of texts, for instance {@code order}; null when there is none. */
    Map<String, String> texts(final String name)
    {
        if (!(fields.get(name) instanceof final Map<?, ?> map))
        {
            return null;
        }
        final Map<String, String> texts = new LinkedHashMap<>();
        map.forEach((key, value) -> texts.put(key.toString(), String.valueOf(value)));
        return texts;
    }

    /** Null when the vector states none. */
    String method()
    {
        final Matcher request = request();
        return null == request ? text("method") : request.group(1);
    }

    /** Without query; null when the vector states none. */
    String path()
    {
        final Matcher request = request();
        final String path = null != text("uri") ? text("uri") : null != text("path") ? text("path") :
            null == request ? null : request.group(2);
        return null == path || !path.startsWith("/") ? null : path.split("\\?", 2)[0];
    }

    /** Null when the vector states none. */
    String query()
    {
        final String uri = text("uri");
        return null != text("query") ? text("query") : null != uri && uri.contains("?") ? uri.split("\\?", 2)[1] : null;
    }

    boolean hasQueryAndBody()
    {
        return null != text("query") && !text("query").isEmpty() && null != text("body") && !text("body").isEmpty();
    }

    /** The words of the venue's name, in lower case. */
    Set<String> venueWords()
    {
        return null == text("venue") ? Set.of() : words(text("venue"));
    }

    static Set<String> words(final String text)
    {
        final Set<String> words =
            new TreeSet<>(Arrays.asList(text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+")));
        words.remove("");
        return words;
    }

    private Matcher request()
    {
        final Matcher matcher = null == text("request") ? null : REQUEST.matcher(text("request"));
        return null != matcher && matcher.matches() ? matcher : null;
    }
}
