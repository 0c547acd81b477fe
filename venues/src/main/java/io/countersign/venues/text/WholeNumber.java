package io.countersign.venues.text;

import org.agrona.DirectBuffer;

/**
 * Numbers from 0 in decimal digits, in the one way to write each: no sign, no zeros in front.
 */
public final class WholeNumber
{
    /** What is no such number, or too large. */
    public static final long NONE = -1;

    private WholeNumber()
    {
    }

    /**
     * Read a number.
     *
     * @param text   that holds it.
     * @param offset of its first byte.
     * @param length in bytes.
     * @param max    that it may be.
     * @return the number, or {@link #NONE}.
     */
    public static long parse(final DirectBuffer text, final int offset, final int length, final long max)
    {
        if (length == 0 || length > 1 && text.getByte(offset) == '0')
        {
            return NONE;
        }
        long value = 0;
        for (int i = 0; i < length; i++)
        {
            final int digit = text.getByte(offset + i) - '0';
            if (digit < 0 || digit > 9 || digit > max || value > (max - digit) / 10)
            {
                return NONE;
            }
            value = value * 10 + digit;
        }
        return value;
    }
}
