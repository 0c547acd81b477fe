package io.countersign.venues.hyperliquid;

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
import java.nio.charset.StandardCharsets;

/**
 * What an action says, read from an order and checked: the one description of it from which both its forms are
 * written. A field that the action has no place for is refused. Reusable, free of allocation after construction; not
 * thread-safe.
 */
final class ActionFields
{
    private static final int NONE = Reason.NONE.value();
    private static final int MISSING = Reason.FIELD_MISSING.value();
    private static final int INVALID = Reason.FIELD_INVALID.value();
    private static final long MAX_ASSET = 999_999_999;
    private static final int CLIENT_ORDER_ID_LENGTH = 34;

    private static final byte[] TYPE = ascii("type");
    private static final byte[] ORDER = ascii("order");
    private static final byte[] ORDERS = ascii("orders");
    private static final byte[] GROUPING = ascii("grouping");
    private static final byte[] NO_GROUPING = ascii("na");
    private static final byte[] CANCEL = ascii("cancel");
    private static final byte[] CANCEL_BY_CLIENT_ORDER_ID = ascii("cancelByCloid");
    private static final byte[] CANCELS = ascii("cancels");
    private static final byte[] ASSET = ascii("asset");
    private static final byte[] CLIENT_ORDER_ID = ascii("cloid");
    private static final byte[] SHORT_ASSET = ascii("a");
    private static final byte[] IS_BUY = ascii("b");
    private static final byte[] PRICE = ascii("p");
    private static final byte[] SIZE = ascii("s");
    private static final byte[] REDUCE_ONLY = ascii("r");
    private static final byte[] ORDER_TYPE = ascii("t");
    private static final byte[] SHORT_CLIENT_ORDER_ID = ascii("c");
    private static final byte[] ORDER_ID = ascii("o");
    private static final byte[] LIMIT = ascii("limit");
    private static final byte[] TIME_IN_FORCE = ascii("tif");
    private static final byte[] GOOD_TIL_CANCELLED = ascii("Gtc");
    private static final byte[] IMMEDIATE_OR_CANCEL = ascii("Ioc");
    private static final byte[] ADD_LIQUIDITY_ONLY = ascii("Alo");
    private static final byte[] TRIGGER = ascii("trigger");
    private static final byte[] IS_MARKET = ascii("isMarket");
    private static final byte[] TRIGGER_PRICE = ascii("triggerPx");
    private static final byte[] TRIGGER_KIND = ascii("tpsl");
    private static final byte[] TAKE_PROFIT = ascii("tp");
    private static final byte[] STOP_LOSS = ascii("sl");

    private final PlainDecimal price = new PlainDecimal();
    private final PlainDecimal quantity = new PlainDecimal();
    private final PlainDecimal triggerPrice = new PlainDecimal();
    private Order order;
    private long asset;
    private FieldSource fault;
    private int reason;

    /**
     * Read an order.
     *
     * @param source      must stay as it is until the action was written.
     * @param maxWindowMs most milliseconds that a request may ask to live.
     * @return a value of {@link Reason}; when it is not NONE, {@link #fault()} is the cause.
     */
    int read(final Order source, final int maxWindowMs)
    {
        order = source;
        reason = NONE;
        fault = null;
        refuse(source.symbol().isEmpty(), MISSING, FieldSource.SYMBOL);
        if (source.operation() == Operation.NEW_ORDER)
        {
            readNewOrder();
        }
        else
        {
            readCancel();
        }
        final Region symbol = source.symbol();
        asset = WholeNumber.parse(symbol.buffer(), symbol.offset(), symbol.length(), MAX_ASSET);
        refuse(asset < 0, INVALID, FieldSource.SYMBOL);
        refuse(source.maxAgeMs() != Order.NULL_INT && (source.maxAgeMs() < 1 || source.maxAgeMs() > maxWindowMs),
            INVALID, FieldSource.RECEIVE_WINDOW);
        refuse(source.goodTilBlock() != Order.NULL_INT, INVALID, FieldSource.GOOD_TIL_BLOCK);
        return reason;
    }

