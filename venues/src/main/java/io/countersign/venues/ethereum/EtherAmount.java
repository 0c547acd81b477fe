package io.countersign.venues.ethereum;

import io.countersign.codecs.MutableDecimal;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * An amount of ether in wei, exactly. Reusable, free of allocation after construction; not thread-safe.
 */
final class EtherAmount
{
    /** {@link #weiOf} when the text is no amount, or one that 63 bits do not hold. */
    static final long NONE = -1;

    private static final int DECIMALS = 18;
    private static final int WORDS = TransactionEncoder.MAX_VALUE_LENGTH / Integer.BYTES;
    private static final int STEP_DIGITS = 9;
    private static final long LOW = 0xFFFF_FFFFL;

    private final long[] words = new long[WORDS];
    private final UnsafeBuffer wei = new UnsafeBuffer(new byte[TransactionEncoder.MAX_VALUE_LENGTH]);

    /**
     * Take an amount.
     *
     * @param ether that is meant; a null is nothing.
     * @return whether it is an amount: not below 0, with at most 18 decimals.
     */
    boolean set(final MutableDecimal ether)
    {
        final long mantissa = ether.isNull() ? 0 : ether.mantissa();
        int left = ether.isNull() ? 0 : DECIMALS + ether.exponent();
        if (mantissa < 0 || left < 0)
        {
            return false;
        }
        Arrays.fill(words, 0);
        words[0] = mantissa & LOW;
        words[1] = mantissa >>> Integer.SIZE;
        boolean fits = true;
        while (left > 0)
        {
            final int digits = Math.min(left, STEP_DIGITS);
            fits &= multiply(powerOfTen(digits));
            left -= digits;
        }
        for (int i = 0; i < WORDS; i++)
        {
            wei.putInt((WORDS - 1 - i) * Integer.BYTES, (int) words[i], ByteOrder.BIG_ENDIAN);
        }
        return fits;
    }

    /** The wei of the amount: {@link TransactionEncoder#MAX_VALUE_LENGTH} bytes, highest first. */
    DirectBuffer wei()
    {
        return wei;
    }

    /**
     * The wei of an amount of ether in plain decimals.
     *
     * @param ether digits with at most one point, and at most 18 behind it.
     * @return the wei, or {@link #NONE}.
     */
    static long weiOf(final DirectBuffer ether)
    {
        final int length = ether.capacity();
        long value = 0;
        int decimals = 0;
        boolean isBehindPoint = false;
        for (int i = 0; i < length; i++)
        {
            final int digit = ether.getByte(i) - '0';
            final boolean isPoint = ether.getByte(i) == '.' && !isBehindPoint && i > 0 && i < length - 1;
            if (!isPoint && (digit < 0 || digit > 9 || value > (Long.MAX_VALUE - digit) / 10))
            {
                return NONE;
            }
            decimals += isBehindPoint ? 1 : 0;
            isBehindPoint |= isPoint;
            value = isPoint ? value : value * 10 + digit;
        }
        for (; decimals < DECIMALS && value <= Long.MAX_VALUE / 10; decimals++)
        {
            value *= 10;
        }
        return length > 0 && decimals == DECIMALS ? value : NONE;
    }

    private boolean multiply(final long factor)
    {
        long carry = 0;
        for (int i = 0; i < WORDS; i++)
        {
            carry += words[i] * factor;
            words[i] = carry & LOW;
            carry >>>= Integer.SIZE;
        }
        return carry == 0;
    }

    private static long powerOfTen(final int digits)
    {
        long power = 1;
        for (int i = 0; i < digits; i++)
        {
            power *= 10;
        }
        return power;
    }
}
