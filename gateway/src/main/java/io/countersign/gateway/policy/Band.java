package io.countersign.gateway.policy;

import io.countersign.codecs.DecimalText;
import io.countersign.codecs.MutableDecimal;
import io.countersign.gateway.config.OrderLimits.Limit;
import io.countersign.venues.Order;

/**
 * A price collar: lowest and highest price and stop price.
 */
final class Band
{
    private final Limit min;
    private final Limit max;

    Band(final Limit min, final Limit max)
    {
        this.min = min;
        this.max = max;
    }

    /** An order that names no price, or whose type has none, is filled at any: it cannot be held to a band. */
    boolean holds(final Order order)
    {
        return null == min && null == max ||
            Notional.hasPrice(order.orderType()) && !order.price().isNull() && inBand(order.price()) &&
            (order.stopPrice().isNull() || inBand(order.stopPrice()));
    }

    static int compare(final MutableDecimal value, final Limit limit)
    {
        return DecimalText.compare(value.mantissa(), value.exponent(), limit.low(), limit.exponent());
    }

    private boolean inBand(final MutableDecimal price)
    {
        return (null == min || 0 <= compare(price, min)) && (null == max || 0 >= compare(price, max));
    }
}
