package io.countersign.codecs.authentication;

import java.util.Arrays;

/**
 * HKDF with SHA-256 (RFC 5869). Allocates; not for the hot path.
 */
public final class HkdfSha256
{
    private static final int MAX_BLOCKS = 255;

    private HkdfSha256()
    {
    }

    /**
     * Extract, then expand.
     *
     * @param inputKey the input keying material.
     * @param salt     may be empty.
     * @param info     binds the output to its use; may be empty.
     * @param length   of the output, 1 to 8,160 bytes.
     * @return the output keying material, which the caller zeroes after use.
     */
    public static byte[] derive(final byte[] inputKey, final byte[] salt, final byte[] info, final int length)
    {
        final byte[] pseudorandomKey = HmacSha256.mac(salt, inputKey);
        try
        {
            return expand(pseudorandomKey, info, length);
        }
        finally
        {
            Arrays.fill(pseudorandomKey, (byte) 0);
        }
    }

    private static byte[] expand(final byte[] pseudorandomKey, final byte[] info, final int length)
    {
        if (length < 1 || length > MAX_BLOCKS * HmacSha256.LENGTH)
        {
            throw new IllegalArgumentException("HKDF-SHA256 gives 1 to 8160 bytes, not " + length);
        }
        final byte[] output = new byte[length];
        byte[] block = new byte[0];
        for (int i = 1, done = 0; done < length; i++)
        {
            final byte[] next = HmacSha256.mac(pseudorandomKey, block, info, new byte[]{(byte) i});
            Arrays.fill(block, (byte) 0);
            block = next;
            System.arraycopy(block, 0, output, done, Math.min(block.length, length - done));
            done += block.length;
        }
        Arrays.fill(block, (byte) 0);
        return output;
    }
}
