package io.countersign.perf.process;

import io.aeron.Aeron;
import io.aeron.ExclusivePublication;
import io.aeron.Subscription;
import io.aeron.logbuffer.FragmentHandler;
import io.countersign.codecs.authentication.EgressChannel;
import io.countersign.codecs.authentication.FrameAuthenticator;
import io.countersign.codecs.authentication.HandshakeTranscript;
import io.countersign.codecs.wire.ChallengeDecoder;
import io.countersign.codecs.wire.ConnectEncoder;
import io.countersign.codecs.wire.DecimalEncoder;
import io.countersign.codecs.wire.Flag;
import io.countersign.codecs.wire.MessageHeaderDecoder;
import io.countersign.codecs.wire.MessageHeaderEncoder;
import io.countersign.codecs.wire.NewOrderEncoder;
import io.countersign.codecs.wire.OrderType;
import io.countersign.codecs.wire.ProveEncoder;
import io.countersign.codecs.wire.QueryAccountEncoder;
import io.countersign.codecs.wire.RejectedDecoder;
import io.countersign.codecs.wire.ResponseType;
import io.countersign.codecs.wire.SelfTradePrevention;
import io.countersign.codecs.wire.SessionOpenedDecoder;
import io.countersign.codecs.wire.Side;
import io.countersign.codecs.wire.SignedRequestDecoder;
import io.countersign.codecs.wire.TimeInForce;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A bot without the client library, which would not send more than the gateway's limit without reading: opens a
 * session, claims a place for a frame, or sends as much as it likes and reads when it likes.
 */
final class UnreadBot implements AutoCloseable
{
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final MessageHeaderDecoder headerDecoder = new MessageHeaderDecoder();
    private final UnsafeBuffer frame = new UnsafeBuffer(new byte[512]);
    private final Aeron aeron;
    private final ExclusivePublication publication;
    private final Subscription replies;
    private final FrameAuthenticator toGateway;
    private long sessionId;
    private long sent;
    private int rejected;

    UnreadBot(final Path aeronDirectory, final String principal)
    {
        aeron = Aeron.connect(new Aeron.Context().aeronDirectoryName(aeronDirectory.toString()));
        publication = aeron.addExclusivePublication("aeron:ipc", 1001);
        replies = aeron.addSubscription("aeron:ipc?session-id=" + publication.sessionId(), 1002);
        toGateway = openSession(principal);
    }

    ExclusivePublication publication()
    {
        return publication;
    }

    /** Asks for one account query that no rule grants, which is answered like any other request. */
    void ask()
    {
        final QueryAccountEncoder query = new QueryAccountEncoder().wrapAndApplyHeader(frame, 0, header)
            .sessionId(sessionId)
            .ingressSequence(++sent)
            .deadlineNs(Long.MAX_VALUE)
            .requestId(sent)
            .maxAgeMs(QueryAccountEncoder.maxAgeMsNullValue())
            .omitZeroBalances(Flag.NULL_VAL)
            .key("hmac");
        send(toGateway.append(frame, 0, query.limit()));
    }

    /**
     * An order to buy 1 LTCBTC, with the tag of this session.
     *
     * @param session         the id in the frame, this bot's own or not.
     * @param ingressSequence of the frame.
     * @param requestId       of the order.
     * @param deadlineNs      UTC nanoseconds.
     * @return the whole frame.
     */
    byte[] order(final long session, final long ingressSequence, final long requestId, final long deadlineNs)
    {
        final NewOrderEncoder order = new NewOrderEncoder().wrapAndApplyHeader(frame, 0, header)
            .sessionId(session)
            .ingressSequence(ingressSequence)
            .requestId(requestId)
            .deadlineNs(deadlineNs)
            .maxAgeMs(5_000)
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
        order.quoteQuantity().mantissa(DecimalEncoder.mantissaNullValue()).exponent((byte) 0);
        order.stopPrice().mantissa(DecimalEncoder.mantissaNullValue()).exponent((byte) 0);
        order.icebergQuantity().mantissa(DecimalEncoder.mantissaNullValue()).exponent((byte) 0);
        order.key("hmac").symbol("LTCBTC").clientOrderId("unread-" + requestId);
        final byte[] tagged = new byte[toGateway.append(frame, 0, order.limit())];
        frame.getBytes(0, tagged);
        return tagged;
    }