    FieldSource fault()
    {
        return fault;
    }

    /**
     * Write the action that was read.
     *
     * @param out that takes it.
     */
    void write(final ActionWriter out)
    {
        if (order.operation() == Operation.NEW_ORDER)
        {
            writeNewOrder(out);
        }
        else if (order.orderId() != Order.NULL_LONG)
        {
            writeCancel(out, CANCEL);
            out.name(SHORT_ASSET);
            out.number(asset);
            out.name(ORDER_ID);
            out.number(order.orderId());
            end(out);
        }
        else
        {
            writeCancel(out, CANCEL_BY_CLIENT_ORDER_ID);
            out.name(ASSET);
            out.number(asset);
            out.name(CLIENT_ORDER_ID);
            text(out, order.originalClientOrderId());
            end(out);
        }
    }

    private void readNewOrder()
    {
        final short type = order.orderType();
        final boolean isTrigger = isTrigger(type);
        final boolean isLimit = type == OrderType.LIMIT.value();
        refuse(order.side() == Order.NULL_CODE, MISSING, FieldSource.SIDE);
        refuse(type == Order.NULL_CODE, MISSING, FieldSource.ORDER_TYPE);
        refuse(order.price().isNull(), MISSING, FieldSource.PRICE);
        refuse(order.quantity().isNull(), MISSING, FieldSource.QUANTITY);
        refuse(isLimit && order.timeInForce() == Order.NULL_CODE, MISSING, FieldSource.TIME_IN_FORCE);
        refuse(isTrigger && order.stopPrice().isNull(), MISSING, FieldSource.STOP_PRICE);

        refuse(order.side() != Side.BUY.value() && order.side() != Side.SELL.value(), INVALID, FieldSource.SIDE);
        refuse(!isLimit && !isTrigger && type != OrderType.LIMIT_MAKER.value(), INVALID, FieldSource.ORDER_TYPE);
        refuse(!price.set(order.price()), INVALID, FieldSource.PRICE);
        refuse(!quantity.set(order.quantity()), INVALID, FieldSource.QUANTITY);
        refuse(isLimit ? !isTimeInForce(order.timeInForce()) : order.timeInForce() != Order.NULL_CODE,
            INVALID, FieldSource.TIME_IN_FORCE);
        refuse(isTrigger ? !triggerPrice.set(order.stopPrice()) : !order.stopPrice().isNull(),
            INVALID, FieldSource.STOP_PRICE);
        refuse(!order.clientOrderId().isEmpty() && !isClientOrderId(order.clientOrderId()),
            INVALID, FieldSource.CLIENT_ORDER_ID);

        refuse(!order.quoteQuantity().isNull(), INVALID, FieldSource.QUOTE_QUANTITY);
        refuse(!order.icebergQuantity().isNull(), INVALID, FieldSource.ICEBERG_QUANTITY);
        refuse(order.trailingDelta() != Order.NULL_LONG, INVALID, FieldSource.TRAILING_DELTA);
        refuse(order.strategyId() != Order.NULL_LONG, INVALID, FieldSource.STRATEGY_ID);
        refuse(order.strategyType() != Order.NULL_INT, INVALID, FieldSource.STRATEGY_TYPE);
        refuse(order.responseType() != Order.NULL_CODE, INVALID, FieldSource.RESPONSE_TYPE);
        refuse(order.selfTradePrevention() != Order.NULL_CODE, INVALID, FieldSource.SELF_TRADE_PREVENTION);
    }

