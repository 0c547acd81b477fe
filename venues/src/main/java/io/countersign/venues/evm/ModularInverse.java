package io.countersign.venues.evm;

/**
 * The inverse of a number of 256 bits modulo an odd prime, by division steps (D. Bernstein and B.-Y. Yang, "Fast
 * constant-time gcd computation and modular inversion", 2019) in batches of 30, here without their constant time: only
 * for public data. Numbers come and go as four words, lowest first. Free of allocation after construction; not
 * thread-safe.
 */
final class ModularInverse
{
    private static final int LIMBS = 9;
    private static final int BITS = 30;
    private static final int MASK = (1 << BITS) - 1;

    private final int[] modulus = new int[LIMBS];
    private final int modulusInverse;
    private final int[] d = new int[LIMBS];
    private final int[] e = new int[LIMBS];
    private final int[] f = new int[LIMBS];
    private final int[] g = new int[LIMBS];

    // The steps of one batch: 2^30 f' = u f + v g, 2^30 g' = q f + r g.
    private int u;
    private int v;
    private int q;
    private int r;

    /**
     * Inversion by one modulus.
     *
     * @param words of the modulus.
     */
    ModularInverse(final long[] words)
    {
        toLimbs(words, modulus);
        // Newton's iteration: each round doubles the bits that are right.
        int inverse = modulus[0];
        for (int i = 0; i < 5; i++)
        {
            inverse *= 2 - modulus[0] * inverse;
        }
        modulusInverse = inverse & MASK;
    }

    /**
     * Inverts.
     *
     * @param words of a number below the modulus; its inverse afterwards, 0 of 0.
     */
    void invert(final long[] words)
    {
        for (int i = 0; i < LIMBS; i++)
        {
            d[i] = 0;
            e[i] = 0;
            f[i] = modulus[i];
        }
        e[0] = 1;
        toLimbs(words, g);

        int eta = -1;
        while (!isZero(g))
        {
            eta = steps(eta, f[0], g[0]);
            updateCoefficients();
            updateValues();
        }
        finish(f[LIMBS - 1] < 0);
        toWords(d, words);
    }

    /** Thirty division steps on the lowest limbs; leaves their product in u, v, q and r. */
    private int steps(final int etaBefore, final int f0, final int g0)
    {
        int eta = etaBefore;
        int fLow = f0;
        int gLow = g0;
        int u0 = 1;
        int v0 = 0;
        int q0 = 0;
        int r0 = 1;
        int left = BITS;
        while (true)
        {
            final int zeros = Integer.numberOfTrailingZeros(gLow | -1 << left);
            gLow >>= zeros;
            u0 <<= zeros;
            v0 <<= zeros;
            eta -= zeros;
            left -= zeros;
            if (left == 0)
            {
                break;
            }
            if (eta < 0)
            {
                eta = -eta;
                final int fWas = fLow;
                final int uWas = u0;
                final int vWas = v0;
                fLow = gLow;
                gLow = -fWas;
                u0 = q0;
                q0 = -uWas;
                v0 = r0;
                r0 = -vWas;
            }
            // As many low bits of g as may go at once, up to 6: f (f f - 2) is -1/f modulo 2^6.
            final int count = Math.min(Math.min(eta + 1, left), 6);
            final int factor = fLow * gLow * (fLow * fLow - 2) & (1 << count) - 1;
            gLow += fLow * factor;
            q0 += u0 * factor;
            r0 += v0 * factor;
        }
        u = u0;
        v = v0;
        q = q0;
        r = r0;
        return eta;
    }

    /** Applies the steps to d and e modulo the modulus, with as much of it added as makes them divisible by 2^30. */
    private void updateCoefficients()
    {
        final int dSign = d[LIMBS - 1] >> 31;
        final int eSign = e[LIMBS - 1] >> 31;
        int dFactor = (u & dSign) + (v & eSign);
        int eFactor = (q & dSign) + (r & eSign);
        long dCarry = (long) u * d[0] + (long) v * e[0];
        long eCarry = (long) q * d[0] + (long) r * e[0];
        dFactor -= modulusInverse * (int) dCarry + dFactor & MASK;
        eFactor -= modulusInverse * (int) eCarry + eFactor & MASK;
        dCarry = dCarry + (long) modulus[0] * dFactor >> BITS;
        eCarry = eCarry + (long) modulus[0] * eFactor >> BITS;
        for (int i = 1; i < LIMBS; i++)
        {
            dCarry += (long) u * d[i] + (long) v * e[i] + (long) modulus[i] * dFactor;
            eCarry += (long) q * d[i] + (long) r * e[i] + (long) modulus[i] * eFactor;
            d[i - 1] = (int) dCarry & MASK;
            e[i - 1] = (int) eCarry & MASK;
            dCarry >>= BITS;
            eCarry >>= BITS;
        }
        d[LIMBS - 1] = (int) dCarry;
        e[LIMBS - 1] = (int) eCarry;
    }

    private void updateValues()
    {
        long fCarry = (long) u * f[0] + (long) v * g[0] >> BITS;
        long gCarry = (long) q * f[0] + (long) r * g[0] >> BITS;
        for (int i = 1; i < LIMBS; i++)
        {
            fCarry += (long) u * f[i] + (long) v * g[i];
            gCarry += (long) q * f[i] + (long) r * g[i];
            f[i - 1] = (int) fCarry & MASK;
            g[i - 1] = (int) gCarry & MASK;
            fCarry >>= BITS;
            gCarry >>= BITS;
        }
        f[LIMBS - 1] = (int) fCarry;
        g[LIMBS - 1] = (int) gCarry;
    }

    /** Brings d, which is above minus twice the modulus and below the modulus, between 0 and the modulus. */
    private void finish(final boolean negate)
    {
        if (d[LIMBS - 1] < 0)
        {
            addModulus();
        }
        if (negate)
        {
            for (int i = 0; i < LIMBS; i++)
            {
                d[i] = -d[i];
            }
            carry();
        }
        if (d[LIMBS - 1] < 0)
        {
            addModulus();
        }
    }

    private void addModulus()
    {
        for (int i = 0; i < LIMBS; i++)
        {
            d[i] += modulus[i];
        }
        carry();
    }

    private void carry()
    {
        for (int i = 1; i < LIMBS; i++)
        {
            d[i] += d[i - 1] >> BITS;
            d[i - 1] &= MASK;
        }
    }

    private static boolean isZero(final int[] limbs)
    {
        int bits = 0;
        for (int i = 0; i < LIMBS; i++)
        {
            bits |= limbs[i];
        }
        return bits == 0;
    }

    private static void toLimbs(final long[] words, final int[] limbs)
    {
        for (int i = 0; i < LIMBS; i++)
        {
            final int bit = i * BITS;
            final int word = bit >>> 6;
            final int shift = bit & 63;
            final long lower = words[word] >>> shift;
            final long upper = shift > 64 - BITS && word < 3 ? words[word + 1] << 64 - shift : 0;
            limbs[i] = (int) (lower | upper) & MASK;
        }
    }

    private static void toWords(final int[] limbs, final long[] words)
    {
        for (int i = 0; i < words.length; i++)
        {
            words[i] = 0;
        }
        for (int i = 0; i < LIMBS; i++)
        {
            final int bit = i * BITS;
            final int word = bit >>> 6;
            final int shift = bit & 63;
            words[word] |= (long) limbs[i] << shift;
            if (shift > 64 - BITS && word < 3)
            {
                words[word + 1] |= (long) limbs[i] >>> 64 - shift;
            }
        }
    }
}
