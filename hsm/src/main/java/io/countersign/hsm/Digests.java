package io.countersign.hsm;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Message digests that every Java platform has.
 */
final class Digests
{
    private Digests()
    {
    }

    /**
     * A new SHA-256.
     *
     * @return SHA-256.
     */
    static MessageDigest sha256()
    {
        return of("SHA-256");
    }

    /**
     * A new digest.
     *
     * @param name as the Java platform writes it.
     * @return the digest.
     */
    static MessageDigest of(final String name)
    {
        try
        {
            return MessageDigest.getInstance(name);
        }
        catch (final NoSuchAlgorithmException ex)
        {
            throw new IllegalStateException(ex);
        }
    }
}
