package io.countersign.venues.binance;

import io.countersign.codecs.DecimalText;
import io.countersign.codecs.MutableDecimal;
import io.countersign.codecs.wire.OrderType;
import io.countersign.codecs.wire.Reason;
import io.countersign.venues.Order;

/**
 * Which fields a request to Binance must have, and in which range they must lie. Missing fields are found before
 * invalid ones.
 */
final class OrderRules
{
    static final int NONE = Reason.NONE.value();
    static final int FIELD_MISSING = Reason.FIELD_MISSING.value();
    static final int FIELD_INVALID = Reason.FIELD_INVALID.value();

    private static final int MAX_RECV_WINDOW_MS = 60_000;

    private static final int TIME_IN_FORCE = 1;
    private static final int QUANTITY = 1 << 1;
    private static final int PRICE = 1 << 2;
    /** Quantity in the base or in the quote asset. */
    private static final int AMOUNT = 1 << 3;
    /** Stop price or trailing delta. */
    private static final int TRIGGER = 1 << 4;

    /** The table "Additional mandatory parameters based on type" of "New order". */
    private static final int[] REQUIRED_BY_ORDER_TYPE = requiredByOrderType();

    private OrderRules()
    {
    }

    static int checkNewOrder(final Order order, final long timestampMs)
    {
        final short orderType = order.orderType();
        if (order.symbol().isEmpty() || order.side() == Order.NULL_CODE || orderType == Order.NULL_CODE)
        {
            return FIELD_MISSING;
        }
        if (!Parameters.SIDES.has(order.side()) ||
            !Parameters.ORDER_TYPES.has(orderType) ||
            !Parameters.TIMES_IN_FORCE.hasOrNull(order.timeInForce()) ||
            !Parameters.RESPONSE_TYPES.hasOrNull(order.responseType()) ||
            !Parameters.SELF_TRADE_PREVENTIONS.hasOrNull(order.selfTradePrevention()) ||
            order.reduceOnly() != Order.NULL_CODE)
        {
            return FIELD_INVALID;
        }
        if ((REQUIRED_BY_ORDER_TYPE[orderType] & ~present(order)) != 0)
        {
            return FIELD_MISSING;
        }
        if (!order.quantity().isNull() && !order.quoteQuantity().isNull())
        {
            // No order type takes both; which of them counts must not be the venue's guess.
            return FIELD_INVALID;
        }
        return isPositiveOrNull(order.quantity()) &&
            isPositiveOrNull(order.quoteQuantity()) &&
            isPositiveOrNull(order.price()) &&
            isPositiveOrNull(order.stopPrice()) &&
            isPositiveOrNull(order.icebergQuantity()) &&
            (order.trailingDelta() == Order.NULL_LONG || order.trailingDelta() > 0) ?
            checkTimes(order, timestampMs) : FIELD_INVALID;
    }

    static int checkCancelOrder(final Order order, final long timestampMs)
    {
        final int fault = checkOneOrder(order, timestampMs);
        if (fault != NONE)
        {
            return fault;
        }
        return Parameters.CANCEL_RESTRICTIONS.hasOrNull(order.cancelRestriction()) ? NONE : FIELD_INVALID;
    }

    static int checkQueryOrder(final Order order, final long timestampMs)
    {
        return checkOneOrder(order, timestampMs);
    }

    static int checkQueryAccount(final Order order, final long timestampMs)
    {
        return Parameters.FLAGS.hasOrNull(order.omitZeroBalances()) ? checkTimes(order, timestampMs) : FIELD_INVALID;
    }

    private static int checkOneOrder(final Order order, final long timestampMs)
    {
        if (!order.venueOrderId().isEmpty())
        {
            return FIELD_INVALID;
        }
        if (order.symbol().isEmpty() ||
            order.orderId() == Order.NULL_LONG && order.originalClientOrderId().isEmpty())
        {
            return FIELD_MISSING;
        }
        return order.orderId() == Order.NULL_LONG || order.orderId() >= 0 ?
            checkTimes(order, timestampMs) : FIELD_INVALID;
    }

    private static int checkTimes(final Order order, final long timestampMs)
    {
        final int maxAgeMs = order.maxAgeMs();
        return timestampMs > 0 &&
            (maxAgeMs == Order.NULL_INT || maxAgeMs >= 1 && maxAgeMs <= MAX_RECV_WINDOW_MS) ? NONE : FIELD_INVALID;
    }

    private static boolean isPositiveOrNull(final MutableDecimal decimal)
    {
        return decimal.isNull() ||
            decimal.mantissa() > 0 &&
            decimal.exponent() >= DecimalText.MIN_EXPONENT &&
            decimal.exponent() <= DecimalText.MAX_EXPONENT;
    }

    private static int present(final Order order)
    {
        final boolean hasQuantity = !order.quantity().isNull();
        return (order.timeInForce() != Order.NULL_CODE ? TIME_IN_FORCE : 0) |
            (hasQuantity ? QUANTITY : 0) |
            (!order.price().isNull() ? PRICE : 0) |
            (hasQuantity || !order.quoteQuantity().isNull() ? AMOUNT : 0) |
            (!order.stopPrice().isNull() || order.trailingDelta() != Order.NULL_LONG ? TRIGGER : 0);
    }

    private static int[] requiredByOrderType()
    {
        final int[] required = new int[Parameters.ORDER_TYPES.size()];
        required[OrderType.LIMIT.value()] = TIME_IN_FORCE | QUANTITY | PRICE;
        required[OrderType.MARKET.value()] = AMOUNT;
        required[OrderType.STOP_LOSS.value()] = QUANTITY | TRIGGER;
        required[OrderType.STOP_LOSS_LIMIT.value()] = TIME_IN_FORCE | QUANTITY | PRICE | TRIGGER;
        required[OrderType.TAKE_PROFIT.value()] = QUANTITY | TRIGGER;
        required[OrderType.TAKE_PROFIT_LIMIT.value()] = TIME_IN_FORCE | QUANTITY | PRICE | TRIGGER;
        required[OrderType.LIMIT_MAKER.value()] = QUANTITY | PRICE;
        return required;
    }
}
