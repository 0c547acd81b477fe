package io.countersign.venues;

import io.countersign.venues.text.TextWriter;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Hashes that are part of requests, in memory that is allocated once. Not thread-safe.
 */
public final class Hashing
{
    /** Longest digest in bytes. */
    public static final int MAX_DIGEST_LENGTH = 64;

    // The digests of the Java platform take and give arrays without allocating, and nothing else.
    private final byte[] input;
    private final byte[] output = new byte[MAX_DIGEST_LENGTH];
    private final UnsafeBuffer digest = new UnsafeBuffer(output);
    private final MessageDigest sha256 = of("SHA-256");
    private final MessageDigest sha384 = of("SHA-384");
    private final MessageDigest sha512 = of("SHA-512");

    Hashing(final int capacity)
    {
        input = new byte[capacity];
    }

    /**
     * Hashes what a writer holds. Afterwards {@link #digest()} has the digest.
     *
     * @param text         to hash.
     * @param digestLength 32, 48 or 64 for SHA-256, SHA-384 or SHA-512.
     */
    public void hash(final TextWriter text, final int digestLength)
    {
        final MessageDigest algorithm = digestLength == 32 ? sha256 : digestLength == 48 ? sha384 : sha512;
        text.buffer().getBytes(text.offset(), input, 0, text.length());
        algorithm.update(input, 0, text.length());
        try
        {
            algorithm.digest(output, 0, digestLength);
        }
        catch (final DigestException ex)
        {
            throw new IllegalStateException("the buffer holds every digest", ex);
        }
    }

    /**
     * Where the digest lies, from index 0.
     *
     * @return the buffer.
     */
    public DirectBuffer digest()
    {
        return digest;
    }

    private static MessageDigest of(final String name)
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
