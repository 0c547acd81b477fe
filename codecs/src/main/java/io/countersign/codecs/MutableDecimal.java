package io.countersign.codecs;

import io.countersign.codecs.wire.DecimalDecoder;

/**
 * A decimal number, mantissa x 10^exponent, or none: the {@code Decimal} of the wire schema in a reusable holder.
 * Not thread-safe.
 */
public final class MutableDecimal
{
    /** The mantissa that means that there is no number. */
    public static final long NULL_MANTISSA = DecimalDecoder.mantissaNullValue();

    private long mantissa = NULL_MANTISSA;
    private int exponent;

    /**
     * Take a value.
     *
     * @param mantissa of the number, or {@link #NULL_MANTISSA}.
     * @param exponent of ten; for a null mantissa without meaning.
     * @return this.
     */
    public MutableDecimal set(final long mantissa, final int exponent)
    {
        this.mantissa = mantissa;
        this.exponent = exponent;
        return this;
    }

    /**
     * Hold no number.
     *
     * @return this.
     */
    public MutableDecimal reset()
    {
        return set(NULL_MANTISSA, 0);
    }

    /**
     * Whether there is no number.
     *
     * @return true when absent.
     */
    public boolean isNull()
    {
        return mantissa == NULL_MANTISSA;
    }

    /**
     * The number's digits and sign.
     *
     * @return the mantissa, {@link #NULL_MANTISSA} when there is no number.
     */
    public long mantissa()
    {
        return mantissa;
    }

    /**
     * The power of ten that the mantissa counts in.
     *
     * @return the exponent.
     */
    public int exponent()
    {
        return exponent;
    }
}
