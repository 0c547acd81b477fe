package io.countersign.ops.audit;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * SHA-256. For one thread.
 */
final class Digest
{
    private static final int LENGTH = 32;

    private final MessageDigest sha256;
    private final byte[] result = new byte[LENGTH];
    private byte[] input = new byte[1024];

    Digest()
    {
        try
        {
            sha256 = MessageDigest.getInstance("SHA-256");
        }
        catch (final NoSuchAlgorithmException ex)
        {
            throw new IllegalStateException("every Java platform has SHA-256", ex);
        }
    }

    /** Of some bytes; valid until the next call. */
    byte[] sha256(final Span of)
    {
        if (input.length < of.length())
        {
            input = new byte[of.length()];
        }
        of.buffer().getBytes(of.offset(), input, 0, of.length());
        sha256.update(input, 0, of.length());
        try
        {
            sha256.digest(result, 0, LENGTH);
        }
        catch (final DigestException ex)
        {
            throw new IllegalStateException("a SHA-256 has 32 bytes", ex);
        }
        return result;
    }
}
