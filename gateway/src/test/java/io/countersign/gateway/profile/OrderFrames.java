package io.countersign.gateway.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.countersign.codecs.WireFrame;
import io.countersign.codecs.authentication.FrameAuthenticator;
import io.countersign.codecs.wire.CancelAllEncoder;
import io.countersign.codecs.wire.CancelOrderEncoder;
import io.countersign.codecs.wire.CancelRestriction;
import io.countersign.codecs.wire.DecimalEncoder;
import io.countersign.codecs.wire.Flag;
import io.countersign.codecs.wire.LoginEncoder;
import io.countersign.codecs.wire.MessageHeaderEncoder;
import io.countersign.codecs.wire.NewOrderEncoder;
import io.countersign.codecs.wire.OrderType;
import io.countersign.codecs.wire.QueryAccountEncoder;
import io.countersign.codecs.wire.QueryOrderEncoder;
import io.countersign.codecs.wire.QueryOrdersEncoder;
import io.countersign.codecs.wire.ResponseType;
import io.countersign.codecs.wire.SelfTradePrevention;
import io.countersign.codecs.wire.Side;
import io.countersign.codecs.wire.TimeInForce;
import io.countersign.codecs.wire.TransactionEncoder;
import io.countersign.venues.Operation;
import io.countersign.venues.Order;
import io.countersign.venues.OrderAdapter;
import io.countersign.venues.profile.FieldSource;
import org.agrona.concurrent.UnsafeBuffer;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;

/** Turns fields by their names in profiles into a wire frame and the order in it, as a bot and the gateway would. */
final class OrderFrames
{
    static final long REQUEST_ID = 42;

    private static final byte[] NO_TEXT = new byte[0];