    private void readCancel()
    {
        final boolean hasOrderId = order.orderId() != Order.NULL_LONG;
        final boolean hasClientOrderId = !order.originalClientOrderId().isEmpty();
        refuse(!hasOrderId && !hasClientOrderId, MISSING, FieldSource.ORDER_ID);
        refuse(hasOrderId && hasClientOrderId, INVALID, FieldSource.ORIGINAL_CLIENT_ORDER_ID);
        refuse(hasOrderId && order.orderId() < 0, INVALID, FieldSource.ORDER_ID);
        refuse(hasClientOrderId && !isClientOrderId(order.originalClientOrderId()),
            INVALID, FieldSource.ORIGINAL_CLIENT_ORDER_ID);
        refuse(!order.clientOrderId().isEmpty(), INVALID, FieldSource.CLIENT_ORDER_ID);
        refuse(!order.venueOrderId().isEmpty(), INVALID, FieldSource.VENUE_ORDER_ID);
        refuse(order.cancelRestriction() != Order.NULL_CODE, INVALID, FieldSource.CANCEL_RESTRICTION);
    }

    private void writeNewOrder(final ActionWriter out)
    {
        out.beginMap(3);
        out.name(TYPE);
        out.text(ORDER);
        out.name(ORDERS);
        out.beginArray(1);
        out.beginMap(order.clientOrderId().isEmpty() ? 6 : 7);
        out.name(SHORT_ASSET);
        out.number(asset);
        out.name(IS_BUY);
        out.flag(order.side() == Side.BUY.value());
        out.name(PRICE);
        price.write(out);
        out.name(SIZE);
        quantity.write(out);
        out.name(REDUCE_ONLY);
        out.flag(order.reduceOnly() == Flag.TRUE.value());
        out.name(ORDER_TYPE);
        out.beginMap(1);
        writeOrderType(out, order.orderType());
        out.endMap();
        if (!order.clientOrderId().isEmpty())
        {
            out.name(SHORT_CLIENT_ORDER_ID);
            text(out, order.clientOrderId());
        }
        out.endMap();
        out.endArray();
        out.name(GROUPING);
        out.text(NO_GROUPING);
        out.endMap();
    }

    private void writeOrderType(final ActionWriter out, final short type)
    {
        if (!isTrigger(type))
        {
            out.name(LIMIT);
            out.beginMap(1);
            out.name(TIME_IN_FORCE);
            out.text(type == OrderType.LIMIT_MAKER.value() ? ADD_LIQUIDITY_ONLY :
                order.timeInForce() == TimeInForce.IOC.value() ? IMMEDIATE_OR_CANCEL : GOOD_TIL_CANCELLED);
            out.endMap();
            return;
        }
        final boolean isStopLoss = type == OrderType.STOP_LOSS.value() || type == OrderType.STOP_LOSS_LIMIT.value();
        out.name(TRIGGER);
        out.beginMap(3);
        out.name(IS_MARKET);
        out.flag(type == OrderType.STOP_LOSS.value() || type == OrderType.TAKE_PROFIT.value());
        out.name(TRIGGER_PRICE);
        triggerPrice.write(out);
        out.name(TRIGGER_KIND);
        out.text(isStopLoss ? STOP_LOSS : TAKE_PROFIT);
        out.endMap();
    }

    private static void writeCancel(final ActionWriter out, final byte[] type)
    {
        out.beginMap(2);
        out.name(TYPE);
        out.text(type);
        out.name(CANCELS);
        out.beginArray(1);
        out.beginMap(2);
    }

    private static void end(final ActionWriter out)
    {
        out.endMap();
        out.endArray();
        out.endMap();
    }

    private static void text(final ActionWriter out, final Region text)
    {
        out.text(text.buffer(), text.offset(), text.length());
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

    private static boolean isTrigger(final short type)
    {
        return type == OrderType.STOP_LOSS.value() || type == OrderType.STOP_LOSS_LIMIT.value() ||
            type == OrderType.TAKE_PROFIT.value() || type == OrderType.TAKE_PROFIT_LIMIT.value();
    }

    private static boolean isTimeInForce(final short timeInForce)
    {
        return timeInForce == TimeInForce.GTC.value() || timeInForce == TimeInForce.IOC.value();
    }

    /** In lower case, because the venue hashes it so. */
    private static boolean isClientOrderId(final Region text)
    {
        return HexNumber.isHexNumber(text.buffer(), text.offset(), text.length(), CLIENT_ORDER_ID_LENGTH);
    }

    private static byte[] ascii(final String text)
    {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
