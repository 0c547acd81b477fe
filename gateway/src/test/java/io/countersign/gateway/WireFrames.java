package io.countersign.gateway;

import io.countersign.codecs.authentication.FrameAuthenticator;
import io.countersign.codecs.wire.AskOutcomeEncoder;
import io.countersign.codecs.wire.CancelAllEncoder;
import io.countersign.codecs.wire.CancelOrderEncoder;
import io.countersign.codecs.wire.CancelRestriction;
import io.countersign.codecs.wire.ConnectEncoder;
import io.countersign.codecs.wire.DecimalEncoder;
import io.countersign.codecs.wire.DisconnectEncoder;
import io.countersign.codecs.wire.Flag;
import io.countersign.codecs.wire.KeepAliveEncoder;
import io.countersign.codecs.wire.LoginEncoder;
import io.countersign.codecs.wire.MessageHeaderEncoder;
import io.countersign.codecs.wire.NewOrderEncoder;
import io.countersign.codecs.wire.OrderType;
import io.countersign.codecs.wire.ProveEncoder;
import io.countersign.codecs.wire.QueryAccountEncoder;
import io.countersign.codecs.wire.QueryOrderEncoder;
import io.countersign.codecs.wire.QueryOrdersEncoder;
import io.countersign.codecs.wire.ResponseType;
import io.countersign.codecs.wire.SelfTradePrevention;
import io.countersign.codecs.wire.Side;
import io.countersign.codecs.wire.TimeInForce;
import io.countersign.codecs.wire.TransactionEncoder;
import org.agrona.concurrent.UnsafeBuffer;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Frames as a bot encodes them, with the tag of {@link #TO_GATEWAY} where they have one.
 */
public final class WireFrames
{
    /** The session key of frames to the gateway that all bots without a handshake have. */
    static final byte[] TO_GATEWAY = key(1);

    /** The session key of frames to the bot. */
    static final byte[] TO_BOT = key(2);

    /** Of all bots of a test together: rises for each of them. */
    private static final AtomicLong SEQUENCE = new AtomicLong();

    static final Consumer<NewOrderEncoder> AS_IT_IS = (order) ->
    {
    };

    private WireFrames()
    {
    }

    static long nextSequence()
    {
        return SEQUENCE.incrementAndGet();
    }

    public static byte[] connect(final long correlationId, final String principal)
    {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[512]);
        final ConnectEncoder encoder = new ConnectEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
            .correlationId(correlationId).apiKeyVersion(1).putClientNonce(new byte[32], 0, 32).principal(principal);
        return cut(buffer, encoder.limit());
    }

    public static byte[] disconnect(final long sessionId)
    {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[64]);
        final DisconnectEncoder encoder = new DisconnectEncoder()
            .wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
            .sessionId(sessionId)
            .ingressSequence(SEQUENCE.incrementAndGet())
            .deadlineNs(Long.MAX_VALUE);
        return tagged(cut(buffer, encoder.limit()));
    }

    static byte[] keepAlive(final long sessionId, final long deadlineNs)
    {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[64]);
        final KeepAliveEncoder encoder = new KeepAliveEncoder()
            .wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
            .sessionId(sessionId)
            .ingressSequence(SEQUENCE.incrementAndGet())
            .deadlineNs(deadlineNs);
        return tagged(cut(buffer, encoder.limit()));
    }

    static byte[] askOutcome(final long sessionId, final long requestId, final long askedRequestId)
    {
        return askOutcome(sessionId, requestId, askedRequestId, Long.MAX_VALUE);
    }

    static byte[] askOutcome(
        final long sessionId, final long requestId, final long askedRequestId, final long deadlineNs)
    {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[64]);
        final AskOutcomeEncoder encoder = new AskOutcomeEncoder()
            .wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
            .sessionId(sessionId)
            .ingressSequence(SEQUENCE.incrementAndGet())
            .deadlineNs(deadlineNs)
            .requestId(requestId)
            .askedRequestId(askedRequestId);
        return tagged(cut(buffer, encoder.limit()));
    }

    /** One LTCBTC at 0.1 with the key hmac. */
    public static byte[] newOrder(final long sessionId, final long requestId)
    {
        return newOrder(sessionId, requestId, AS_IT_IS);
    }

    public static byte[] newOrder(final long sessionId, final long requestId, final Consumer<NewOrderEncoder> fields)
    {
        return newOrder(sessionId, requestId, fields, "hmac", "LTCBTC", "order-" + requestId);
    }

    public static byte[] newOrder(
        final long sessionId,
        final long requestId,
        final Consumer<NewOrderEncoder> fields,
        final String key,
        final String symbol,
        final String clientOrderId)
    {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[1024]);
        final NewOrderEncoder order = new NewOrderEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
            .sessionId(sessionId)
            .ingressSequence(SEQUENCE.incrementAndGet())
            .requestId(requestId)
            .deadlineNs(Long.MAX_VALUE)
            .maxAgeMs(5000)
            .side(Side.BUY)
            .orderType(OrderType.LIMIT)
            .timeInForce(TimeInForce.GTC)
            .responseType(ResponseType.NULL_VAL)
            .selfTradePrevention(SelfTradePrevention.NULL_VAL)
            .trailingDelta(NewOrderEncoder.trailingDeltaNullValue())
            .strategyId(NewOrderEncoder.strategyIdNullValue())
            .strategyType(NewOrderEncoder.strategyTypeNullValue())
            .reduceOnly(Flag.NULL_VAL).goodTilBlock(NewOrderEncoder.goodTilBlockNullValue());
        order.quantity().mantissa(1).exponent((byte) 0);
        order.price().mantissa(1).exponent((byte) -1);
        absent(order.quoteQuantity());
        absent(order.stopPrice());
        absent(order.icebergQuantity());
        fields.accept(order);
        order.key(key).symbol(symbol).clientOrderId(clientOrderId);
        return tagged(cut(buffer, order.limit()));
    }

    public static Consumer<NewOrderEncoder> quantity(final long mantissa, final int exponent)
    {
        return (order) -> order.quantity().mantissa(mantissa).exponent((byte) exponent);
    }

    public static byte[] cancelOrder(
        final long sessionId, final long requestId, final long orderId, final String key, final String symbol)
    {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[1024]);
        final CancelOrderEncoder order = new CancelOrderEncoder()
            .wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
            .sessionId(sessionId)
            .ingressSequence(SEQUENCE.incrementAndGet())
            .requestId(requestId)
            .deadlineNs(Long.MAX_VALUE)
            .maxAgeMs(CancelOrderEncoder.maxAgeMsNullValue())
            .orderId(orderId)
            .cancelRestriction(CancelRestriction.NULL_VAL).goodTilBlock(CancelOrderEncoder.goodTilBlockNullValue())
            .key(key).symbol(symbol).originalClientOrderId("").clientOrderId("").venueOrderId("");
        return tagged(cut(buffer, order.limit()));
    }

    public static byte[] queryOrder(
        final long sessionId, final long requestId, final long orderId, final String key, final String symbol)
    {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[1024]);
        final QueryOrderEncoder order = new QueryOrderEncoder()
            .wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
            .sessionId(sessionId)
            .ingressSequence(SEQUENCE.incrementAndGet())
            .requestId(requestId)
            .deadlineNs(Long.MAX_VALUE)
            .maxAgeMs(QueryOrderEncoder.maxAgeMsNullValue())
            .orderId(orderId)
            .key(key).symbol(symbol).originalClientOrderId("").venueOrderId("");
        return tagged(cut(buffer, order.limit()));
    }

    public static byte[] queryAccount(final long sessionId, final long requestId, final String key)
    {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[512]);
        final QueryAccountEncoder order = new QueryAccountEncoder()
            .wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
            .sessionId(sessionId)
            .ingressSequence(SEQUENCE.incrementAndGet())
            .requestId(requestId)
            .deadlineNs(Long.MAX_VALUE)
            .maxAgeMs(QueryAccountEncoder.maxAgeMsNullValue())
            .omitZeroBalances(Flag.NULL_VAL)
            .key(key);
        return tagged(cut(buffer, order.limit()));
    }

    public static byte[] cancelAll(
        final long sessionId, final long requestId, final String key, final String symbol)
    {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[512]);
        final CancelAllEncoder order = new CancelAllEncoder()
            .wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
            .sessionId(sessionId)
            .ingressSequence(SEQUENCE.incrementAndGet())
            .requestId(requestId)
            .deadlineNs(Long.MAX_VALUE)
            .maxAgeMs(CancelAllEncoder.maxAgeMsNullValue())
            .key(key).symbol(symbol);
        return tagged(cut(buffer, order.limit()));
    }

    public static byte[] queryOrders(
        final long sessionId, final long requestId, final String key, final String symbol)
    {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[512]);
        final QueryOrdersEncoder order = new QueryOrdersEncoder()
            .wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
            .sessionId(sessionId)
            .ingressSequence(SEQUENCE.incrementAndGet())
            .requestId(requestId)
            .deadlineNs(Long.MAX_VALUE)
            .maxAgeMs(QueryOrdersEncoder.maxAgeMsNullValue())
            .key(key).symbol(symbol);
        return tagged(cut(buffer, order.limit()));
    }

    public static byte[] login(final long sessionId, final long requestId, final String key)
    {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[512]);
        final LoginEncoder login = new LoginEncoder()
            .wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
            .sessionId(sessionId)
            .ingressSequence(SEQUENCE.incrementAndGet())
            .requestId(requestId)
            .deadlineNs(Long.MAX_VALUE)
            .maxAgeMs(LoginEncoder.maxAgeMsNullValue())
            .messageSequence(1)
            .key(key).senderCompId("BOT").targetCompId("SPOT");
        return tagged(cut(buffer, login.limit()));
    }

    public static byte[] transaction(
        final long sessionId,
        final long requestId,
        final Consumer<TransactionEncoder> fields,
        final String key,
        final String recipient)
    {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[1024]);
        final TransactionEncoder transaction = new TransactionEncoder()
            .wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
            .sessionId(sessionId)
            .ingressSequence(SEQUENCE.incrementAndGet())
            .requestId(requestId)
            .deadlineNs(Long.MAX_VALUE)
            .maxAgeMs(TransactionEncoder.maxAgeMsNullValue())
            .accountNonce(0)
            .gasLimit(21_000)
            .maxFeePerGas(2)
            .maxPriorityFeePerGas(1);
        transaction.quantity().mantissa(1).exponent((byte) 0);
        fields.accept(transaction);
        transaction.key(key).symbol(recipient).putData(new byte[0], 0, 0);
        return tagged(cut(buffer, transaction.limit()));
    }

    static byte[] prove(final long correlationId, final byte[] clientProof)
    {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[64]);
        final ProveEncoder encoder = new ProveEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
            .correlationId(correlationId).putClientProof(clientProof, 0, clientProof.length);
        return cut(buffer, encoder.limit());
    }

    /** A body with its tag behind it. */
    static byte[] tagged(final byte[] body)
    {
        return tagged(TO_GATEWAY, body);
    }

    static byte[] tagged(final byte[] key, final byte[] body)
    {
        final byte[] frame = Arrays.copyOf(body, body.length + FrameAuthenticator.TAG_LENGTH);
        new FrameAuthenticator(key).append(new UnsafeBuffer(frame), 0, body.length);
        return frame;
    }

    /** A frame without its tag. */
    static byte[] body(final byte[] frame)
    {
        return Arrays.copyOf(frame, frame.length - FrameAuthenticator.TAG_LENGTH);
    }

    private static byte[] key(final int value)
    {
        final byte[] key = new byte[32];
        Arrays.fill(key, (byte) value);
        return key;
    }

    private static void absent(final DecimalEncoder decimal)
    {
        decimal.mantissa(DecimalEncoder.mantissaNullValue()).exponent((byte) 0);
    }

    private static byte[] cut(final UnsafeBuffer buffer, final int length)
    {
        final byte[] frame = new byte[length];
        buffer.getBytes(0, frame);
        return frame;
    }
}
