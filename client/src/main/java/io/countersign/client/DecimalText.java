package io.countersign.client;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * Turns numbers as people write them into mantissa and exponent, trailing zeros kept: {@code 10.00} is (1000, -2).
 */
final class DecimalText
{
    static final int MAX_EXPONENT = 18;

    private long mantissa;
    private int exponent;

    long mantissa()
    {
        return mantissa;
    }

    int exponent()
    {
        return exponent;
    }

    /**
     * Reads what {@link BigDecimal#BigDecimal(String)} reads, in ASCII digits, without allocating.
     *
     * @param field named in the exception.
     * @param text  to read.
     * @return this.
     * @throws IllegalArgumentException where it is no number, or outgrows an int64 mantissa or the exponent's range.
     */
    DecimalText parse(final String field, final CharSequence text)
    {
        final int length = text.length();
        int i = length > 0 && ('-' == text.charAt(0) || '+' == text.charAt(0)) ? 1 : 0;
        final boolean isNegative = 1 == i && '-' == text.charAt(0);
        int digits = 0;
        int fractionDigits = 0;
        boolean isFraction = false;
        long value = 0;
        for (; i < length && 'e' != (text.charAt(i) | 0x20); i++)
        {
            final char c = text.charAt(i);
            if ('.' == c && !isFraction)
            {
                isFraction = true;
                continue;
            }

            if (c < '0' || c > '9')
            {
                throw notNumber(field, text);
            }

            final int digit = c - '0';
            if (value > (Long.MAX_VALUE - digit) / 10)
            {
                throw tooLarge(field, text);
            }

            value = value * 10 + digit;
            digits++;
            fractionDigits += isFraction ? 1 : 0;
        }

        if (0 == digits)
        {
            throw notNumber(field, text);
        }

        set(field, text, isNegative ? -value : value, parseExponent(field, text, i) - fractionDigits);
        return this;
    }

    /**
     * Takes a number over.
     *
     * @param field  named in the exception.
     * @param number to take over.
     * @return this.
     * @throws IllegalArgumentException where it outgrows an int64 mantissa or an exponent of -18 to 18.
     */
    DecimalText of(final String field, final BigDecimal number)
    {
        final BigInteger unscaled = number.unscaledValue();
        if (unscaled.bitLength() >= Long.SIZE)
        {
            throw tooLarge(field, number);
        }

        set(field, number, unscaled.longValue(), -(long) number.scale());
        return this;
    }

    private void set(final String field, final Object text, final long newMantissa, final long newExponent)
    {
        if (newExponent < -MAX_EXPONENT || newExponent > MAX_EXPONENT || Long.MIN_VALUE == newMantissa)
        {
            throw tooLarge(field, text);
        }

        mantissa = newMantissa;
        exponent = (int) newExponent;
    }

    private static long parseExponent(final String field, final CharSequence text, final int start)
    {
        final int length = text.length();
        if (start == length)
        {
            return 0;
        }

        int i = start + 1;
        final boolean isNegative = i < length && '-' == text.charAt(i);
        if (i < length && ('-' == text.charAt(i) || '+' == text.charAt(i)))
        {
            i++;
        }

        if (i == length)
        {
            throw notNumber(field, text);
        }

        long value = 0;
        for (; i < length; i++)
        {
            final char c = text.charAt(i);
            if (c < '0' || c > '9')
            {
                throw notNumber(field, text);
            }

            value = Math.min(value * 10 + (c - '0'), Integer.MAX_VALUE);
        }

        return isNegative ? -value : value;
    }

    private static IllegalArgumentException notNumber(final String field, final CharSequence text)
    {
        return new IllegalArgumentException(field + " is not a decimal number: '" + text + "'");
    }

    private static IllegalArgumentException tooLarge(final String field, final Object text)
    {
        return new IllegalArgumentException(field + " needs more than 63 bits of digits or an exponent outside -18 " +
            "to 18: " + text);
    }
}
