package io.countersign.gateway.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
import io.countersign.venues.Operation;
import io.countersign.venues.Order;
import io.countersign.venues.OrderAdapter;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;

/** Turns parameters as Binance names them into a wire frame and the order in it, as a bot and the gateway would. */
final class BinanceFrames
{
    static final long SESSION_ID = 7;
    static final long REQUEST_ID = 42;
    static final long DEADLINE_NS = 1_800_000_000_000_000_000L;
    static final String KEY = "binance-main";

    private final UnsafeBuffer frame = new UnsafeBuffer(new byte[2048]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final OrderAdapter adapter = new OrderAdapter();
    private final Order order = new Order();

    Order order(final Operation operation, final Map<String, String> parameters)
    {
        return order(operation, parameters, utf8(parameters.get("symbol")));
    }

    Order order(final Operation operation, final Map<String, String> parameters, final byte[] symbol)
    {
        final int length = frame(operation, parameters, symbol);
        assertEquals(0, WireFrame.check(frame, 0, length + FrameAuthenticator.TAG_LENGTH));
        adapter.decode(frame, 0, order);
        return order;
    }

    UnsafeBuffer buffer()
    {
        return frame;
    }

    int frame(final Operation operation, final Map<String, String> parameters, final byte[] symbol)
    {
        switch (operation)
        {
            case NEW_ORDER:
                return newOrder(parameters, symbol);
            case CANCEL_ORDER:
                return cancelOrder(parameters, symbol);
            case QUERY_ORDER:
                return queryOrder(parameters, symbol);
            case QUERY_ACCOUNT:
                return queryAccount(parameters);
            case CANCEL_ALL:
                return cancelAll(symbol);
            case QUERY_ORDERS:
                return queryOrders(symbol);
            default:
                return login();
        }
    }

    private int newOrder(final Map<String, String> p, final byte[] symbol)
    {
        final NewOrderEncoder encoder = new NewOrderEncoder().wrapAndApplyHeader(frame, 0, header)
            .sessionId(SESSION_ID).requestId(REQUEST_ID).deadlineNs(DEADLINE_NS)
            .maxAgeMs(int32(p, "recvWindow"))
            .side(Side.valueOf(p.get("side")))
            .orderType(OrderType.valueOf(p.get("type")))
            .timeInForce(TimeInForce.valueOf(p.getOrDefault("timeInForce", "NULL_VAL")))
            .responseType(ResponseType.valueOf(p.getOrDefault("newOrderRespType", "NULL_VAL")))
            .selfTradePrevention(SelfTradePrevention.valueOf(p.getOrDefault("selfTradePreventionMode", "NULL_VAL")))
            .trailingDelta(int64(p, "trailingDelta"))
            .strategyId(int64(p, "strategyId"))
            .strategyType(int32(p, "strategyType"))
            .reduceOnly(flag(p, "reduceOnly"))
            .goodTilBlock(NewOrderEncoder.goodTilBlockNullValue());
        decimal(encoder.quantity(), p.get("quantity"));
        decimal(encoder.quoteQuantity(), p.get("quoteOrderQty"));
        decimal(encoder.price(), p.get("price"));
        decimal(encoder.stopPrice(), p.get("stopPrice"));
        decimal(encoder.icebergQuantity(), p.get("icebergQty"));
        final byte[] clientOrderId = utf8(p.get("newClientOrderId"));
        encoder.key(KEY).putSymbol(symbol, 0, symbol.length)
            .putClientOrderId(clientOrderId, 0, clientOrderId.length);
        return MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength();
    }

    private int cancelOrder(final Map<String, String> p, final byte[] symbol)
    {
        final byte[] original = utf8(p.get("origClientOrderId"));
        final byte[] clientOrderId = utf8(p.get("newClientOrderId"));
        final CancelOrderEncoder encoder = new CancelOrderEncoder().wrapAndApplyHeader(frame, 0, header)
            .sessionId(SESSION_ID).requestId(REQUEST_ID).deadlineNs(DEADLINE_NS)
            .maxAgeMs(int32(p, "recvWindow"))
            .orderId(int64(p, "orderId"))
            .cancelRestriction(CancelRestriction.valueOf(p.getOrDefault("cancelRestrictions", "NULL_VAL")))
            .goodTilBlock(CancelOrderEncoder.goodTilBlockNullValue())
            .key(KEY).putSymbol(symbol, 0, symbol.length)
            .putOriginalClientOrderId(original, 0, original.length)
            .putClientOrderId(clientOrderId, 0, clientOrderId.length)
            .venueOrderId(p.getOrDefault("venueOrderId", ""));
        return MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength();
    }

    private int queryOrder(final Map<String, String> p, final byte[] symbol)
    {
        final byte[] original = utf8(p.get("origClientOrderId"));
        final QueryOrderEncoder encoder = new QueryOrderEncoder().wrapAndApplyHeader(frame, 0, header)
            .sessionId(SESSION_ID).requestId(REQUEST_ID).deadlineNs(DEADLINE_NS)
            .maxAgeMs(int32(p, "recvWindow"))
            .orderId(int64(p, "orderId"))
            .key(KEY).putSymbol(symbol, 0, symbol.length)
            .putOriginalClientOrderId(original, 0, original.length)
            .venueOrderId(p.getOrDefault("venueOrderId", ""));
        return MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength();
    }

    private int queryAccount(final Map<String, String> p)
    {
        final QueryAccountEncoder encoder = new QueryAccountEncoder().wrapAndApplyHeader(frame, 0, header)
            .sessionId(SESSION_ID).requestId(REQUEST_ID).deadlineNs(DEADLINE_NS)
            .maxAgeMs(int32(p, "recvWindow"))
            .omitZeroBalances(flag(p, "omitZeroBalances"))
            .key(KEY);
        return MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength();
    }

    private static Flag flag(final Map<String, String> p, final String name)
    {
        return Flag.valueOf(p.getOrDefault(name, "NULL_VAL").toUpperCase(Locale.ROOT));
    }

    private int cancelAll(final byte[] symbol)
    {
        final CancelAllEncoder encoder = new CancelAllEncoder().wrapAndApplyHeader(frame, 0, header)
            .sessionId(SESSION_ID).requestId(REQUEST_ID).deadlineNs(DEADLINE_NS)
            .maxAgeMs(CancelAllEncoder.maxAgeMsNullValue())
            .key(KEY).putSymbol(symbol, 0, symbol.length);
        return MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength();
    }

    private int queryOrders(final byte[] symbol)
    {
        final QueryOrdersEncoder encoder = new QueryOrdersEncoder().wrapAndApplyHeader(frame, 0, header)
            .sessionId(SESSION_ID).requestId(REQUEST_ID).deadlineNs(DEADLINE_NS)
            .maxAgeMs(QueryOrdersEncoder.maxAgeMsNullValue())
            .key(KEY).putSymbol(symbol, 0, symbol.length);
        return MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength();
    }

    private int login()
    {
        final LoginEncoder encoder = new LoginEncoder().wrapAndApplyHeader(frame, 0, header)
            .sessionId(SESSION_ID).requestId(REQUEST_ID).deadlineNs(DEADLINE_NS)
            .maxAgeMs(LoginEncoder.maxAgeMsNullValue()).messageSequence(1)
            .key(KEY).senderCompId("BOT").targetCompId("SPOT");
        return MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength();
    }

    static byte[] utf8(final String text)
    {
        return text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
    }

    private static int int32(final Map<String, String> p, final String name)
    {
        return p.containsKey(name) ? Integer.parseInt(p.get(name)) : Order.NULL_INT;
    }

    private static long int64(final Map<String, String> p, final String name)
    {
        return p.containsKey(name) ? Long.parseLong(p.get(name)) : Order.NULL_LONG;
    }

    private static void decimal(final DecimalEncoder encoder, final String text)
    {
        if (text == null)
        {
            encoder.mantissa(DecimalEncoder.mantissaNullValue()).exponent((byte) 0);
            return;
        }
        final BigDecimal value = new BigDecimal(text);
        encoder.mantissa(value.unscaledValue().longValueExact()).exponent((byte) -value.scale());
    }
}
