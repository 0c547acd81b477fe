package io.countersign.venues.hyperliquid;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Text of {@code 0x} and hexadecimal digits in lower case.
 */
final class HexNumber
{
    private static final int PREFIX_LENGTH = 2;

    private HexNumber()
    {
    }

    /**
     * Whether a text is such a number.
     *
     * @param text           that holds it.
     * @param offset         of its first byte.
     * @param length         in bytes.
     * @param expectedLength with the prefix.
     * @return true when it is.
     */
    static boolean isHexNumber(
        final DirectBuffer text, final int offset, final int length, final int expectedLength)
    {
        if (length != expectedLength || text.getByte(offset) != '0' || text.getByte(offset + 1) != 'x')
        {
            return false;
        }
        for (int i = PREFIX_LENGTH; i < length; i++)
        {
            if (digit(text.getByte(offset + i)) < 0)
            {
                return false;
            }
        }
        return true;
    }

    /**
     * The bytes of a text that is such a number.
     *
     * @param text  from index 0.
     * @param out   that takes the bytes.
     * @param count of the bytes.
     */
    static void bytes(final DirectBuffer text, final MutableDirectBuffer out, final int count)
    {
        for (int i = 0; i < count; i++)
        {
            final int at = PREFIX_LENGTH + 2 * i;
            out.putByte(i, (byte) (digit(text.getByte(at)) << 4 | digit(text.getByte(at + 1))));
        }
    }

    private static int digit(final byte value)
    {
        return value >= '0' && value <= '9' ? value - '0' : value >= 'a' && value <= 'f' ? value - 'a' + 10 : -1;
    }
}
