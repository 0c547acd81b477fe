package io.countersign.venues.profile;

import io.countersign.codecs.MutableDecimal;
import io.countersign.venues.Operation;
import io.countersign.venues.Order;
import io.countersign.venues.Region;

/**
 * The fields of an order by their {@link FieldSource}.
 */
final class OrderFields
{
    private static final Region NO_TEXT = new Region();
    private static final MutableDecimal NO_DECIMAL = new MutableDecimal();

    private OrderFields()
    {
    }

    /** The {@link FieldSource#bit}s of the fields that an order has. */
    static int present(final Order order)
    {
        return bit(!order.symbol().isEmpty(), FieldSource.SYMBOL) |
            bit(order.side() != Order.NULL_CODE, FieldSource.SIDE) |
            bit(order.orderType() != Order.NULL_CODE, FieldSource.ORDER_TYPE) |
            bit(order.timeInForce() != Order.NULL_CODE, FieldSource.TIME_IN_FORCE) |
            bit(order.responseType() != Order.NULL_CODE, FieldSource.RESPONSE_TYPE) |
            bit(order.selfTradePrevention() != Order.NULL_CODE, FieldSource.SELF_TRADE_PREVENTION) |
            bit(!order.quantity().isNull(), FieldSource.QUANTITY) |
            bit(!order.quoteQuantity().isNull(), FieldSource.QUOTE_QUANTITY) |
            bit(!order.price().isNull(), FieldSource.PRICE) |
            bit(!order.stopPrice().isNull(), FieldSource.STOP_PRICE) |
            bit(!order.icebergQuantity().isNull(), FieldSource.ICEBERG_QUANTITY) |
            bit(order.trailingDelta() != Order.NULL_LONG, FieldSource.TRAILING_DELTA) |
            bit(order.strategyId() != Order.NULL_LONG, FieldSource.STRATEGY_ID) |
            bit(order.strategyType() != Order.NULL_INT, FieldSource.STRATEGY_TYPE) |
            bit(!order.clientOrderId().isEmpty(), FieldSource.CLIENT_ORDER_ID) |
            bit(!order.originalClientOrderId().isEmpty(), FieldSource.ORIGINAL_CLIENT_ORDER_ID) |
            bit(order.orderId() != Order.NULL_LONG, FieldSource.ORDER_ID) |
            bit(!order.venueOrderId().isEmpty(), FieldSource.VENUE_ORDER_ID) |
            bit(order.cancelRestriction() != Order.NULL_CODE, FieldSource.CANCEL_RESTRICTION) |
            bit(order.omitZeroBalances() != Order.NULL_CODE, FieldSource.OMIT_ZERO_BALANCES) |
            bit(order.reduceOnly() != Order.NULL_CODE, FieldSource.REDUCE_ONLY) |
            bit(!order.login().senderCompId().isEmpty(), FieldSource.SENDER_COMP_ID) |
            bit(!order.login().targetCompId().isEmpty(), FieldSource.TARGET_COMP_ID) |
            bit(order.login().messageSequence() != Order.NULL_INT, FieldSource.MESSAGE_SEQUENCE) |
            bit(order.goodTilBlock() != Order.NULL_INT, FieldSource.GOOD_TIL_BLOCK) |
            bit(order.maxAgeMs() != Order.NULL_INT, FieldSource.RECEIVE_WINDOW);
    }

    static Region text(final Order order, final FieldSource source)
    {
        return switch (source)
        {
            case SYMBOL -> order.symbol();
            case CLIENT_ORDER_ID -> order.clientOrderId();
            case ORIGINAL_CLIENT_ORDER_ID -> order.originalClientOrderId();
            case VENUE_ORDER_ID -> order.venueOrderId();
            case SENDER_COMP_ID -> order.login().senderCompId();
            case TARGET_COMP_ID -> order.login().targetCompId();
            default -> NO_TEXT;
        };
    }

    static short code(final Order order, final FieldSource source)
    {
        return switch (source)
        {
            case SIDE -> order.side();
            case ORDER_TYPE -> order.orderType();
            case TIME_IN_FORCE -> order.timeInForce();
            case RESPONSE_TYPE -> order.responseType();
            case SELF_TRADE_PREVENTION -> order.selfTradePrevention();
            case CANCEL_RESTRICTION -> order.cancelRestriction();
            case OMIT_ZERO_BALANCES -> order.omitZeroBalances();
            case REDUCE_ONLY -> order.reduceOnly();
            default -> Order.NULL_CODE;
        };
    }

    static MutableDecimal decimal(final Order order, final FieldSource source)
    {
        return switch (source)
        {
            case QUANTITY -> order.quantity();
            case QUOTE_QUANTITY -> order.quoteQuantity();
            case PRICE -> order.price();
            case STOP_PRICE -> order.stopPrice();
            case ICEBERG_QUANTITY -> order.icebergQuantity();
            default -> NO_DECIMAL;
        };
    }

    static long number(final Order order, final FieldSource source)
    {
        return switch (source)
        {
            case TRAILING_DELTA -> order.trailingDelta();
            case STRATEGY_ID -> order.strategyId();
            case STRATEGY_TYPE -> order.strategyType();
            case ORDER_ID -> order.orderId();
            case MESSAGE_SEQUENCE -> order.login().messageSequence();
            case GOOD_TIL_BLOCK -> order.goodTilBlock();
            default -> Order.NULL_LONG;
        };
    }

    /** The {@link FieldSource#bit}s of the fields that the requests of an operation can have. */
    static int possible(final Operation operation)
    {
        return FieldSource.RECEIVE_WINDOW.bit() | switch (operation)
        {
            case NEW_ORDER -> bits(FieldSource.SYMBOL, FieldSource.STRATEGY_TYPE) | FieldSource.CLIENT_ORDER_ID.bit() |
                FieldSource.REDUCE_ONLY.bit() | FieldSource.GOOD_TIL_BLOCK.bit();
            case CANCEL_ORDER -> bits(FieldSource.CLIENT_ORDER_ID, FieldSource.CANCEL_RESTRICTION) |
                FieldSource.SYMBOL.bit() | FieldSource.GOOD_TIL_BLOCK.bit();
            case QUERY_ORDER -> bits(FieldSource.ORIGINAL_CLIENT_ORDER_ID, FieldSource.VENUE_ORDER_ID) |
                FieldSource.SYMBOL.bit();
            case QUERY_ACCOUNT -> FieldSource.OMIT_ZERO_BALANCES.bit();
            case CANCEL_ALL, QUERY_ORDERS -> FieldSource.SYMBOL.bit();
            case LOGIN -> bits(FieldSource.SENDER_COMP_ID, FieldSource.MESSAGE_SEQUENCE);
            case TRANSACT -> bits(FieldSource.ACCOUNT_NONCE, FieldSource.DATA) | FieldSource.SYMBOL.bit() |
                FieldSource.QUANTITY.bit();
        };
    }

    /** Whether a number is in the range of its source. */
    static boolean isInRange(final FieldSource source, final long value)
    {
        return switch (source)
        {
            case TRAILING_DELTA, MESSAGE_SEQUENCE, GOOD_TIL_BLOCK -> value > 0;
            case ORDER_ID -> value >= 0;
            default -> value != Order.NULL_LONG;
        };
    }

    private static int bits(final FieldSource first, final FieldSource last)
    {
        int bits = 0;
        for (int i = first.ordinal(); i <= last.ordinal(); i++)
        {
            bits |= FieldSource.of(i).bit();
        }
        return bits;
    }

    private static int bit(final boolean isPresent, final FieldSource source)
    {
        return isPresent ? source.bit() : 0;
    }
}
