package io.countersign.venues.dydx;

import io.countersign.codecs.MutableDecimal;
import io.countersign.codecs.wire.Flag;
import io.countersign.codecs.wire.OrderType;
import io.countersign.codecs.wire.Reason;
import io.countersign.codecs.wire.Side;
import io.countersign.codecs.wire.TimeInForce;
import io.countersign.venues.Operation;
import io.countersign.venues.Order;
import io.countersign.venues.Region;
import io.countersign.venues.profile.FieldSource;
import io.countersign.venues.text.WholeNumber;

/**
 * A short-term order or its cancel, read from an order and checked. A field that it has no place for is refused.
 * Reusable, free of allocation; not thread-safe.
 */
final class ShortTermOrder
{
    private static final int NONE = Reason.NONE.value();
    private static final int MISSING = Reason.FIELD_MISSING.value();
    private static final int INVALID = Reason.FIELD_INVALID.value();
    private static final long MAX_UINT32 = 0xFFFF_FFFFL;

    private FieldSource fault;
    private int reason;
    private long clobPairId;
    private long clientId;
    private long quantums;
    private long subticks;

    /**
     * Read an order.
     *
     * @param order whose operation is NEW_ORDER or CANCEL_ORDER.
     * @return a value of {@link Reason}; when it is not NONE, {@link #fault()} is the cause.
     */
    int read(final Order order)
    {
        reason = NONE;
        fault = null;
        refuse(order.symbol().isEmpty(), MISSING, FieldSource.SYMBOL);
        refuse(order.goodTilBlock() == Order.NULL_INT, MISSING, FieldSource.GOOD_TIL_BLOCK);
        if (order.operation() == Operation.NEW_ORDER)
        {
            readNewOrder(order);
        }
        else
        {
            readCancel(order);
        }
        clobPairId = uint32(order.symbol());
        refuse(clobPairId == WholeNumber.NONE, INVALID, FieldSource.SYMBOL);
        refuse(order.goodTilBlock() < 1, INVALID, FieldSource.GOOD_TIL_BLOCK);
        refuse(order.maxAgeMs() != Order.NULL_INT, INVALID, FieldSource.RECEIVE_WINDOW);
        return reason;
    }

    FieldSource fault()
    {
        return fault;
    }

    /** Set what was read. */
    void write(final Order order, final OrderMessage message)
    {
        message.id((int) clientId, OrderMessage.SHORT_TERM, (int) clobPairId).goodTil(order.goodTilBlock(), 0);
        if (order.operation() == Operation.NEW_ORDER)
        {
            final int timeInForce = order.orderType() == OrderType.LIMIT_MAKER.value() ?
                OrderMessage.TIME_IN_FORCE_POST_ONLY : order.timeInForce() == TimeInForce.IOC.value() ?
                OrderMessage.TIME_IN_FORCE_IOC : OrderMessage.TIME_IN_FORCE_DEFAULT;
            message
                .trade(order.side() == Side.BUY.value() ? OrderMessage.BUY : OrderMessage.SELL, quantums, subticks)
                .terms(timeInForce, order.reduceOnly() == Flag.TRUE.value(), 0);
        }
    }

