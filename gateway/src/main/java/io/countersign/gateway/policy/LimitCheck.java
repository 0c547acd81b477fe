package io.countersign.gateway.policy;

import io.countersign.codecs.wire.OrderType;
import io.countersign.codecs.wire.Side;
import io.countersign.gateway.config.OrderLimits;
import io.countersign.gateway.config.OrderLimits.Limit;
import io.countersign.venues.Order;

/**
 * The limits of one rule on a new order or a transaction: pre-trade controls on side, order type, order volume, price
 * (collar) and order value, all exact.
 */
final class LimitCheck
{
    private final boolean[] sides = new boolean[Side.SELL.value() + 1];
    private final boolean[] orderTypes = new boolean[OrderType.LIMIT_MAKER.value() + 1];
    private final Limit maxQuantity;
    private final boolean hasMaxNotional;
    private final long maxNotionalHigh;
    private final long maxNotionalLow;
    private final Band band;

    LimitCheck(final OrderLimits limits)
    {
        limits.sides().forEach((side) -> sides[side.value()] = true);
        limits.orderTypes().forEach((orderType) -> orderTypes[orderType.value()] = true);
        maxQuantity = limits.maxQuantity();
        hasMaxNotional = null != limits.maxNotional();
        final Notional max = new Notional();
        if (hasMaxNotional)
        {
            max.of(limits.maxNotional());
        }
        maxNotionalHigh = max.high();
        maxNotionalLow = max.low();
        band = new Band(limits.minPrice(), limits.maxPrice());
    }

    boolean sideGranted(final Order order)
    {
        return sides[order.side()];
    }

    boolean orderTypeGranted(final Order order)
    {
        return orderTypes[order.orderType()];
    }

    /** An amount in the quote asset buys a quantity that nobody here knows: it cannot be held to a limit. */
    boolean quantityWithin(final Order order)
    {
        return null == maxQuantity || !order.quantity().isNull() && order.quoteQuantity().isNull() &&
            0 >= Band.compare(order.quantity(), maxQuantity);
    }

    /** A transaction that says nothing of it moves nothing. */
    boolean valueWithin(final Order order)
    {
        return null == maxQuantity || order.quantity().isNull() || 0 >= Band.compare(order.quantity(), maxQuantity);
    }

    boolean priceWithin(final Order order)
    {
        return band.holds(order);
    }

    /** An order of a notional that is not known cannot be held to a limit. */
    boolean notionalWithin(final Notional notional)
    {
        return !hasMaxNotional || notional.isKnown() && (notional.high() < maxNotionalHigh ||
            notional.high() == maxNotionalHigh && Long.compareUnsigned(notional.low(), maxNotionalLow) <= 0);
    }
}
