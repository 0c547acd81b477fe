package io.countersign.venues.evm;

/**
 * Arithmetic modulo p = 2^256 - 2^32 - 977, the field of secp256k1. Only for public data: the time depends on it.
 * <p>
 * A number is five limbs of 52 bits in an array, lowest first, at any offset. Every method takes and leaves limbs below
 * 2^53 with a top limb below 2^49, so values may be p and above until {@link #normalise}. Results may replace operands.
 */
final class FieldArithmetic
{
    /** Limbs of a number. */
    static final int LIMBS = 5;

    private static final long MASK = (1L << 52) - 1;
    private static final long TOP_MASK = (1L << 48) - 1;

    /** 2^256 modulo p. */
    private static final long FOLD = 0x1000003D1L;

    /** 2^260 modulo p: what the limbs above the fifth count for. */
    private static final long FOLD_LIMB = FOLD << 4;
    private static final long FOLD_SHIFTED = FOLD_LIMB << 6;

    private static final long P0 = 0xFFFFEFFFFFC2FL;

    private FieldArithmetic()
    {
    }

    /** Sets out = a x b. */
    static void multiply(
        final long[] a, final int aAt, final long[] b, final int bAt, final long[] out, final int at)
    {
        final long a0 = a[aAt];
        final long a1 = a[aAt + 1];
        final long a2 = a[aAt + 2];
        final long a3 = a[aAt + 3];
        final long a4 = a[aAt + 4];
        final long b0 = b[bAt];
        final long b1 = b[bAt + 1];
        final long b2 = b[bAt + 2];
        final long b3 = b[bAt + 3];
        final long b4 = b[bAt + 4];
        final long h0 = a0 << 6;
        final long h1 = a1 << 6;
        final long h2 = a2 << 6;
        final long h3 = a3 << 6;
        final long h4 = a4 << 6;
        final long k0 = b0 << 6;
        final long k1 = b1 << 6;
        final long k2 = b2 << 6;
        final long k3 = b3 << 6;
        final long k4 = b4 << 6;

        out[at] = low(a0, b0);
        out[at + 1] = high(h0, k0) + low(a0, b1) + low(a1, b0);
        out[at + 2] = high(h0, k1) + high(h1, k0) + low(a0, b2) + low(a1, b1) + low(a2, b0);
        out[at + 3] = high(h0, k2) + high(h1, k1) + high(h2, k0) +
            low(a0, b3) + low(a1, b2) + low(a2, b1) + low(a3, b0);
        out[at + 4] = high(h0, k3) + high(h1, k2) + high(h2, k1) + high(h3, k0) +
            low(a0, b4) + low(a1, b3) + low(a2, b2) + low(a3, b1) + low(a4, b0);
        final long c5 = high(h0, k4) + high(h1, k3) + high(h2, k2) + high(h3, k1) + high(h4, k0) +
            low(a1, b4) + low(a2, b3) + low(a3, b2) + low(a4, b1);
        final long c6 = high(h1, k4) + high(h2, k3) + high(h3, k2) + high(h4, k1) +
            low(a2, b4) + low(a3, b3) + low(a4, b2);
        final long c7 = high(h2, k4) + high(h3, k3) + high(h4, k2) + low(a3, b4) + low(a4, b3);
        final long c8 = high(h3, k4) + high(h4, k3) + low(a4, b4);
        fold(c5, c6, c7, c8, high(h4, k4), out, at);
    }