    private final UnsafeBuffer frame = new UnsafeBuffer(new byte[2048]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final OrderAdapter adapter = new OrderAdapter();
    private final Order order = new Order();
    private Map<FieldSource, byte[]> fields;

    static Map<FieldSource, byte[]> fields(final Map<String, String> texts)
    {
        final Map<FieldSource, byte[]> fields = new EnumMap<>(FieldSource.class);
        texts.forEach((name, value) ->
            fields.put(FieldSource.ofConfigName(name), value.getBytes(StandardCharsets.UTF_8)));
        return fields;
    }

    Order order(final Operation operation, final Map<FieldSource, byte[]> orderFields)
    {
        final int length = frame(operation, orderFields);
        assertEquals(0, WireFrame.check(frame, 0, length));
        assertTrue(adapter.decode(frame, 0, order));
        return order;
    }

    UnsafeBuffer buffer()
    {
        return frame;
    }

    /** Writes the frame and returns its length with the place for a tag. */
    int frame(final Operation operation, final Map<FieldSource, byte[]> orderFields)
    {
        fields = orderFields;
        final int length = switch (operation)
        {
            case NEW_ORDER -> newOrder();
            case CANCEL_ORDER -> cancelOrder();
            case QUERY_ORDER -> queryOrder();
            case QUERY_ACCOUNT -> new QueryAccountEncoder().wrapAndApplyHeader(frame, 0, header)
                .sessionId(1).requestId(REQUEST_ID).deadlineNs(1).maxAgeMs(int32(FieldSource.RECEIVE_WINDOW))
                .omitZeroBalances(Flag.get(code(FieldSource.OMIT_ZERO_BALANCES)))
                .key("key").encodedLength();
            case CANCEL_ALL -> new CancelAllEncoder().wrapAndApplyHeader(frame, 0, header)
                .sessionId(1).requestId(REQUEST_ID).deadlineNs(1).maxAgeMs(int32(FieldSource.RECEIVE_WINDOW))
                .key("key").putSymbol(text(FieldSource.SYMBOL), 0, text(FieldSource.SYMBOL).length).encodedLength();
            case QUERY_ORDERS -> new QueryOrdersEncoder().wrapAndApplyHeader(frame, 0, header)
                .sessionId(1).requestId(REQUEST_ID).deadlineNs(1).maxAgeMs(int32(FieldSource.RECEIVE_WINDOW))
                .key("key").putSymbol(text(FieldSource.SYMBOL), 0, text(FieldSource.SYMBOL).length).encodedLength();
            case LOGIN -> login();
            case TRANSACT -> transaction();
        };
        return MessageHeaderEncoder.ENCODED_LENGTH + length + FrameAuthenticator.TAG_LENGTH;
    }

    private int newOrder()
    {
        final NewOrderEncoder encoder = new NewOrderEncoder().wrapAndApplyHeader(frame, 0, header)
            .sessionId(1).requestId(REQUEST_ID).deadlineNs(1).maxAgeMs(int32(FieldSource.RECEIVE_WINDOW))
            .side(Side.get(code(FieldSource.SIDE)))
            .orderType(OrderType.get(code(FieldSource.ORDER_TYPE)))
            .timeInForce(TimeInForce.get(code(FieldSource.TIME_IN_FORCE)))
            .responseType(ResponseType.get(code(FieldSource.RESPONSE_TYPE)))
            .selfTradePrevention(SelfTradePrevention.get(code(FieldSource.SELF_TRADE_PREVENTION)))
            .trailingDelta(int64(FieldSource.TRAILING_DELTA))
            .strategyId(int64(FieldSource.STRATEGY_ID))
            .strategyType(int32(FieldSource.STRATEGY_TYPE))
            .reduceOnly(Flag.get(code(FieldSource.REDUCE_ONLY)))
            .goodTilBlock(int32(FieldSource.GOOD_TIL_BLOCK));
        decimal(encoder.quantity(), FieldSource.QUANTITY);
        decimal(encoder.quoteQuantity(), FieldSource.QUOTE_QUANTITY);
        decimal(encoder.price(), FieldSource.PRICE);
        decimal(encoder.stopPrice(), FieldSource.STOP_PRICE);
        decimal(encoder.icebergQuantity(), FieldSource.ICEBERG_QUANTITY);
        final byte[] symbol = text(FieldSource.SYMBOL);
        final byte[] clientOrderId = text(FieldSource.CLIENT_ORDER_ID);
        return encoder.key("key").putSymbol(symbol, 0, symbol.length)
            .putClientOrderId(clientOrderId, 0, clientOrderId.length).encodedLength();
    }

    private int cancelOrder()
    {
        final byte[] symbol = text(FieldSource.SYMBOL);
        final byte[] original = text(FieldSource.ORIGINAL_CLIENT_ORDER_ID);
        final byte[] clientOrderId = text(FieldSource.CLIENT_ORDER_ID);
        final byte[] venueOrderId = text(FieldSource.VENUE_ORDER_ID);
        return new CancelOrderEncoder().wrapAndApplyHeader(frame, 0, header)
            .sessionId(1).requestId(REQUEST_ID).deadlineNs(1).maxAgeMs(int32(FieldSource.RECEIVE_WINDOW))
            .orderId(int64(FieldSource.ORDER_ID))
            .cancelRestriction(CancelRestriction.get(code(FieldSource.CANCEL_RESTRICTION)))
            .goodTilBlock(int32(FieldSource.GOOD_TIL_BLOCK))
            .key("key").putSymbol(symbol, 0, symbol.length)
            .putOriginalClientOrderId(original, 0, original.length)
            .putClientOrderId(clientOrderId, 0, clientOrderId.length)
            .putVenueOrderId(venueOrderId, 0, venueOrderId.length).encodedLength();
    }

    private int queryOrder()
    {
        final byte[] symbol = text(FieldSource.SYMBOL);
        final byte[] original = text(FieldSource.ORIGINAL_CLIENT_ORDER_ID);
        final byte[] venueOrderId = text(FieldSource.VENUE_ORDER_ID);
        return new QueryOrderEncoder().wrapAndApplyHeader(frame, 0, header)
            .sessionId(1).requestId(REQUEST_ID).deadlineNs(1).maxAgeMs(int32(FieldSource.RECEIVE_WINDOW))
            .orderId(int64(FieldSource.ORDER_ID))
            .key("key").putSymbol(symbol, 0, symbol.length)
            .putOriginalClientOrderId(original, 0, original.length)
            .putVenueOrderId(venueOrderId, 0, venueOrderId.length).encodedLength();
    }

    private int login()
    {
        final byte[] sender = text(FieldSource.SENDER_COMP_ID);
        final byte[] target = text(FieldSource.TARGET_COMP_ID);
        return new LoginEncoder().wrapAndApplyHeader(frame, 0, header)
            .sessionId(1).requestId(REQUEST_ID).deadlineNs(1).maxAgeMs(int32(FieldSource.RECEIVE_WINDOW))
            .messageSequence(int32(FieldSource.MESSAGE_SEQUENCE))
            .key("key").putSenderCompId(sender, 0, sender.length)
            .putTargetCompId(target, 0, target.length).encodedLength();
    }

    private int transaction()
    {
        final byte[] symbol = text(FieldSource.SYMBOL);
        final byte[] data = text(FieldSource.DATA);
        final TransactionEncoder encoder = new TransactionEncoder().wrapAndApplyHeader(frame, 0, header)
            .sessionId(1).requestId(REQUEST_ID).deadlineNs(1).maxAgeMs(int32(FieldSource.RECEIVE_WINDOW))
            .accountNonce(int64(FieldSource.ACCOUNT_NONCE))
            .gasLimit(int64(FieldSource.GAS_LIMIT))
            .maxFeePerGas(int64(FieldSource.MAX_FEE_PER_GAS))
            .maxPriorityFeePerGas(int64(FieldSource.MAX_PRIORITY_FEE_PER_GAS));
        decimal(encoder.quantity(), FieldSource.QUANTITY);
        return encoder.key("key").putSymbol(symbol, 0, symbol.length).putData(data, 0, data.length).encodedLength();
    }

    private byte[] text(final FieldSource source)
    {
        return fields.getOrDefault(source, NO_TEXT);
    }

    private String ascii(final FieldSource source)
    {
        return new String(fields.get(source), StandardCharsets.US_ASCII);
    }

    private short code(final FieldSource source)
    {
        return fields.containsKey(source) ? source.words().get(ascii(source)) : Order.NULL_CODE;
    }

    private int int32(final FieldSource source)
    {
        return fields.containsKey(source) ? Integer.parseInt(ascii(source)) : Order.NULL_INT;
    }

    private long int64(final FieldSource source)
    {
        return fields.containsKey(source) ? Long.parseLong(ascii(source)) : Order.NULL_LONG;
    }

    private void decimal(final DecimalEncoder encoder, final FieldSource source)
    {
        if (!fields.containsKey(source))
        {
            encoder.mantissa(DecimalEncoder.mantissaNullValue()).exponent((byte) 0);
            return;
        }
        final BigDecimal value = new BigDecimal(ascii(source));
        encoder.mantissa(value.unscaledValue().longValueExact()).exponent((byte) -value.scale());
    }
}
