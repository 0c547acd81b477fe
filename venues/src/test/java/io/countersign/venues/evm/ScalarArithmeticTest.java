package io.countersign.venues.evm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.countersign.venues.Seed;
import java.math.BigInteger;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.bouncycastle.math.ec.custom.sec.SecP256K1Curve;
import org.junit.jupiter.api.Test;

class ScalarArithmeticTest
{
    private static final int CASES = 100_000;
    private static final BigInteger N = new SecP256K1Curve().getOrder();
    private static final BigInteger[] EDGES =
    {
        BigInteger.ZERO, BigInteger.ONE, N.shiftRight(1), N.shiftRight(1).add(BigInteger.ONE),
        N.subtract(BigInteger.ONE), BigInteger.TWO.pow(64).subtract(BigInteger.ONE), BigInteger.TWO.pow(255)
    };

    private final Seed seed = new Seed();
    private final Random random = seed.random();
    private final ModularInverse inverse = new ModularInverse(ScalarArithmetic.order());
    private final long[] product = new long[8];
    private final long[] upper = new long[4];
    private final long[] out = new long[4];

    @Test
    void shouldCalculateAsTheReference()
    {
        for (int i = 0; i < CASES; i++)
        {
            final boolean isEdge = i < EDGES.length * EDGES.length;
            final BigInteger a = isEdge ? EDGES[i % EDGES.length] : new BigInteger(256, random).mod(N);
            final BigInteger b = isEdge ? EDGES[i / EDGES.length] : new BigInteger(256, random).mod(N);
            final String message = a.toString(16) + " and " + b.toString(16) + seed;

            ScalarArithmetic.multiply(
                FieldArithmeticTest.words(a), FieldArithmeticTest.words(b), product, upper, out);
            assertEquals(a.multiply(b).mod(N), FieldArithmeticTest.value(out), message);
            assertEquals(a.compareTo(N.shiftRight(1)) > 0,
                ScalarArithmetic.isHigh(FieldArithmeticTest.words(a)), message);
            if (a.signum() != 0)
            {
                final long[] words = FieldArithmeticTest.words(a);
                ScalarArithmetic.negate(words);
                assertEquals(N.subtract(a), FieldArithmeticTest.value(words), message);
            }
            if (i < CASES / 10 && b.signum() != 0)
            {
                final long[] words = FieldArithmeticTest.words(b);
                inverse.invert(words);
                assertEquals(b.modInverse(N), FieldArithmeticTest.value(words), message);
            }
        }
    }

    @Test
    void shouldReduceEveryNumberOf256Bits()
    {
        final BigInteger largest = BigInteger.TWO.pow(256).subtract(BigInteger.ONE);
        for (final BigInteger value : new BigInteger[]{ N.subtract(BigInteger.ONE), N, N.add(BigInteger.ONE), largest })
        {
            final long[] words = FieldArithmeticTest.words(value);
            ScalarArithmetic.reduce(words);
            assertEquals(value.mod(N), FieldArithmeticTest.value(words));
        }
    }

    @Test
    void shouldKnowTheRange()
    {
        assertEquals(false, ScalarArithmetic.isInRange(FieldArithmeticTest.words(BigInteger.ZERO)));
        assertEquals(true, ScalarArithmetic.isInRange(FieldArithmeticTest.words(BigInteger.ONE)));
        assertEquals(true, ScalarArithmetic.isInRange(FieldArithmeticTest.words(N.subtract(BigInteger.ONE))));
        assertEquals(false, ScalarArithmetic.isInRange(FieldArithmeticTest.words(N)));
    }

    @Test
    void shouldReadAndWriteBytesHighestFirst()
    {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[40]);
        ScalarArithmetic.toBytes(FieldArithmeticTest.words(N), buffer, 3);
        final byte[] bytes = new byte[32];
        buffer.getBytes(3, bytes);
        assertEquals(N, new BigInteger(1, bytes));
        ScalarArithmetic.ofBytes(buffer, 3, out);
        assertEquals(N, FieldArithmeticTest.value(out));
    }
}