    /** Sets out = a x a. */
    static void square(final long[] a, final int aAt, final long[] out, final int at)
    {
        final long a0 = a[aAt];
        final long a1 = a[aAt + 1];
        final long a2 = a[aAt + 2];
        final long a3 = a[aAt + 3];
        final long a4 = a[aAt + 4];
        final long twice0 = a0 << 1;
        final long twice1 = a1 << 1;
        final long twice2 = a2 << 1;
        final long twice3 = a3 << 1;
        final long h0 = a0 << 6;
        final long h1 = a1 << 6;
        final long h2 = a2 << 6;
        final long h3 = a3 << 6;
        final long h4 = a4 << 6;
        final long k0 = a0 << 7;
        final long k1 = a1 << 7;
        final long k2 = a2 << 7;
        final long k3 = a3 << 7;

        out[at] = low(a0, a0);
        out[at + 1] = high(h0, h0) + low(twice0, a1);
        out[at + 2] = high(k0, h1) + low(twice0, a2) + low(a1, a1);
        out[at + 3] = high(k0, h2) + high(h1, h1) + low(twice0, a3) + low(twice1, a2);
        out[at + 4] = high(k0, h3) + high(k1, h2) + low(twice0, a4) + low(twice1, a3) + low(a2, a2);
        final long c5 = high(k0, h4) + high(k1, h3) + high(h2, h2) + low(twice1, a4) + low(twice2, a3);
        final long c6 = high(k1, h4) + high(k2, h3) + low(twice2, a4) + low(a3, a3);
        final long c7 = high(k2, h4) + high(h3, h3) + low(twice3, a4);
        final long c8 = high(k3, h4) + low(a4, a4);
        fold(c5, c6, c7, c8, high(h4, h4), out, at);
    }

    /** Sets out = a + b. */
    static void add(
        final long[] a, final int aAt, final long[] b, final int bAt, final long[] out, final int at)
    {
        settle(
            a[aAt] + b[bAt],
            a[aAt + 1] + b[bAt + 1],
            a[aAt + 2] + b[bAt + 2],
            a[aAt + 3] + b[bAt + 3],
            a[aAt + 4] + b[bAt + 4],
            out, at);
    }

    /** Sets out = a - b, by way of a + 4p - b, whose limbs are never negative. */
    static void subtract(
        final long[] a, final int aAt, final long[] b, final int bAt, final long[] out, final int at)
    {
        settle(
            a[aAt] + (P0 << 2) - b[bAt],
            a[aAt + 1] + (MASK << 2) - b[bAt + 1],
            a[aAt + 2] + (MASK << 2) - b[bAt + 2],
            a[aAt + 3] + (MASK << 2) - b[bAt + 3],
            a[aAt + 4] + (TOP_MASK << 2) - b[bAt + 4],
            out, at);
    }

    /** Sets out = out - a - 2b, by way of out + 8p - a - 2b. */
    static void subtractAndTwice(final long[] a, final long[] b, final long[] out)
    {
        settle(
            out[0] + (P0 << 3) - a[0] - (b[0] << 1),
            out[1] + (MASK << 3) - a[1] - (b[1] << 1),
            out[2] + (MASK << 3) - a[2] - (b[2] << 1),
            out[3] + (MASK << 3) - a[3] - (b[3] << 1),
            out[4] + (TOP_MASK << 3) - a[4] - (b[4] << 1),
            out, 0);
    }

    /** Sets out = -a. */
    static void negate(final long[] a, final int aAt, final long[] out, final int at)
    {
        settle(
            (P0 << 2) - a[aAt],
            (MASK << 2) - a[aAt + 1],
            (MASK << 2) - a[aAt + 2],
            (MASK << 2) - a[aAt + 3],
            (TOP_MASK << 2) - a[aAt + 4],
            out, at);
    }

    /** Makes a number the one from 0 to p - 1 that it stands for. */
    static void normalise(final long[] a, final int at)
    {
        // Once for limbs above 52 bits, once more for what the first pass may carry out of the top.
        settle(a[at], a[at + 1], a[at + 2], a[at + 3], a[at + 4], a, at);
        settle(a[at], a[at + 1], a[at + 2], a[at + 3], a[at + 4], a, at);
        if (a[at + 4] == TOP_MASK && (a[at + 3] & a[at + 2] & a[at + 1]) == MASK && a[at] >= P0)
        {
            a[at] -= P0;
            a[at + 1] = 0;
            a[at + 2] = 0;
            a[at + 3] = 0;
            a[at + 4] = 0;
        }
    }

    /** False when a number is surely not zero modulo p: cheaper than to normalise it, and nearly always false. */
    static boolean mayBeZero(final long[] a, final int at)
    {
        // The other bits of the lowest limb belong to the next one; 2p and above need more limbs.
        final long lowest = a[at] & MASK;
        return lowest == 0 || lowest == P0;
    }

