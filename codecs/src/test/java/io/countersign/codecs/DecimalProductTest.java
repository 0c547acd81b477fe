package io.countersign.codecs;

import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertEquals;

class DecimalProductTest
{
    private static final int CASES = 300_000;
    private static final long[] EDGES =
    {
        0, 1, 2, 9, 10, 11, 99, 100, 1_000_000_000L, 999_999_999_999_999_999L, 1_000_000_000_000_000_000L,
        Long.MAX_VALUE / 10, Long.MAX_VALUE - 1, Long.MAX_VALUE,
    };

    private final Seed seed = new Seed();
    private final Random random = seed.random();

    @Test
    void shouldAgreeWithArithmeticOfAnyPrecision()
    {
        for (int i = 0; i < CASES; i++)
        {
            check(mantissa(), exponent(), mantissa(), exponent(), mantissa(), exponent());
        }
    }

    @Test
    void shouldTellOneUnitBelowFromOneAbove()
    {
        for (int i = 0; i < CASES; i++)
        {
            final long left = 1 + random.nextInt(1_000_000);
            final long right = 1 + random.nextInt(1_000_000);
            final int leftExponent = random.nextInt(9) - 9;
            final int rightExponent = random.nextInt(9) - 9;
            final int limitExponent = leftExponent + rightExponent;
            assertEquals(0, compare(left, leftExponent, right, rightExponent, left * right, limitExponent));
            assertEquals(1, compare(left, leftExponent, right, rightExponent, left * right - 1, limitExponent));
            assertEquals(-1, compare(left, leftExponent, right, rightExponent, left * right + 1, limitExponent));
        }
    }

    @Test
    void shouldNotOverflowWhereEverythingIsLargest()
    {
        for (final long left : EDGES)
        {
            for (final long right : EDGES)
            {
                for (final long limit : EDGES)
                {
                    check(left, 18, right, 18, limit, -18);
                    check(left, -18, right, -18, limit, 18);
                    check(left, 0, right, 0, limit, 0);
                }
            }
        }
    }

    private void check(final long left, final int le, final long right, final int re, final long limit, final int xe)
    {
        final int expected = decimal(left, le).multiply(decimal(right, re)).compareTo(decimal(limit, xe));
        assertEquals(expected, compare(left, le, right, re, limit, xe),
            () -> left + "e" + le + " x " + right + "e" + re + " against " + limit + "e" + xe + seed);
    }

    private static int compare(
        final long left, final int le, final long right, final int re, final long limit, final int xe)
    {
        return Integer.signum(DecimalProduct.compare(left, le, right, re, limit, xe));
    }

    private static BigDecimal decimal(final long mantissa, final int exponent)
    {
        return new BigDecimal(BigInteger.valueOf(mantissa), -exponent);
    }

    private long mantissa()
    {
        return switch (random.nextInt(4))
        {
            case 0 -> EDGES[random.nextInt(EDGES.length)];
            case 1 -> random.nextInt(1000);
            default -> random.nextLong() >>> (1 + random.nextInt(62));
        };
    }

    private int exponent()
    {
        return random.nextInt(37) - 18;
    }
}
