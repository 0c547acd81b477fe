package io.countersign.venues.text;

import org.agrona.DirectBuffer;

/**
 * An ECDSA signature, r and s side by side, as the ASN.1 DER {@code SEQUENCE} of two {@code INTEGER}s (RFC 3279
 * section 2.2.3).
 */
public final class EcdsaDer
{
    private static final byte SEQUENCE = 0x30;
    private static final byte INTEGER = 0x02;
    /** Lengths below 128 have one byte; two integers of 32 bytes stay below. */
    private static final int MAX_LENGTH = 64;

    private EcdsaDer()
    {
    }

    /**
     * Appends the sequence.
     *
     * @param out       to append to; fails with {@link TextWriter#INVALID} when the length is odd or above 64.
     * @param signature that holds r and s; every index from offset is inside.
     * @param offset    of r.
     * @param length    of both, in bytes.
     */
    public static void append(final TextWriter out, final DirectBuffer signature, final int offset, final int length)
    {
        if (length % 2 != 0 || length < 2 || length > MAX_LENGTH)
        {
            out.invalid();
            return;
        }
        final int half = length / 2;
        final int rStart = start(signature, offset, half);
        final int sStart = start(signature, offset + half, half);
        final int rLength = integerLength(signature, rStart, offset + half);
        final int sLength = integerLength(signature, sStart, offset + length);
        out.put(SEQUENCE).put((byte) (4 + rLength + sLength));
        integer(out, signature, rStart, offset + half, rLength);
        integer(out, signature, sStart, offset + length, sLength);
    }

    /** Leading zeros are left out, but for the last byte. */
    private static int start(final DirectBuffer bytes, final int offset, final int count)
    {
        int start = offset;
        while (start < offset + count - 1 && bytes.getByte(start) == 0)
        {
            start++;
        }
        return start;
    }

    private static int integerLength(final DirectBuffer bytes, final int start, final int end)
    {
        return end - start + (bytes.getByte(start) < 0 ? 1 : 0);
    }

    private static void integer(
        final TextWriter out, final DirectBuffer bytes, final int start, final int end, final int integerLength)
    {
        out.put(INTEGER).put((byte) integerLength);
        if (integerLength > end - start)
        {
            out.put((byte) 0);
        }
        out.put(bytes, start, end - start);
    }
}
