package io.countersign.gateway.config;

import io.countersign.codecs.wire.OrderType;
import io.countersign.codecs.wire.Side;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Set;

/**
 * What a rule allows of one new order; cancels and queries are not touched by it. A limit that an order leaves nothing
 * to hold to (a market order has no price) denies it.
 *
 * @param sides       that are allowed.
 * @param orderTypes  that are allowed.
 * @param maxQuantity largest quantity, or null for no limit.
 * @param maxNotional largest price x quantity or quote quantity, or null for no limit.
 * @param minPrice    lowest price and stop price, or null for no limit.
 * @param maxPrice    highest price and stop price, or null for no limit.
 */
public record OrderLimits(
    Set<Side> sides,
    Set<OrderType> orderTypes,
    Limit maxQuantity,
    Limit maxNotional,
    Limit minPrice,
    Limit maxPrice)
{
    /**
     * An exact decimal above 0, of which the mantissa has 127 bits, and no zero at its end as it is read.
     *
     * @param high     upper half of the mantissa; 0 for quantities and prices.
     * @param low      lower half of the mantissa, without sign; for quantities and prices the mantissa, with it.
     * @param exponent of ten, -18 to 36.
     */
    public record Limit(long high, long low, int exponent)
    {
        /**
         * A decimal with a mantissa of 63 bits.
         *
         * @param mantissa above 0.
         * @param exponent of ten, -18 to 36.
         */
        public Limit(final long mantissa, final int exponent)
        {
            this(0, mantissa, exponent);
        }

        /**
         * The same number.
         *
         * @return exactly.
         */
        public BigDecimal toDecimal()
        {
            final BigInteger mantissa =
                BigInteger.valueOf(high).shiftLeft(Long.SIZE).or(new BigInteger(Long.toUnsignedString(low)));
            return new BigDecimal(mantissa, -exponent);
        }
    }
}