    /** Whether a number that was normalised is zero. */
    static boolean isZero(final long[] a, final int at)
    {
        return (a[at] | a[at + 1] | a[at + 2] | a[at + 3] | a[at + 4]) == 0;
    }

    /** Whether two numbers that were normalised are the same. */
    static boolean isEqual(final long[] a, final int aAt, final long[] b, final int bAt)
    {
        return ((a[aAt] ^ b[bAt]) | (a[aAt + 1] ^ b[bAt + 1]) | (a[aAt + 2] ^ b[bAt + 2]) |
            (a[aAt + 3] ^ b[bAt + 3]) | (a[aAt + 4] ^ b[bAt + 4])) == 0;
    }

    /** Limbs of a number of 256 bits in four words, lowest first. */
    static void ofWords(final long[] words, final long[] out, final int at)
    {
        out[at] = words[0] & MASK;
        out[at + 1] = (words[0] >>> 52 | words[1] << 12) & MASK;
        out[at + 2] = (words[1] >>> 40 | words[2] << 24) & MASK;
        out[at + 3] = (words[2] >>> 28 | words[3] << 36) & MASK;
        out[at + 4] = words[3] >>> 16;
    }

    /** Words of a number that was normalised. */
    static void toWords(final long[] a, final int at, final long[] words)
    {
        words[0] = a[at] | a[at + 1] << 52;
        words[1] = a[at + 1] >>> 12 | a[at + 2] << 40;
        words[2] = a[at + 2] >>> 24 | a[at + 3] << 28;
        words[3] = a[at + 3] >>> 36 | a[at + 4] << 16;
    }

    /** Whether four words, lowest first, are a number below p. */
    static boolean isBelowModulus(final long[] words)
    {
        return (words[3] & words[2] & words[1]) != -1L || Long.compareUnsigned(words[0], -FOLD) < 0;
    }

    private static long low(final long a, final long b)
    {
        return a * b & MASK;
    }

    /** What is above 52 bits in the product of two factors that were shifted by 6 bits each: 64 - 52 together. */
    private static long high(final long a, final long b)
    {
        return Math.multiplyHigh(a, b);
    }

    /** Adds limbs six to ten of a product to the lower ones, which lie in out. */
    private static void fold(
        final long c5, final long c6, final long c7, final long c8, final long c9, final long[] out, final int at)
    {
        final long u6 = c6 + (c5 >>> 52);
        final long u7 = c7 + (u6 >>> 52);
        final long u8 = c8 + (u7 >>> 52);
        final long u9 = c9 + (u8 >>> 52);
        final long m5 = c5 & MASK;
        final long m6 = u6 & MASK;
        final long m7 = u7 & MASK;
        final long m8 = u8 & MASK;
        final long beyond = high(u9 << 6, FOLD_SHIFTED);
        settle(
            out[at] + low(m5, FOLD_LIMB) + low(beyond, FOLD_LIMB),
            out[at + 1] + high(m5 << 6, FOLD_SHIFTED) + low(m6, FOLD_LIMB) + high(beyond << 6, FOLD_SHIFTED),
            out[at + 2] + high(m6 << 6, FOLD_SHIFTED) + low(m7, FOLD_LIMB),
            out[at + 3] + high(m7 << 6, FOLD_SHIFTED) + low(m8, FOLD_LIMB),
            out[at + 4] + high(m8 << 6, FOLD_SHIFTED) + low(u9, FOLD_LIMB),
            out, at);
    }

    /** Carries between limbs, and what leaves the top into the lowest, which may end a little above 52 bits. */
    private static void settle(
        final long r0, final long r1, final long r2, final long r3, final long r4, final long[] out, final int at)
    {
        final long s1 = r1 + (r0 >>> 52);
        final long s2 = r2 + (s1 >>> 52);
        final long s3 = r3 + (s2 >>> 52);
        final long s4 = r4 + (s3 >>> 52);
        out[at] = (r0 & MASK) + (s4 >>> 48) * FOLD;
        out[at + 1] = s1 & MASK;
        out[at + 2] = s2 & MASK;
        out[at + 3] = s3 & MASK;
        out[at + 4] = s4 & TOP_MASK;
    }
}