    private void readNewOrder(final Order order)
    {
        final boolean isLimit = order.orderType() == OrderType.LIMIT.value();
        refuse(order.side() == Order.NULL_CODE, MISSING, FieldSource.SIDE);
        refuse(order.orderType() == Order.NULL_CODE, MISSING, FieldSource.ORDER_TYPE);
        refuse(order.price().isNull(), MISSING, FieldSource.PRICE);
        refuse(order.quantity().isNull(), MISSING, FieldSource.QUANTITY);
        refuse(isLimit && order.timeInForce() == Order.NULL_CODE, MISSING, FieldSource.TIME_IN_FORCE);
        refuse(order.clientOrderId().isEmpty(), MISSING, FieldSource.CLIENT_ORDER_ID);

        quantums = whole(order.quantity());
        subticks = whole(order.price());
        clientId = uint32(order.clientOrderId());
        refuse(order.side() != Side.BUY.value() && order.side() != Side.SELL.value(), INVALID, FieldSource.SIDE);
        refuse(!isLimit && order.orderType() != OrderType.LIMIT_MAKER.value(), INVALID, FieldSource.ORDER_TYPE);
        refuse(subticks < 1, INVALID, FieldSource.PRICE);
        refuse(quantums < 1, INVALID, FieldSource.QUANTITY);
        refuse(isLimit ? !isTimeInForce(order.timeInForce()) : order.timeInForce() != Order.NULL_CODE,
            INVALID, FieldSource.TIME_IN_FORCE);
        refuse(clientId == WholeNumber.NONE, INVALID, FieldSource.CLIENT_ORDER_ID);

        refuse(!order.stopPrice().isNull(), INVALID, FieldSource.STOP_PRICE);
        refuse(!order.quoteQuantity().isNull(), INVALID, FieldSource.QUOTE_QUANTITY);
        refuse(!order.icebergQuantity().isNull(), INVALID, FieldSource.ICEBERG_QUANTITY);
        refuse(order.trailingDelta() != Order.NULL_LONG, INVALID, FieldSource.TRAILING_DELTA);
        refuse(order.strategyId() != Order.NULL_LONG, INVALID, FieldSource.STRATEGY_ID);
        refuse(order.strategyType() != Order.NULL_INT, INVALID, FieldSource.STRATEGY_TYPE);
        refuse(order.responseType() != Order.NULL_CODE, INVALID, FieldSource.RESPONSE_TYPE);
        refuse(order.selfTradePrevention() != Order.NULL_CODE, INVALID, FieldSource.SELF_TRADE_PREVENTION);
    }

    private void readCancel(final Order order)
    {
        refuse(order.originalClientOrderId().isEmpty(), MISSING, FieldSource.ORIGINAL_CLIENT_ORDER_ID);
        clientId = uint32(order.originalClientOrderId());
        refuse(clientId == WholeNumber.NONE, INVALID, FieldSource.ORIGINAL_CLIENT_ORDER_ID);
        refuse(order.orderId() != Order.NULL_LONG, INVALID, FieldSource.ORDER_ID);
        refuse(!order.clientOrderId().isEmpty(), INVALID, FieldSource.CLIENT_ORDER_ID);
        refuse(!order.venueOrderId().isEmpty(), INVALID, FieldSource.VENUE_ORDER_ID);
        refuse(order.cancelRestriction() != Order.NULL_CODE, INVALID, FieldSource.CANCEL_RESTRICTION);
    }

    /** Keeps the first cause; missing fields are asked for before invalid ones. */
    private void refuse(final boolean isWrong, final int cause, final FieldSource field)
    {
        if (isWrong && reason == NONE)
        {
            reason = cause;
            fault = field;
        }
    }

    private static boolean isTimeInForce(final short timeInForce)
    {
        return timeInForce == TimeInForce.GTC.value() || timeInForce == TimeInForce.IOC.value();
    }

    private static long uint32(final Region text)
    {
        return WholeNumber.parse(text.buffer(), text.offset(), text.length(), MAX_UINT32);
    }

    /** A number without decimals that 63 bits hold; 0 for every other. */
    private static long whole(final MutableDecimal decimal)
    {
        long value = decimal.isNull() || decimal.mantissa() < 0 ? 0 : decimal.mantissa();
        int exponent = decimal.exponent();
        for (; exponent < 0 && value % 10 == 0 && value != 0; exponent++)
        {
            value /= 10;
        }
        for (; exponent > 0 && value <= Long.MAX_VALUE / 10 && value != 0; exponent--)
        {
            value *= 10;
        }
        return exponent == 0 ? value : 0;
    }
}
