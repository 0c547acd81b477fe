package io.countersign.ops.keys;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * Keys that stand in public documentation, examples and tests, by what would be pinned of them: the check value of a
 * secret, the SHA-256 of a public key. Anybody can sign with these.
 */
final class PublishedKeys
{
    private static final String RESOURCE = "published-keys.txt";

    private final Map<String, String> sources = new HashMap<>();

    PublishedKeys()
    {
        try (InputStream in = PublishedKeys.class.getResourceAsStream(RESOURCE);
            BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)))
        {
            for (String line = reader.readLine(); null != line; line = reader.readLine())
            {
                final int space = line.indexOf(' ');
                if (!line.startsWith("#") && 0 < space)
                {
                    sources.put(line.substring(0, space), line.substring(space + 1));
                }
            }
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    /**
     * Where a key was published.
     *
     * @param value check value or SHA-256 of the public key, hexadecimal digits.
     * @return the source, or null when it is not known to be published.
     */
    String source(final String value)
    {
        return sources.get(value);
    }
}
