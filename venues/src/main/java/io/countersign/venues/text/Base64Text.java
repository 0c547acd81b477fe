package io.countersign.venues.text;

import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;

/**
 * Base64 of RFC 4648 without line breaks: section 4, the standard alphabet with padding, and section 5, the alphabet
 * for URLs, without.
 */
public final class Base64Text
{
    private static final byte[] ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
        .getBytes(StandardCharsets.US_ASCII);
    private static final byte[] URL_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
        .getBytes(StandardCharsets.US_ASCII);
    private static final byte PADDING = '=';

    private Base64Text()
    {
    }

    /**
     * Appends bytes in the standard alphabet, with padding.
     *
     * @param out    to append to.
     * @param bytes  that hold them; every index from offset is inside.
     * @param offset of the first byte.
     * @param length how many.
     */
    public static void append(final TextWriter out, final DirectBuffer bytes, final int offset, final int length)
    {
        append(out, bytes, offset, length, ALPHABET);
        if (length % 3 != 0)
        {
            out.put(PADDING);
        }
        if (length % 3 == 1)
        {
            out.put(PADDING);
        }
    }

    /**
     * Appends bytes in the alphabet for URLs, without padding.
     *
     * @param out    to append to.
     * @param bytes  that hold them; every index from offset is inside.
     * @param offset of the first byte.
     * @param length how many.
     */
    public static void appendUrl(final TextWriter out, final DirectBuffer bytes, final int offset, final int length)
    {
        append(out, bytes, offset, length, URL_ALPHABET);
    }

    private static void append(
        final TextWriter out, final DirectBuffer bytes, final int offset, final int length, final byte[] digits)
    {
        final int end = offset + length;
        int position = offset;
        for (; position + 2 < end; position += 3)
        {
            final int bits = byteAt(bytes, position) << 16 |
                byteAt(bytes, position + 1) << 8 |
                byteAt(bytes, position + 2);
            out.put(digits[bits >> 18 & 0x3F]).put(digits[bits >> 12 & 0x3F])
                .put(digits[bits >> 6 & 0x3F]).put(digits[bits & 0x3F]);
        }

        final int rest = end - position;
        if (rest == 1)
        {
            final int bits = byteAt(bytes, position) << 16;
            out.put(digits[bits >> 18 & 0x3F]).put(digits[bits >> 12 & 0x3F]);
        }
        else if (rest == 2)
        {
            final int bits = byteAt(bytes, position) << 16 | byteAt(bytes, position + 1) << 8;
            out.put(digits[bits >> 18 & 0x3F]).put(digits[bits >> 12 & 0x3F]).put(digits[bits >> 6 & 0x3F]);
        }
    }

    private static int byteAt(final DirectBuffer bytes, final int position)
    {
        return bytes.getByte(position) & 0xFF;
    }
}
