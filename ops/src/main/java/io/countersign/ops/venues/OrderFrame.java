package io.countersign.ops.venues;

import io.countersign.codecs.DecimalText;
import io.countersign.codecs.MutableDecimal;
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

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;

/**
 * Turns fields by their names in profiles into the frame that a bot would send, and that into the order that the
 * gateway would read in it, so that a venue sees exactly what it would see.
 */
final class OrderFrame
{
    private static final byte[] NO_TEXT = new byte[0];
    private static final int MAX_TEXT_LENGTH = 254;

    private final UnsafeBuffer frame = new UnsafeBuffer(new byte[4096]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final OrderAdapter adapter = new OrderAdapter();
    private final Order order = new Order();
    private Map<FieldSource, String> fields;

    /** The order, good until the next. */
    Order of(final Operation operation, final Map<FieldSource, String> orderFields) throws Contradiction
    {
        fields = orderFields;
        final int length = MessageHeaderEncoder.ENCODED_LENGTH + encode(operation) + FrameAuthenticator.TAG_LENGTH;
        if (0 != WireFrame.check(frame, 0, length) || !adapter.decode(frame, 0, order))
        {
            throw new Contradiction("no request of a bot can say " + orderFields);
        }
        return order;
    }

    private int encode(final Operation operation) throws Contradiction
    {
        final byte[] symbol = text(FieldSource.SYMBOL);
        final long requestId = fields.containsKey(FieldSource.REQUEST_ID) ? int64(FieldSource.REQUEST_ID) : 1;
        final int maxAgeMs = int32(FieldSource.RECEIVE_WINDOW);
        return switch (operation)
        {
            case NEW_ORDER -> newOrder(requestId, maxAgeMs, symbol);
            case CANCEL_ORDER -> cancelOrder(requestId, maxAgeMs, symbol);
            case QUERY_ORDER -> queryOrder(requestId, maxAgeMs, symbol);
            case QUERY_ACCOUNT -> new QueryAccountEncoder().wrapAndApplyHeader(frame, 0, header)
                .sessionId(1).requestId(requestId).deadlineNs(1).maxAgeMs(maxAgeMs)
                .omitZeroBalances(Flag.get(code(FieldSource.OMIT_ZERO_BALANCES)))
                .key("key").encodedLength();
            case CANCEL_ALL -> new CancelAllEncoder().wrapAndApplyHeader(frame, 0, header)
                .sessionId(1).requestId(requestId).deadlineNs(1).maxAgeMs(maxAgeMs)
                .key("key").putSymbol(symbol, 0, symbol.length).encodedLength();
            case QUERY_ORDERS -> new QueryOrdersEncoder().wrapAndApplyHeader(frame, 0, header)
                .sessionId(1).requestId(requestId).deadlineNs(1).maxAgeMs(maxAgeMs)
                .key("key").putSymbol(symbol, 0, symbol.length).encodedLength();
            case LOGIN -> login(requestId, maxAgeMs);
            case TRANSACT -> transaction(requestId, maxAgeMs, symbol);
        };
    }

    private int newOrder(final long requestId, final int maxAgeMs, final byte[] symbol) throws Contradiction
    {
        final NewOrderEncoder encoder = new NewOrderEncoder().wrapAndApplyHeader(frame, 0, header)
            .sessionId(1).requestId(requestId).deadlineNs(1).maxAgeMs(maxAgeMs)
            .side(Side.get(code(FieldSource.SIDE)))
            .orderType(OrderType.get(code(FieldSource.ORDER_TYPE)))
            .timeInForce(TimeInForce.get(code(FieldSource.TIME_IN_FORCE)))
            .responseType(ResponseType.get(code(FieldSource.RESPONSE_TYPE)))
            .selfTradePrevention(SelfTradePrevention.get(code(FieldSource.SELF_TRADE_PREVENTION)))
            .trailingDelta(int64(FieldSource.TRAILING_DELTA))
            .strategyId(int64(FieldSource.STRATEGY_ID))
            .strategyType(int32(FieldSource.STRATEGY_TYPE))
            .goodTilBlock(int32(FieldSource.GOOD_TIL_BLOCK))
            .reduceOnly(Flag.get(code(FieldSource.REDUCE_ONLY)));
        decimal(encoder.quantity(), FieldSource.QUANTITY);
        decimal(encoder.quoteQuantity(), FieldSource.QUOTE_QUANTITY);
        decimal(encoder.price(), FieldSource.PRICE);
        decimal(encoder.stopPrice(), FieldSource.STOP_PRICE);
        decimal(encoder.icebergQuantity(), FieldSource.ICEBERG_QUANTITY);
        final byte[] clientOrderId = text(FieldSource.CLIENT_ORDER_ID);
        return encoder.key("key").putSymbol(symbol, 0, symbol.length)
            .putClientOrderId(clientOrderId, 0, clientOrderId.length).encodedLength();
    }

    private int cancelOrder(final long requestId, final int maxAgeMs, final byte[] symbol) throws Contradiction
    {
        final byte[] original = text(FieldSource.ORIGINAL_CLIENT_ORDER_ID);
        final byte[] clientOrderId = text(FieldSource.CLIENT_ORDER_ID);
        final byte[] venueOrderId = text(FieldSource.VENUE_ORDER_ID);
        return new CancelOrderEncoder().wrapAndApplyHeader(frame, 0, header)
            .sessionId(1).requestId(requestId).deadlineNs(1).maxAgeMs(maxAgeMs)
            .orderId(int64(FieldSource.ORDER_ID))
            .goodTilBlock(int32(FieldSource.GOOD_TIL_BLOCK))
            .cancelRestriction(CancelRestriction.get(code(FieldSource.CANCEL_RESTRICTION)))
            .key("key").putSymbol(symbol, 0, symbol.length)
            .putOriginalClientOrderId(original, 0, original.length)
            .putClientOrderId(clientOrderId, 0, clientOrderId.length)
            .putVenueOrderId(venueOrderId, 0, venueOrderId.length).encodedLength();
    }

    private int queryOrder(final long requestId, final int maxAgeMs, final byte[] symbol) throws Contradiction
    {
        final byte[] original = text(FieldSource.ORIGINAL_CLIENT_ORDER_ID);
        final byte[] venueOrderId = text(FieldSource.VENUE_ORDER_ID);
        return new QueryOrderEncoder().wrapAndApplyHeader(frame, 0, header)
            .sessionId(1).requestId(requestId).deadlineNs(1).maxAgeMs(maxAgeMs)
            .orderId(int64(FieldSource.ORDER_ID))
            .key("key").putSymbol(symbol, 0, symbol.length)
            .putOriginalClientOrderId(original, 0, original.length)
            .putVenueOrderId(venueOrderId, 0, venueOrderId.length).encodedLength();
    }

    private int login(final long requestId, final int maxAgeMs) throws Contradiction
    {
        final byte[] sender = text(FieldSource.SENDER_COMP_ID);
        final byte[] target = text(FieldSource.TARGET_COMP_ID);
        return new LoginEncoder().wrapAndApplyHeader(frame, 0, header)
            .sessionId(1).requestId(requestId).deadlineNs(1).maxAgeMs(maxAgeMs)
            .messageSequence(int32(FieldSource.MESSAGE_SEQUENCE))
            .key("key").putSenderCompId(sender, 0, sender.length)
            .putTargetCompId(target, 0, target.length).encodedLength();
    }

    private int transaction(final long requestId, final int maxAgeMs, final byte[] recipient) throws Contradiction
    {
        final byte[] data = bytes(FieldSource.DATA);
        final TransactionEncoder encoder = new TransactionEncoder().wrapAndApplyHeader(frame, 0, header)
            .sessionId(1).requestId(requestId).deadlineNs(1).maxAgeMs(maxAgeMs)
            .accountNonce(int64(FieldSource.ACCOUNT_NONCE))
            .gasLimit(int64(FieldSource.GAS_LIMIT))
            .maxFeePerGas(int64(FieldSource.MAX_FEE_PER_GAS))
            .maxPriorityFeePerGas(int64(FieldSource.MAX_PRIORITY_FEE_PER_GAS));
        decimal(encoder.quantity(), FieldSource.QUANTITY);
        return encoder.key("key").putSymbol(recipient, 0, recipient.length)
            .putData(data, 0, data.length).encodedLength();
    }

    /** Hexadecimal digits behind {@code 0x}. */
    private byte[] bytes(final FieldSource source) throws Contradiction
    {
        final String text = fields.getOrDefault(source, "0x");
        if (!text.matches("0x([0-9a-fA-F]{2})*") || text.length() > 2 + 2 * WireFrame.MAX_CALL_DATA_LENGTH)
        {
            throw new Contradiction(source.configName() + " is '" + text + "'; expected 0x and up to " +
                2 * WireFrame.MAX_CALL_DATA_LENGTH + " hexadecimal digits");
        }
        return HexFormat.of().parseHex(text.substring(2));
    }

    private byte[] text(final FieldSource source) throws Contradiction
    {
        final byte[] text = fields.containsKey(source) ?
            fields.get(source).getBytes(StandardCharsets.UTF_8) : NO_TEXT;
        if (MAX_TEXT_LENGTH < text.length)
        {
            throw new Contradiction(source.configName() + " is longer than " + MAX_TEXT_LENGTH + " bytes");
        }
        return text;
    }

    private short code(final FieldSource source) throws Contradiction
    {
        if (!fields.containsKey(source))
        {
            return Order.NULL_CODE;
        }
        final Short code = source.words().get(fields.get(source));
        if (null == code)
        {
            throw new Contradiction(source.configName() + " is '" + fields.get(source) + "'; expected one of " +
                source.words().keySet());
        }
        return code;
    }

    private int int32(final FieldSource source) throws Contradiction
    {
        if (!fields.containsKey(source))
        {
            return Order.NULL_INT;
        }
        final long number = int64(source);
        if (Integer.MAX_VALUE < number)
        {
            throw new Contradiction(source.configName() + " is '" + number + "', too large for a request");
        }
        return (int) number;
    }

    private long int64(final FieldSource source) throws Contradiction
    {
        if (!fields.containsKey(source))
        {
            return Order.NULL_LONG;
        }
        final String text = fields.get(source);
        try
        {
            if (text.matches("0|[1-9][0-9]*"))
            {
                return Long.parseLong(text);
            }
        }
        catch (final NumberFormatException ex)
        {
            // Told below, with what was expected.
        }
        throw new Contradiction(source.configName() + " is '" + text + "'; expected a whole number below 2^63");
    }

    private void decimal(final DecimalEncoder encoder, final FieldSource source) throws Contradiction
    {
        final MutableDecimal decimal = new MutableDecimal();
        if (!fields.containsKey(source))
        {
            encoder.mantissa(DecimalEncoder.mantissaNullValue()).exponent((byte) 0);
            return;
        }
        if (!DecimalText.parse(fields.get(source), decimal))
        {
            throw new Contradiction(source.configName() + " is '" + fields.get(source) +
                "'; expected a plain decimal number of at most 18 digits");
        }
        encoder.mantissa(decimal.mantissa()).exponent((byte) decimal.exponent());
    }
}
