package io.countersign.venues.evm;

import static io.countersign.venues.evm.FieldArithmetic.LIMBS;
import static io.countersign.venues.evm.FieldArithmetic.add;
import static io.countersign.venues.evm.FieldArithmetic.isZero;
import static io.countersign.venues.evm.FieldArithmetic.multiply;
import static io.countersign.venues.evm.FieldArithmetic.negate;
import static io.countersign.venues.evm.FieldArithmetic.normalise;
import static io.countersign.venues.evm.FieldArithmetic.square;
import static io.countersign.venues.evm.FieldArithmetic.subtract;
import static io.countersign.venues.evm.FieldArithmetic.subtractAndTwice;

import java.util.Arrays;

/**
 * A point (X / Z^2, Y / Z^3) of secp256k1 that points are added to. Every sum comes out right, those of equal and of
 * opposite points too. Free of allocation after construction; not thread-safe.
 */
final class JacobianPoint
{
    /** Length of an affine point in an array: x, then y. */
    static final int AFFINE_LENGTH = 2 * LIMBS;

    private static final long[] ONE = { 1, 0, 0, 0, 0 };

    private final long[] x = new long[LIMBS];
    private final long[] y = new long[LIMBS];
    private final long[] z = new long[LIMBS];
    private final long[] t0 = new long[LIMBS];
    private final long[] t1 = new long[LIMBS];
    private final long[] t2 = new long[LIMBS];
    private final long[] t3 = new long[LIMBS];
    private boolean isInfinity = true;

    /** Be the point at infinity. */
    void reset()
    {
        isInfinity = true;
    }

    boolean isInfinity()
    {
        return isInfinity;
    }

    long[] x()
    {
        return x;
    }

    long[] y()
    {
        return y;
    }

    long[] z()
    {
        return z;
    }

    /**
     * Adds an affine point.
     *
     * @param points     that hold it.
     * @param at         index of its x.
     * @param isNegative whether to subtract it instead.
     */
    void addAffine(final long[] points, final int at, final boolean isNegative)
    {
        if (isNegative)
        {
            negate(points, at + LIMBS, t3, 0);
        }
        else
        {
            System.arraycopy(points, at + LIMBS, t3, 0, LIMBS);
        }
        if (isInfinity)
        {
            System.arraycopy(points, at, x, 0, LIMBS);
            System.arraycopy(t3, 0, y, 0, LIMBS);
            System.arraycopy(ONE, 0, z, 0, LIMBS);
            isInfinity = false;
            return;
        }

        square(z, 0, t0, 0);
        multiply(points, at, t0, 0, t1, 0);
        multiply(t0, 0, z, 0, t0, 0);
        multiply(t3, 0, t0, 0, t2, 0);
        subtract(t1, 0, x, 0, t1, 0);
        subtract(t2, 0, y, 0, t2, 0);
        if (FieldArithmetic.mayBeZero(t1, 0) && isZeroModulo(t1))
        {
            addSameX(isZeroModulo(t2));
            return;
        }
        addDifferent();
    }

    private static boolean isZeroModulo(final long[] number)
    {
        normalise(number, 0);
        return isZero(number, 0);
    }

    /** With t1 = H, the difference of the x, and t2 = r, that of the y. */
    private void addDifferent()
    {
        multiply(z, 0, t1, 0, z, 0);
        square(t1, 0, t0, 0);
        multiply(t1, 0, t0, 0, t1, 0);
        multiply(x, 0, t0, 0, t0, 0);

        square(t2, 0, x, 0);
        subtractAndTwice(t1, t0, x);

        multiply(y, 0, t1, 0, t1, 0);
        subtract(t0, 0, x, 0, t0, 0);
        multiply(t2, 0, t0, 0, y, 0);
        subtract(y, 0, t1, 0, y, 0);
    }

    private void addSameX(final boolean isSamePoint)
    {
        if (isSamePoint)
        {
            twice();
        }
        else
        {
            isInfinity = true;
        }
    }

    /** Doubles this point. The curve has no point with y = 0. */
    void twice()
    {
        if (isInfinity)
        {
            return;
        }
        square(x, 0, t0, 0);
        square(y, 0, t1, 0);
        multiply(y, 0, z, 0, z, 0);
        add(z, 0, z, 0, z, 0);

        // t2 = 4 x y^2 and t1 = 8 y^4.
        multiply(x, 0, t1, 0, t2, 0);
        add(t2, 0, t2, 0, t2, 0);
        add(t2, 0, t2, 0, t2, 0);
        square(t1, 0, t1, 0);
        add(t1, 0, t1, 0, t1, 0);
        add(t1, 0, t1, 0, t1, 0);
        add(t1, 0, t1, 0, t1, 0);

        add(t0, 0, t0, 0, t3, 0);
        add(t3, 0, t0, 0, t3, 0);
        square(t3, 0, x, 0);
        subtract(x, 0, t2, 0, x, 0);
        subtract(x, 0, t2, 0, x, 0);
        subtract(t2, 0, x, 0, t2, 0);
        multiply(t3, 0, t2, 0, y, 0);
        subtract(y, 0, t1, 0, y, 0);
    }

    /**
     * Writes points, each below infinity, as affine ones: one inversion for all.
     *
     * @param points  whose coordinates are taken; they keep them.
     * @param inverse modulo p.
     * @param out     takes x and y of each, normalised.
     * @param at      index of the first.
     */
    static void toAffine(
        final JacobianPoint[] points, final ModularInverse inverse, final long[] out, final int at)
    {
        // products[i] is the product of every z before i.
        final long[] products = new long[(points.length + 1) * LIMBS];
        System.arraycopy(ONE, 0, products, 0, LIMBS);
        for (int i = 0; i < points.length; i++)
        {
            multiply(products, i * LIMBS, points[i].z, 0, products, (i + 1) * LIMBS);
        }
        final long[] rest = Arrays.copyOfRange(products, points.length * LIMBS, products.length);
        final long[] words = new long[ScalarArithmetic.WORDS];
        invert(rest, words, inverse);

        final long[] zInverse = new long[LIMBS];
        for (int i = points.length - 1; i >= 0; i--)
        {
            multiply(rest, 0, products, i * LIMBS, zInverse, 0);
            multiply(rest, 0, points[i].z, 0, rest, 0);
            final int xAt = at + i * AFFINE_LENGTH;
            final int yAt = xAt + LIMBS;
            multiply(points[i].y, 0, zInverse, 0, out, yAt);
            square(zInverse, 0, zInverse, 0);
            multiply(points[i].x, 0, zInverse, 0, out, xAt);
            multiply(out, yAt, zInverse, 0, out, yAt);
            normalise(out, xAt);
            normalise(out, yAt);
        }
    }

    /**
     * Inverts a number of the field in place.
     *
     * @param number  not zero.
     * @param words   scratch.
     * @param inverse modulo p.
     */
    static void invert(final long[] number, final long[] words, final ModularInverse inverse)
    {
        normalise(number, 0);
        FieldArithmetic.toWords(number, 0, words);
        inverse.invert(words);
        FieldArithmetic.ofWords(words, number, 0);
    }

    /**
     * Take the place of another point.
     *
     * @param other to copy.
     * @return this.
     */
    JacobianPoint set(final JacobianPoint other)
    {
        System.arraycopy(other.x, 0, x, 0, LIMBS);
        System.arraycopy(other.y, 0, y, 0, LIMBS);
        System.arraycopy(other.z, 0, z, 0, LIMBS);
        isInfinity = other.isInfinity;
        return this;
    }
}
