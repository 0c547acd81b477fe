package io.countersign.venues.evm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.countersign.venues.Seed;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Random;
import org.bouncycastle.math.ec.ECFieldElement;
import org.bouncycastle.math.ec.custom.sec.SecP256K1Curve;
import org.junit.jupiter.api.Test;

class FieldArithmeticTest
{
    private static final int CASES = 100_000;
    private static final SecP256K1Curve CURVE = new SecP256K1Curve();
    private static final BigInteger P = CURVE.getQ();
    private static final BigInteger[] EDGES =
    {
        BigInteger.ZERO, BigInteger.ONE, P.subtract(BigInteger.ONE), P, P.add(BigInteger.ONE),
        BigInteger.TWO.pow(256).subtract(BigInteger.ONE), BigInteger.TWO.pow(52).subtract(BigInteger.ONE),
        BigInteger.TWO.pow(208), BigInteger.TWO.pow(255), BigInteger.valueOf(0x1000003D1L)
    };

    private final Seed seed = new Seed();
    private final Random random = seed.random();
    private final ModularInverse inverse = new ModularInverse(Secp256k1Key.fieldModulus());

    // a and b lie behind each other, as points do in a table.
    private final long[] operands = new long[2 * FieldArithmetic.LIMBS];
    private final long[] out = new long[FieldArithmetic.LIMBS + 3];

    @Test
    void shouldCalculateAsTheReference()
    {
        for (int i = 0; i < CASES; i++)
        {
            final BigInteger a = number(i % EDGES.length, i < EDGES.length * EDGES.length);
            final BigInteger b = number(i / EDGES.length, i < EDGES.length * EDGES.length);
            FieldArithmetic.ofWords(words(a), operands, 0);
            FieldArithmetic.ofWords(words(b), operands, 5);
            final ECFieldElement x = CURVE.fromBigInteger(a.mod(P));
            final ECFieldElement y = CURVE.fromBigInteger(b.mod(P));

            FieldArithmetic.multiply(operands, 0, operands, 5, out, 3);
            assertOut(x.multiply(y), "product", a, b);
            FieldArithmetic.square(operands, 0, out, 3);
            assertOut(x.square(), "square", a, b);
            FieldArithmetic.add(operands, 0, operands, 5, out, 3);
            assertOut(x.add(y), "sum", a, b);
            FieldArithmetic.subtract(operands, 0, operands, 5, out, 3);
            assertOut(x.subtract(y), "difference", a, b);
            FieldArithmetic.negate(operands, 0, out, 3);
            assertOut(x.negate(), "negative", a, b);
            assertSubtractsTwice(x, y, a, b);
        }
    }

    /** Results are operands again without being normalised, as a sum of points does it. */
    @Test
    void shouldCalculateWithResultsAsTheyAre()
    {
        final BigInteger start = number(0, false);
        FieldArithmetic.ofWords(words(start), operands, 0);
        FieldArithmetic.ofWords(words(start), operands, 5);
        ECFieldElement x = CURVE.fromBigInteger(start.mod(P));
        ECFieldElement y = x;
        for (int i = 0; i < CASES; i++)
        {
            switch (random.nextInt(5))
            {
                case 0 ->
                {
                    FieldArithmetic.multiply(operands, 0, operands, 5, operands, 0);
                    x = x.multiply(y);
                }
                case 1 ->
                {
                    FieldArithmetic.square(operands, 5, operands, 5);
                    y = y.square();
                }
                case 2 ->
                {
                    FieldArithmetic.add(operands, 0, operands, 5, operands, 5);
                    y = x.add(y);
                }
                case 3 ->
                {
                    FieldArithmetic.subtract(operands, 5, operands, 0, operands, 0);
                    x = y.subtract(x);
                }
                default ->
                {
                    FieldArithmetic.negate(operands, 0, operands, 0);
                    x = x.negate();
                }
            }
            if (x.isZero() || y.isZero())
            {
                return;
            }
            System.arraycopy(operands, 0, out, 3, FieldArithmetic.LIMBS);
            assertOut(x, "step " + i, start, start);
        }
    }

