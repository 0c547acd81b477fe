package io.countersign.venues.text;

import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;

/**
 * Bytes as lower-case hexadecimal digits.
 */
public final class HexText
{
    private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private HexText()
    {
    }

    /**
     * Appends two digits per byte.
     *
     * @param out    to append to.
     * @param bytes  that hold them; every index from offset is inside.
     * @param offset of the first byte.
     * @param length how many.
     */
    public static void append(final TextWriter out, final DirectBuffer bytes, final int offset, final int length)
    {
        for (int i = 0; i < length; i++)
        {
            final byte value = bytes.getByte(offset + i);
            out.put(DIGITS[value >> 4 & 0xF]).put(DIGITS[value & 0xF]);
        }
    }
}
