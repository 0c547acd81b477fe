package io.countersign.venues.binance;

import static io.countersign.venues.text.QueryParameters.name;

import io.countersign.codecs.MutableDecimal;
import io.countersign.codecs.wire.CancelRestriction;
import io.countersign.codecs.wire.Flag;
import io.countersign.codecs.wire.OrderType;
import io.countersign.codecs.wire.ResponseType;
import io.countersign.codecs.wire.SelfTradePrevention;
import io.countersign.codecs.wire.Side;
import io.countersign.codecs.wire.TimeInForce;
import io.countersign.venues.Order;
import io.countersign.venues.Region;
import io.countersign.venues.text.LiteralTable;
import io.countersign.venues.text.QueryParameters;
import io.countersign.venues.text.TextWriter;

/**
 * The parameters of Binance's requests: their names, the words for enumerated values, and their fixed order. Writes
 * what {@link OrderRules} found good; an absent field leaves no trace.
 */
final class Parameters
{
    static final LiteralTable SIDES = LiteralTable.of(Side.NULL_VAL.value())
        .with(Side.BUY.value(), "BUY")
        .with(Side.SELL.value(), "SELL");
    static final LiteralTable ORDER_TYPES = LiteralTable.of(OrderType.NULL_VAL.value())
        .with(OrderType.LIMIT.value(), "LIMIT")
        .with(OrderType.MARKET.value(), "MARKET")
        .with(OrderType.STOP_LOSS.value(), "STOP_LOSS")
        .with(OrderType.STOP_LOSS_LIMIT.value(), "STOP_LOSS_LIMIT")
        .with(OrderType.TAKE_PROFIT.value(), "TAKE_PROFIT")
        .with(OrderType.TAKE_PROFIT_LIMIT.value(), "TAKE_PROFIT_LIMIT")
        .with(OrderType.LIMIT_MAKER.value(), "LIMIT_MAKER");
    static final LiteralTable TIMES_IN_FORCE = LiteralTable.of(TimeInForce.NULL_VAL.value())
        .with(TimeInForce.GTC.value(), "GTC")
        .with(TimeInForce.IOC.value(), "IOC")
        .with(TimeInForce.FOK.value(), "FOK");
    static final LiteralTable RESPONSE_TYPES = LiteralTable.of(ResponseType.NULL_VAL.value())
        .with(ResponseType.ACK.value(), "ACK")
        .with(ResponseType.RESULT.value(), "RESULT")
        .with(ResponseType.FULL.value(), "FULL");
    static final LiteralTable SELF_TRADE_PREVENTIONS = LiteralTable.of(SelfTradePrevention.NULL_VAL.value())
        .with(SelfTradePrevention.NONE.value(), "NONE")
        .with(SelfTradePrevention.EXPIRE_TAKER.value(), "EXPIRE_TAKER")
        .with(SelfTradePrevention.EXPIRE_MAKER.value(), "EXPIRE_MAKER")
        .with(SelfTradePrevention.EXPIRE_BOTH.value(), "EXPIRE_BOTH")
        .with(SelfTradePrevention.DECREMENT.value(), "DECREMENT")
        .with(SelfTradePrevention.TRANSFER.value(), "TRANSFER");
    static final LiteralTable CANCEL_RESTRICTIONS = LiteralTable.of(CancelRestriction.NULL_VAL.value())
        .with(CancelRestriction.ONLY_NEW.value(), "ONLY_NEW")
        .with(CancelRestriction.ONLY_PARTIALLY_FILLED.value(), "ONLY_PARTIALLY_FILLED");
    static final LiteralTable FLAGS = LiteralTable.of(Flag.NULL_VAL.value())
        .with(Flag.FALSE.value(), "false")
        .with(Flag.TRUE.value(), "true");