    long sessionId()
    {
        return sessionId;
    }

    /** Sends any bytes. */
    void send(final byte[] bytes)
    {
        frame.putBytes(0, bytes);
        send(bytes.length);
    }

    /** Reads what is there; the queries of what was signed, {@code REASON requestId} of what was refused. */
    List<String> answers()
    {
        final List<String> answers = new ArrayList<>();
        while (0 < replies.poll((buffer, offset, length, ignored) ->
        {
            headerDecoder.wrap(buffer, offset);
            if (RejectedDecoder.TEMPLATE_ID == headerDecoder.templateId())
            {
                final RejectedDecoder refusal = new RejectedDecoder().wrapAndApplyHeader(buffer, offset, headerDecoder);
                final boolean namesNone = RejectedDecoder.requestIdNullValue() == refusal.requestId();
                answers.add(refusal.reason() + " " + (namesNone ? "none" : refusal.requestId()));
            }
            else if (SignedRequestDecoder.TEMPLATE_ID == headerDecoder.templateId())
            {
                final SignedRequestDecoder signed =
                    new SignedRequestDecoder().wrapAndApplyHeader(buffer, offset, headerDecoder);
                signed.skipPath();
                answers.add(signed.query());
            }
        }, 100))
        {
            Thread.onSpinWait();
        }
        return answers;
    }

    /** Reads what is there; how many refusals have come by now. */
    int read()
    {
        while (0 < replies.poll((buffer, offset, length, ignored) ->
            rejected += RejectedDecoder.TEMPLATE_ID == headerDecoder.wrap(buffer, offset).templateId() ? 1 : 0, 100))
        {
            Thread.onSpinWait();
        }
        return rejected;
    }

    @Override
    public void close()
    {
        aeron.close();
    }

    private FrameAuthenticator openSession(final String principal)
    {
        final byte[] clientNonce = new byte[HandshakeTranscript.NONCE_LENGTH];
        final byte[] gatewayNonce = new byte[HandshakeTranscript.NONCE_LENGTH];
        final ConnectEncoder connect = new ConnectEncoder().wrapAndApplyHeader(frame, 0, header)
            .correlationId(1).apiKeyVersion(1).putClientNonce(clientNonce, 0, clientNonce.length);
        connect.principal(principal);
        send(connect.limit());
        awaitReply((buffer, offset, length, ignored) -> new ChallengeDecoder()
            .wrapAndApplyHeader(buffer, offset, headerDecoder).getGatewayNonce(gatewayNonce, 0, gatewayNonce.length));

        final byte[] apiKey = ProcessFixture.apiSecret(principal);
        final HandshakeTranscript transcript = new HandshakeTranscript(
            1,
            principal.getBytes(StandardCharsets.UTF_8),
            publication.sessionId(),
            EgressChannel.IPC,
            clientNonce,
            gatewayNonce);
        final byte[] proof = transcript.botProof(apiKey);
        final ProveEncoder prove = new ProveEncoder().wrapAndApplyHeader(frame, 0, header)
            .correlationId(1).putClientProof(proof, 0, proof.length);
        send(prove.limit());
        final SessionOpenedDecoder opened = new SessionOpenedDecoder();
        awaitReply((buffer, offset, length, ignored) ->
            sessionId = opened.wrapAndApplyHeader(buffer, offset, headerDecoder).sessionId());
        return new FrameAuthenticator(transcript.keyToGateway(apiKey));
    }

    private void send(final int length)
    {
        while (publication.offer(frame, 0, length) < 0)
        {
            Thread.yield();
        }
    }

    private void awaitReply(final FragmentHandler handler)
    {
        while (0 == replies.poll(handler, 1))
        {
            Thread.yield();
        }
    }
}