    @Test
    void shouldTakeTheLargestLimbsThatItLeaves()
    {
        final long limb = (1L << 53) - 1;
        final long top = (1L << 49) - 1;
        final BigInteger value = BigInteger.valueOf(top).shiftLeft(208)
            .add(BigInteger.valueOf(limb).shiftLeft(156)).add(BigInteger.valueOf(limb).shiftLeft(104))
            .add(BigInteger.valueOf(limb).shiftLeft(52)).add(BigInteger.valueOf(limb));
        final ECFieldElement x = CURVE.fromBigInteger(value.mod(P));
        for (int i = 0; i < 2 * FieldArithmetic.LIMBS; i++)
        {
            operands[i] = i % FieldArithmetic.LIMBS == FieldArithmetic.LIMBS - 1 ? top : limb;
        }
        FieldArithmetic.multiply(operands, 0, operands, 5, out, 3);
        assertOut(x.square(), "product", value, value);
        FieldArithmetic.square(operands, 0, out, 3);
        assertOut(x.square(), "square", value, value);
        FieldArithmetic.negate(operands, 0, out, 3);
        assertOut(x.negate(), "negative", value, value);
        assertSubtractsTwice(x, x, value, value);
        FieldArithmetic.subtract(operands, 0, operands, 5, out, 3);
        FieldArithmetic.normalise(out, 3);
        assertTrue(FieldArithmetic.isZero(out, 3));
    }

    @Test
    void shouldInvert()
    {
        for (int i = 0; i < CASES / 10; i++)
        {
            final BigInteger a = number(i, i < EDGES.length).mod(P);
            final long[] words = words(a);
            inverse.invert(words);
            final BigInteger expected = a.signum() == 0 ? BigInteger.ZERO : a.modInverse(P);
            assertEquals(expected, value(words), () -> "inverse of " + a.toString(16) + seed);
        }
    }

    @Test
    void shouldKnowWhatIsBelowTheModulus()
    {
        assertTrue(FieldArithmetic.isBelowModulus(words(P.subtract(BigInteger.ONE))));
        assertFalse(FieldArithmetic.isBelowModulus(words(P)));
        assertTrue(FieldArithmetic.isBelowModulus(words(P.clearBit(200))));
        assertFalse(FieldArithmetic.isBelowModulus(words(EDGES[5])));
    }

    static long[] words(final BigInteger value)
    {
        final long[] words = new long[4];
        for (int i = 0; i < words.length; i++)
        {
            words[i] = value.shiftRight(64 * i).longValue();
        }
        return words;
    }

    static BigInteger value(final long[] words)
    {
        BigInteger value = BigInteger.ZERO;
        for (int i = words.length - 1; i >= 0; i--)
        {
            value = value.shiftLeft(64).add(new BigInteger(Long.toUnsignedString(words[i])));
        }
        return value;
    }

    /** As x - y - 2x. */
    private void assertSubtractsTwice(
        final ECFieldElement x, final ECFieldElement y, final BigInteger a, final BigInteger b)
    {
        final long[] first = Arrays.copyOf(operands, FieldArithmetic.LIMBS);
        final long[] second = Arrays.copyOfRange(operands, FieldArithmetic.LIMBS, operands.length);
        final long[] difference = first.clone();
        FieldArithmetic.subtractAndTwice(second, first, difference);
        System.arraycopy(difference, 0, out, 3, FieldArithmetic.LIMBS);
        assertOut(x.subtract(y).subtract(x).subtract(x), "difference and twice", a, b);
    }

    private BigInteger number(final int index, final boolean isEdge)
    {
        return isEdge ? EDGES[index % EDGES.length] : new BigInteger(256, random);
    }

    private void assertOut(final ECFieldElement expected, final String what, final BigInteger a, final BigInteger b)
    {
        FieldArithmetic.normalise(out, 3);
        final long[] words = new long[4];
        FieldArithmetic.toWords(out, 3, words);
        if (!expected.toBigInteger().equals(value(words)))
        {
            assertEquals(expected.toBigInteger(), value(words),
                what + " of " + a.toString(16) + " and " + b.toString(16) + seed);
        }
    }
}