    private static final byte[] SYMBOL = name("symbol");
    private static final byte[] SIDE = name("side");
    private static final byte[] TYPE = name("type");
    private static final byte[] TIME_IN_FORCE = name("timeInForce");
    private static final byte[] QUANTITY = name("quantity");
    private static final byte[] QUOTE_ORDER_QTY = name("quoteOrderQty");
    private static final byte[] PRICE = name("price");
    private static final byte[] NEW_CLIENT_ORDER_ID = name("newClientOrderId");
    private static final byte[] STRATEGY_ID = name("strategyId");
    private static final byte[] STRATEGY_TYPE = name("strategyType");
    private static final byte[] STOP_PRICE = name("stopPrice");
    private static final byte[] TRAILING_DELTA = name("trailingDelta");
    private static final byte[] ICEBERG_QTY = name("icebergQty");
    private static final byte[] NEW_ORDER_RESP_TYPE = name("newOrderRespType");
    private static final byte[] SELF_TRADE_PREVENTION_MODE = name("selfTradePreventionMode");
    private static final byte[] ORDER_ID = name("orderId");
    private static final byte[] ORIG_CLIENT_ORDER_ID = name("origClientOrderId");
    private static final byte[] CANCEL_RESTRICTIONS_NAME = name("cancelRestrictions");
    private static final byte[] OMIT_ZERO_BALANCES = name("omitZeroBalances");
    private static final byte[] RECV_WINDOW = name("recvWindow");
    private static final byte[] TIMESTAMP = name("timestamp");
    private static final byte[] SIGNATURE = name("signature");

    private Parameters()
    {
    }

    static void newOrder(final TextWriter query, final Order order, final long timestampMs)
    {
        text(query, SYMBOL, order.symbol());
        code(query, SIDE, SIDES, order.side());
        code(query, TYPE, ORDER_TYPES, order.orderType());
        code(query, TIME_IN_FORCE, TIMES_IN_FORCE, order.timeInForce());
        decimal(query, QUANTITY, order.quantity());
        decimal(query, QUOTE_ORDER_QTY, order.quoteQuantity());
        decimal(query, PRICE, order.price());
        text(query, NEW_CLIENT_ORDER_ID, order.clientOrderId());
        number(query, STRATEGY_ID, order.strategyId());
        number(query, STRATEGY_TYPE, order.strategyType());
        decimal(query, STOP_PRICE, order.stopPrice());
        number(query, TRAILING_DELTA, order.trailingDelta());
        decimal(query, ICEBERG_QTY, order.icebergQuantity());
        code(query, NEW_ORDER_RESP_TYPE, RESPONSE_TYPES, order.responseType());
        code(query, SELF_TRADE_PREVENTION_MODE, SELF_TRADE_PREVENTIONS, order.selfTradePrevention());
        times(query, order, timestampMs);
    }

    static void cancelOrder(final TextWriter query, final Order order, final long timestampMs)
    {
        text(query, SYMBOL, order.symbol());
        number(query, ORDER_ID, order.orderId());
        text(query, ORIG_CLIENT_ORDER_ID, order.originalClientOrderId());
        text(query, NEW_CLIENT_ORDER_ID, order.clientOrderId());
        code(query, CANCEL_RESTRICTIONS_NAME, CANCEL_RESTRICTIONS, order.cancelRestriction());
        times(query, order, timestampMs);
    }

    static void queryOrder(final TextWriter query, final Order order, final long timestampMs)
    {
        text(query, SYMBOL, order.symbol());
        number(query, ORDER_ID, order.orderId());
        text(query, ORIG_CLIENT_ORDER_ID, order.originalClientOrderId());
        times(query, order, timestampMs);
    }

    static void queryAccount(final TextWriter query, final Order order, final long timestampMs)
    {
        code(query, OMIT_ZERO_BALANCES, FLAGS, order.omitZeroBalances());
        times(query, order, timestampMs);
    }

    static void signature(final TextWriter query, final TextWriter signature)
    {
        QueryParameters.text(query, SIGNATURE, signature.buffer(), signature.offset(), signature.length());
    }

    private static void times(final TextWriter query, final Order order, final long timestampMs)
    {
        number(query, RECV_WINDOW, order.maxAgeMs());
        QueryParameters.number(query, TIMESTAMP, timestampMs);
    }

    private static void text(final TextWriter query, final byte[] name, final Region text)
    {
        if (!text.isEmpty())
        {
            QueryParameters.text(query, name, text.buffer(), text.offset(), text.length());
        }
    }

    private static void code(final TextWriter query, final byte[] name, final LiteralTable table, final short code)
    {
        if (table.has(code))
        {
            QueryParameters.literal(query, name, table.text(code));
        }
    }

    private static void number(final TextWriter query, final byte[] name, final long value)
    {
        if (value != Order.NULL_LONG)
        {
            QueryParameters.number(query, name, value);
        }
    }

    private static void number(final TextWriter query, final byte[] name, final int value)
    {
        if (value != Order.NULL_INT)
        {
            QueryParameters.number(query, name, value);
        }
    }

    private static void decimal(final TextWriter query, final byte[] name, final MutableDecimal value)
    {
        if (!value.isNull())
        {
            QueryParameters.decimal(query, name, value);
        }
    }
}
