package io.countersign.gateway.access;

import io.countersign.gateway.access.JwkReader.NamedKey;
import io.countersign.gateway.json.JsonException;
import io.countersign.gateway.json.StrictJson;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The public keys of an identity provider that signatures can be checked with: an immutable JWKS (RFC 7517), safe for
 * all threads. Keys that serve other purposes or other algorithms are passed over; a key that is unsound, or a private
 * one, makes the whole set unusable.
 */
public final class JwkSet
{
    /** Longest text of a JWKS in bytes. */
    public static final int MAX_LENGTH = 256 * 1024;

    /** What is said of a set without keys. */
    public static final String EMPTY = "holds no key that can be used: every access token is refused";

    private static final int MAX_KEYS = 100;

    private final Map<String, VerificationKey> keys;

    private JwkSet(final Map<String, VerificationKey> keys)
    {
        this.keys = keys;
    }

    /**
     * Read a JWKS.
     *
     * @param name of the file or URL, for errors.
     * @param json the text in UTF-8.
     * @return its keys; it may hold none that can be used, as after the last one was revoked.
     * @throws JwksException when it is not a JWKS, or a key is unsound or private.
     */
    public static JwkSet parse(final String name, final byte[] json) throws JwksException
    {
        final List<?> items = items(name, json);
        final Map<String, VerificationKey> keys = new LinkedHashMap<>();
        int number = 0;
        for (final Object item : items)
        {
            number++;
            if (!(item instanceof final Map<?, ?> jwk))
            {
                throw new JwksException(name + ": key " + number + " is not a JSON object");
            }
            final NamedKey key = new JwkReader(name + ": key " + number, jwk).read();
            if (null != key && null != keys.put(key.kid(), key.key()))
            {
                throw new JwksException(name + ": key " + number + " has the kid '" + key.kid() +
                    "', which another key has; expected each kid once");
            }
        }
        return new JwkSet(keys);
    }

    /**
     * Names of the keys that can be used.
     *
     * @return each {@code kid}, in the order of the text.
     */
    public Set<String> kids()
    {
        return keys.keySet();
    }

    /**
     * Whether no access token can be good.
     *
     * @return true when there is no key that can be used.
     */
    public boolean isEmpty()
    {
        return keys.isEmpty();
    }

    /** The key of that name, or null. */
    VerificationKey get(final String kid)
    {
        return keys.get(kid);
    }

    private static List<?> items(final String name, final byte[] json) throws JwksException
    {
        if (MAX_LENGTH < json.length)
        {
            throw new JwksException(name + ": is longer than " + MAX_LENGTH + " bytes");
        }
        final Object keys;
        try
        {
            keys = StrictJson.object(json).get("keys");
        }
        catch (final JsonException ex)
        {
            throw new JwksException(name + ":" + ex.getMessage());
        }
        if (!(keys instanceof final List<?> items))
        {
            throw new JwksException(name + ": has no array 'keys'; expected a JWKS as RFC 7517 has it");
        }
        if (MAX_KEYS < items.size())
        {
            throw new JwksException(name + ": has " + items.size() + " keys; expected at most " + MAX_KEYS);
        }
        return items;
    }
}
