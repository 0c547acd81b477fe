package io.countersign.venues.evm;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Arithmetic modulo n, the order of secp256k1, on numbers of four words, lowest first. Only for public data.
 */
final class ScalarArithmetic
{
    /** Words of a number. */
    static final int WORDS = 4;

    private static final long[] ORDER =
    {
        0xBFD25E8CD0364141L, 0xBAAEDCE6AF48A03BL, 0xFFFFFFFFFFFFFFFEL, 0xFFFFFFFFFFFFFFFFL
    };

    /** (n - 1) / 2. */
    private static final long[] HALF =
    {
        0xDFE92F46681B20A0L, 0x5D576E7357A4501DL, 0xFFFFFFFFFFFFFFFFL, 0x7FFFFFFFFFFFFFFFL
    };

    /** 2^256 - n. */
    private static final long[] FOLD = { 0x402DA1732FC9BEBFL, 0x4551231950B75FC4L, 1 };

    private ScalarArithmetic()
    {
    }

    /**
     * The order.
     *
     * @return its words, a copy.
     */
    static long[] order()
    {
        return ORDER.clone();
    }

    /** Words of 32 bytes, highest first. */
    static void ofBytes(final DirectBuffer bytes, final int offset, final long[] out)
    {
        for (int i = 0; i < WORDS; i++)
        {
            out[i] = bytes.getLong(offset + (WORDS - 1 - i) * Long.BYTES, ByteOrder.BIG_ENDIAN);
        }
    }

    /** 32 bytes, highest first. */
    static void toBytes(final long[] words, final MutableDirectBuffer out, final int offset)
    {
        for (int i = 0; i < WORDS; i++)
        {
            out.putLong(offset + (WORDS - 1 - i) * Long.BYTES, words[i], ByteOrder.BIG_ENDIAN);
        }
    }

    /** Whether a number is from 1 to n - 1. */
    static boolean isInRange(final long[] a)
    {
        return (a[0] | a[1] | a[2] | a[3]) != 0 && compare(a, ORDER) < 0;
    }

    /** Whether a number is above n / 2. */
    static boolean isHigh(final long[] a)
    {
        return compare(a, HALF) > 0;
    }

    /** Sets a = n - a, for a from 1 to n - 1. */
    static void negate(final long[] a)
    {
        long borrow = 0;
        for (int i = 0; i < WORDS; i++)
        {
            final long difference = ORDER[i] - a[i];
            final long nextBorrow = Long.compareUnsigned(ORDER[i], a[i]) < 0 ||
                difference == 0 && borrow != 0 ? 1 : 0;
            a[i] = difference - borrow;
            borrow = nextBorrow;
        }
    }

    /** Brings any number of 256 bits below n. */
    static void reduce(final long[] a)
    {
        if (compare(a, ORDER) >= 0)
        {
            addFold(a);
        }
    }

    /**
     * Sets out = a x b.
     *
     * @param a       below n.
     * @param b       below n.
     * @param product scratch of eight words.
     * @param upper   scratch of four words.
     * @param out     may be a or b.
     */
    static void multiply(
        final long[] a, final long[] b, final long[] product, final long[] upper, final long[] out)
    {
        for (int i = 0; i < product.length; i++)
        {
            product[i] = 0;
        }
        addProduct(a, b, product);
        while ((product[4] | product[5] | product[6] | product[7]) != 0)
        {
            for (int i = 0; i < WORDS; i++)
            {
                upper[i] = product[WORDS + i];
                product[WORDS + i] = 0;
            }
            addProduct(upper, FOLD, product);
        }
        System.arraycopy(product, 0, out, 0, WORDS);
        reduce(out);
    }

    private static int compare(final long[] a, final long[] b)
    {
        for (int i = WORDS - 1; i >= 0; i--)
        {
            final int order = Long.compareUnsigned(a[i], b[i]);
            if (order != 0)
            {
                return order;
            }
        }
        return 0;
    }

    /** Subtracts n modulo 2^256. */
    private static void addFold(final long[] a)
    {
        long carry = 0;
        for (int i = 0; i < WORDS; i++)
        {
            final long addend = i < FOLD.length ? FOLD[i] : 0;
            final long sum = a[i] + addend;
            final long withCarry = sum + carry;
            carry = (Long.compareUnsigned(sum, addend) < 0 ? 1 : 0) +
                (Long.compareUnsigned(withCarry, carry) < 0 ? 1 : 0);
            a[i] = withCarry;
        }
    }

    /** Adds a x b to an accumulator that does not overflow. */
    private static void addProduct(final long[] a, final long[] b, final long[] out)
    {
        for (int i = 0; i < a.length; i++)
        {
            long carry = 0;
            for (int j = 0; j < b.length; j++)
            {
                final long low = a[i] * b[j];
                long high = Math.unsignedMultiplyHigh(a[i], b[j]);
                final long sum = out[i + j] + low;
                high += Long.compareUnsigned(sum, low) < 0 ? 1 : 0;
                final long withCarry = sum + carry;
                high += Long.compareUnsigned(withCarry, carry) < 0 ? 1 : 0;
                out[i + j] = withCarry;
                carry = high;
            }
            for (int k = i + b.length; carry != 0; k++)
            {
                final long sum = out[k] + carry;
                carry = Long.compareUnsigned(sum, carry) < 0 ? 1 : 0;
                out[k] = sum;
            }
        }
    }
}
