package io.countersign.codecs;

/**
 * Compares the product of two decimals with a third, exactly: what a notional value is held to a limit with. The
 * product of two mantissas has at most 126 bits and is held in two longs, so nothing is rounded and nothing overflows
 * unseen. No allocation.
 */
public final class DecimalProduct
{
    private static final long TEN_TO_18 = 1_000_000_000_000_000_000L;
    private static final int DIGITS_PER_STEP = 18;

    private DecimalProduct()
    {
    }

    /**
     * Compare left x right with a limit.
     *
     * @param leftMantissa  0 or above.
     * @param leftExponent  -18 to 18.
     * @param rightMantissa 0 or above.
     * @param rightExponent -18 to 18.
     * @param limitMantissa 0 or above.
     * @param limitExponent -18 to 18.
     * @return below, at or above 0 as the product is smaller than, equal to or larger than the limit.
     */
    public static int compare(
        final long leftMantissa,
        final int leftExponent,
        final long rightMantissa,
        final int rightExponent,
        final long limitMantissa,
        final int limitExponent)
    {
        final long high = Math.multiplyHigh(leftMantissa, rightMantissa);
        final long low = leftMantissa * rightMantissa;
        final int power = leftExponent + rightExponent - limitExponent;
        return power >= 0 ?
            compareScaled(high, low, power, 0, limitMantissa) :
            -compareScaled(0, limitMantissa, -power, high, low);
    }

    /** Compares (high, low) x 10^power with (otherHigh, otherLow), all unsigned and below 2^126 before scaling. */
    private static int compareScaled(
        final long high, final long low, final int power, final long otherHigh, final long otherLow)
    {
        if (0 == high && 0 == low)
        {
            return 0 == otherHigh && 0 == otherLow ? 0 : -1;
        }
        long scaledHigh = high;
        long scaledLow = low;
        int left = power;
        while (left > 0)
        {
            final int step = Math.min(left, DIGITS_PER_STEP);
            final long factor = powerOfTen(step);
            if (0 != Math.unsignedMultiplyHigh(scaledHigh, factor) || scaledHigh * factor < 0)
            {
                // At least 2^127: above everything that it can be compared with.
                return 1;
            }
            final long carry = Math.unsignedMultiplyHigh(scaledLow, factor);
            final long newHigh = scaledHigh * factor + carry;
            if (newHigh < 0)
            {
                return 1;
            }
            scaledLow *= factor;
            scaledHigh = newHigh;
            left -= step;
        }
        final int byHigh = Long.compareUnsigned(scaledHigh, otherHigh);
        return 0 != byHigh ? byHigh : Long.compareUnsigned(scaledLow, otherLow);
    }

    private static long powerOfTen(final int exponent)
    {
        long power = TEN_TO_18;
        for (int i = exponent; i < DIGITS_PER_STEP; i++)
        {
            power /= 10;
        }
        return power;
    }
}
