package io.countersign.venues.evm;

/**
 * The multiples of one point that make its product with any scalar a sum of at most 32 points: for each byte of the
 * scalar the multiples 1 to 128 of the point times 256^i, as a digit from -128 to 128 stands for a byte and a carry.
 * 320 KiB. Immutable.
 */
final class FixedBaseTable
{
    private static final int WINDOWS = 32;
    private static final int DIGITS = 128;
    private static final int WINDOW_LENGTH = DIGITS * JacobianPoint.AFFINE_LENGTH;

    private final long[] points = new long[WINDOWS * WINDOW_LENGTH];

    /**
     * The multiples of a point.
     *
     * @param point   affine: x and y of a point of the curve, normalised.
     * @param inverse modulo p.
     */
    FixedBaseTable(final long[] point, final ModularInverse inverse)
    {
        final JacobianPoint[] multiples = new JacobianPoint[DIGITS];
        final JacobianPoint[] next = { new JacobianPoint() };
        for (int i = 0; i < DIGITS; i++)
        {
            multiples[i] = new JacobianPoint();
        }

        final long[] base = point.clone();
        for (int window = 0; window < WINDOWS; window++)
        {
            next[0].reset();
            for (int i = 0; i < DIGITS; i++)
            {
                next[0].addAffine(base, 0, false);
                multiples[i].set(next[0]);
            }
            JacobianPoint.toAffine(multiples, inverse, points, window * WINDOW_LENGTH);
            next[0].twice();
            JacobianPoint.toAffine(next, inverse, base, 0);
        }
    }

    /**
     * Adds a multiple of the point.
     *
     * @param scalar words of a number below n; what they are afterwards means nothing.
     * @param sum    to add to.
     */
    void addMultiple(final long[] scalar, final JacobianPoint sum)
    {
        // Below n / 2 the last digit needs no carry.
        final boolean isNegative = ScalarArithmetic.isHigh(scalar);
        if (isNegative)
        {
            ScalarArithmetic.negate(scalar);
        }
        int carry = 0;
        for (int window = 0; window < WINDOWS; window++)
        {
            int digit = (int) (scalar[window >>> 3] >>> (window << 3) & 0xFF) + carry;
            carry = digit > DIGITS ? 1 : 0;
            digit -= carry << 8;
            if (digit != 0)
            {
                final int at = window * WINDOW_LENGTH + (Math.abs(digit) - 1) * JacobianPoint.AFFINE_LENGTH;
                sum.addAffine(points, at, isNegative ^ digit < 0);
            }
        }
    }
}
