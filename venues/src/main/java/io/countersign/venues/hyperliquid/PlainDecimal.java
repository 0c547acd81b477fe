package io.countersign.venues.hyperliquid;

import io.countersign.codecs.DecimalText;
import io.countersign.codecs.MutableDecimal;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A price or quantity as the venue writes it: digits with at most one point, no trailing zeros behind it. Another form
 * of the same number would hash to another action than the venue's. Reusable; not thread-safe.
 */
final class PlainDecimal
{
    private static final int MIN_EXPONENT = -8;

    private final UnsafeBuffer text = new UnsafeBuffer(new byte[DecimalText.MAX_LENGTH]);
    private int length;

    /**
     * Take a number.
     *
     * @param decimal of the order.
     * @return whether it can be written: above zero, with at most 8 decimals.
     */
    boolean set(final MutableDecimal decimal)
    {
        long mantissa = decimal.mantissa();
        int exponent = decimal.exponent();
        length = 0;
        if (decimal.isNull() || mantissa <= 0)
        {
            return false;
        }
        while (exponent < 0 && mantissa % 10 == 0)
        {
            mantissa /= 10;
            exponent++;
        }
        length = exponent < MIN_EXPONENT ? 0 : DecimalText.write(mantissa, exponent, text, 0);
        return length > 0;
    }

    void write(final ActionWriter out)
    {
        out.text(text, 0, length);
    }

    DirectBuffer text()
    {
        return text;
    }

    int length()
    {
        return length;
    }
}
