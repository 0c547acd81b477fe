package io.countersign.gateway.policy;

import io.countersign.codecs.DecimalProduct;
import io.countersign.codecs.DecimalText;
import io.countersign.codecs.MutableDecimal;
import io.countersign.codecs.wire.OrderType;
import io.countersign.codecs.wire.Side;
import io.countersign.gateway.config.OrderLimits;
import io.countersign.gateway.config.OrderLimits.Limit;
import io.countersign.venues.Order;

/**
 * The limits of one rule on a new order: pre-trade controls on side, order type, order volume, price (collar) and order
 * value, all exact.
 */
final class LimitCheck
{
    private final boolean[] sides = new boolean[Side.SELL.value() + 1];
    private final boolean[] orderTypes = new boolean[OrderType.LIMIT_MAKER.value() + 1];
    private final Limit maxQuantity;
    private final Limit maxNotional;
    private final Limit minPrice;
    private final Limit maxPrice;

    LimitCheck(final OrderLimits limits)
    {
        limits.sides().forEach((side) -> sides[side.value()] = true);
        limits.orderTypes().forEach((orderType) -> orderTypes[orderType.value()] = true);
        maxQuantity = limits.maxQuantity();
        maxNotional = limits.maxNotional();
        minPrice = limits.minPrice();
        maxPrice = limits.maxPrice();
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
        return null == maxQuantity ||
            !order.quantity().isNull() && order.quoteQuantity().isNull() && isAtMost(order.quantity(), maxQuantity);
    }

    /** An order that names no price is filled at any: it cannot be held to a band. */
    boolean priceWithin(final Order order)
    {
        return null == minPrice && null == maxPrice ||
            !order.price().isNull() && inBand(order.price()) &&
            (order.stopPrice().isNull() || inBand(order.stopPrice()));
    }

    boolean notionalWithin(final Order order)
    {
        if (null == maxNotional)
        {
            return true;
        }
        final MutableDecimal quoteQuantity = order.quoteQuantity();
        if (!quoteQuantity.isNull())
        {
            return order.quantity().isNull() && isAtMost(quoteQuantity, maxNotional);
        }
        final MutableDecimal quantity = order.quantity();
        final MutableDecimal price = order.price();
        // A sign that no order can have must not make the product small.
        return !quantity.isNull() && !price.isNull() && quantity.mantissa() >= 0 && price.mantissa() >= 0 &&
            0 >= DecimalProduct.compare(
                quantity.mantissa(), quantity.exponent(), price.mantissa(), price.exponent(),
                maxNotional.mantissa(), maxNotional.exponent());
    }

    private boolean inBand(final MutableDecimal price)
    {
        return (null == minPrice || 0 <= compare(price, minPrice)) && (null == maxPrice || isAtMost(price, maxPrice));
    }

    private static boolean isAtMost(final MutableDecimal value, final Limit limit)
    {
        return 0 >= compare(value, limit);
    }

    private static int compare(final MutableDecimal value, final Limit limit)
    {
        return DecimalText.compare(value.mantissa(), value.exponent(), limit.mantissa(), limit.exponent());
    }
}
