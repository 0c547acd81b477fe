package io.countersign.venues.text;

import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;

/**
 * Base64 of RFC 4648 section 4: standard alphabet, with padding, without line breaks.
 */
public final class Base64Text
{
    private static final byte[] ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
        .getBytes(StandardCharsets.US_ASCII);
    private static final byte PADDING = '=';

    private Base64Text()
    {
    }

    /**
     * Appends bytes in base64.
     *
     * @param out    to append to.
     * @param bytes  that hold them; every index from offset is inside.
     * @param offset of the first byte.
     * @param length how many.
     */
    public static void append(final TextWriter out, final DirectBuffer bytes, final int offset, final int length)
    {
        final int end = offset + length;
        int position = offset;
        for (; position + 2 < end; position += 3)
        {
            final int bits = byteAt(bytes, position) << 16 |
                byteAt(bytes, position + 1) << 8 |
                byteAt(bytes, position + 2);
            out.put(digit(bits, 18)).put(digit(bits, 12)).put(digit(bits, 6)).put(digit(bits, 0));
        }

        final int rest = end - position;
        if (rest == 1)
        {
            final int bits = byteAt(bytes, position) << 16;
            out.put(digit(bits, 18)).put(digit(bits, 12)).put(PADDING).put(PADDING);
        }
        else if (rest == 2)
        {
            final int bits = byteAt(bytes, position) << 16 | byteAt(bytes, position + 1) << 8;
            out.put(digit(bits, 18)).put(digit(bits, 12)).put(digit(bits, 6)).put(PADDING);
        }
    }

    private static int byteAt(final DirectBuffer bytes, final int position)
    {
        return bytes.getByte(position) & 0xFF;
    }

    private static byte digit(final int bits, final int shift)
    {
        return ALPHABET[bits >> shift & 0x3F];
    }
}
