package io.countersign.ops.audit;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * SHA-256.
 */
final class Digest
{
    private Digest()
    {
    }

    static byte[] sha256(final byte[] bytes)
    {
        try
        {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        }
        catch (final NoSuchAlgorithmException ex)
        {
            throw new IllegalStateException("every Java platform has SHA-256", ex);
        }
    }
}
