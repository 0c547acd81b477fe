package io.countersign.gateway.policy;

import io.countersign.codecs.MutableDecimal;
import io.countersign.codecs.wire.OrderType;
import io.countersign.gateway.config.OrderLimits.Limit;
import io.countersign.venues.Operation;
import io.countersign.venues.Order;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.EnumSet;
import java.util.Set;

/** What requests are worth, in plain arithmetic. */
final class ModelAmounts
{
    static final Set<OrderType> PRICED = EnumSet.of(
        OrderType.LIMIT, OrderType.LIMIT_MAKER, OrderType.STOP_LOSS_LIMIT, OrderType.TAKE_PROFIT_LIMIT);
    private static final BigDecimal UNFIT = BigDecimal.valueOf(2).pow(127).movePointLeft(18);

    private ModelAmounts()
    {
    }

    static BigDecimal notional(final Order order)
    {
        final BigDecimal quantity = decimal(order.quantity());
        final BigDecimal quote = decimal(order.quoteQuantity());
        final BigDecimal price = decimal(order.price());
        BigDecimal notional = null;
        if (Operation.TRANSACT == order.operation())
        {
            notional = null == quantity ? BigDecimal.ZERO : quantity.signum() >= 0 ? quantity : null;
        }
        else if (null != quote)
        {
            notional = null == quantity && quote.signum() >= 0 ? quote : null;
        }
        else if (null != quantity && null != price && PRICED.contains(OrderType.get(order.orderType())) &&
            quantity.signum() >= 0 && price.signum() >= 0)
        {
            notional = quantity.multiply(price);
        }
        return null == notional || notional.compareTo(UNFIT) >= 0 ?
            null : notional.setScale(18, RoundingMode.UP);
    }

    static BigDecimal decimal(final Limit limit)
    {
        return limit.toDecimal();
    }

    static BigDecimal decimal(final MutableDecimal value)
    {
        return value.isNull() ? null : BigDecimal.valueOf(value.mantissa()).scaleByPowerOfTen(value.exponent());
    }
}
