package io.countersign.perf.demo;

import io.countersign.hsm.SigningAlgorithm;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * The published keys and orders of {@code published-examples.yaml}.
 *
 * @param keys     to import into the token.
 * @param examples to send.
 */
record PublishedExamples(List<Key> keys, List<Example> examples)
{
    /**
     * A published key.
     *
     * @param fields as in the file.
     */
    record Key(Map<String, Object> fields)
    {
        String text(final String field)
        {
            return String.valueOf(fields.get(field));
        }

        SigningAlgorithm algorithm()
        {
            return SigningAlgorithm.ofConfigName(text("algorithm"));
        }

        byte[] material()
        {
            return algorithm().isMac() ?
                text("secret").getBytes(StandardCharsets.UTF_8) :
                Base64.getDecoder().decode(text("pkcs8"));
        }
    }

    /**
     * A published order with the signature that its source states.
     *
     * @param fields as in the file.
     */
    record Example(Map<String, Object> fields)
    {
        String text(final String field)
        {
            return has(field) ? String.valueOf(fields.get(field)) : "";
        }

        boolean has(final String field)
        {
            return fields.containsKey(field);
        }

        boolean isDerived()
        {
            return has("derived");
        }
    }

    @SuppressWarnings("unchecked")
    static PublishedExamples load()
    {
        try (InputStream in = PublishedExamples.class.getResourceAsStream("published-examples.yaml"))
        {
            final Map<String, List<Map<String, Object>>> root = (Map<String, List<Map<String, Object>>>)
                new Load(LoadSettings.builder().build()).loadFromInputStream(in);
            return new PublishedExamples(
                root.get("keys").stream().map(Key::new).toList(),
                root.get("examples").stream().map(Example::new).toList());
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }
}
