package io.countersign.gateway.config;

import io.countersign.codecs.wire.OrderType;
import io.countersign.codecs.wire.Side;

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
     * An exact decimal: mantissa x 10^exponent.
     *
     * @param mantissa above 0.
     * @param exponent -18 to 18.
     */
    public record Limit(long mantissa, int exponent)
    {
    }
}
