package io.countersign.gateway.transport;

import io.aeron.Publication;
import io.countersign.codecs.WireFrame;
import io.countersign.codecs.wire.AccessTokenAcceptedEncoder;
import io.countersign.codecs.wire.ChallengeEncoder;
import io.countersign.codecs.wire.CommandDoneEncoder;
import io.countersign.codecs.wire.CommandLineEncoder;
import io.countersign.codecs.wire.Fate;
import io.countersign.codecs.wire.Field;
import io.countersign.codecs.wire.MessageHeaderEncoder;
import io.countersign.codecs.wire.Method;
import io.countersign.codecs.wire.OutcomeEncoder;
import io.countersign.codecs.wire.Reason;
import io.countersign.codecs.wire.RejectedEncoder;
import io.countersign.codecs.wire.SessionClosedEncoder;
import io.countersign.codecs.wire.SessionEnd;
import io.countersign.codecs.wire.SessionOpenedEncoder;
import io.countersign.codecs.wire.SessionRejectedEncoder;
import io.countersign.codecs.wire.SignedRequestEncoder;
import io.countersign.gateway.access.AccessGrant;
import io.countersign.gateway.request.PendingRequest;
import io.countersign.gateway.request.RefusedField;
import io.countersign.gateway.session.Session;
import io.countersign.venues.VenueRequest;
import io.countersign.venues.text.TextWriter;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Encodes replies, puts the tag of their session behind them and offers them with a bounded number of tries: a bot that
 * does not read must not hold up the others. Every method returns what {@link Egress#offer} answered to the last try.
 * For the gateway thread; allocates nothing.
 */
public final class ReplyPublisher
{
    /** Tries per reply. Three, because the first may only have met the end of a term. */
    public static final int ATTEMPTS = 3;

    /** Longest line of an answer to a command, in bytes: a frame that holds it is one fragment at any MTU. */
    public static final int MAX_LINE_LENGTH = 1024;

    private static final int BUFFER_LENGTH = 32 * 1024;
    private static final byte[] NO_RULE = {};

    // On the heap, because the digest of the tag takes arrays only: off it, each reply would be copied once more.
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[BUFFER_LENGTH]);
    private final MessageHeaderEncoder headerEncoder = new MessageHeaderEncoder();
    private final ChallengeEncoder challengeEncoder = new ChallengeEncoder();
    private final SignedRequestEncoder signedRequestEncoder = new SignedRequestEncoder();
    private final RejectedEncoder rejectedEncoder = new RejectedEncoder();
    private final AccessTokenAcceptedEncoder accessTokenAcceptedEncoder = new AccessTokenAcceptedEncoder();
    private final OutcomeEncoder outcomeEncoder = new OutcomeEncoder();
    private final CommandLineEncoder commandLineEncoder = new CommandLineEncoder();
    private final CommandDoneEncoder commandDoneEncoder = new CommandDoneEncoder();
    private final SessionClosedEncoder sessionClosedEncoder = new SessionClosedEncoder();
    private final SessionOpenedEncoder sessionOpenedEncoder = new SessionOpenedEncoder();
    private final SessionRejectedEncoder sessionRejectedEncoder = new SessionRejectedEncoder();

    /**
     * The finished request.
     *
     * @param request         with its signature.
     * @param outcomeSequence of the journal.
     * @param signNs          time inside the token.
     * @return a position or a negative value.
     */
    public long signed(final PendingRequest request, final long outcomeSequence, final long signNs)
    {
        final VenueRequest finished = request.venueRequest();
        signedRequestEncoder.wrapAndApplyHeader(buffer, 0, headerEncoder)
            .sessionId(request.session().sessionId())
            .egressSequence(request.session().nextEgressSequence())
            .deadlineNs(request.order().deadlineNs())
            .requestId(request.order().requestId())
            .outcomeSequence(outcomeSequence)
            .timestampMs(request.stamp().utcMs())
            .signNs(signNs)
            .method(Method.get(finished.method()));
        final TextWriter path = finished.path();
        final TextWriter query = finished.query();
        final TextWriter headers = finished.headers();
        final TextWriter body = finished.body();
        final TextWriter signature = finished.signature();
        signedRequestEncoder
            .putPath(path.buffer(), path.offset(), path.length())
            .putQuery(query.buffer(), query.offset(), query.length())
            .putHeaders(headers.buffer(), headers.offset(), headers.length())
            .putBody(body.buffer(), body.offset(), body.length())
            .putSignature(signature.buffer(), signature.offset(), signature.length());
        return offer(request.session(), signedRequestEncoder.limit());
    }

    /**
     * The finished request, without its tag, from the last call of {@link #signed} on.
     *
     * @return the frame at index 0, of length {@link #signedLength()}.
     */
    public DirectBuffer signedFrame()
    {
        return buffer;
    }

    /**
     * Length of the last finished request.
     *
     * @return bytes without the tag.
     */
    public int signedLength()
    {
        return signedRequestEncoder.limit();
    }

    /**
     * A finished request once more, as it was but for its session and its place in it.
     *
     * @param session to answer to.
     * @param frame   holds a finished request without its tag.
     * @param offset  of it.
     * @param length  of it in bytes.
     * @return a position or a negative value.
     */
    public long signedAgain(final Session session, final DirectBuffer frame, final int offset, final int length)
    {
        buffer.putBytes(0, frame, offset, length);
        signedRequestEncoder.wrap(buffer, MessageHeaderEncoder.ENCODED_LENGTH)
            .sessionId(session.sessionId())
            .egressSequence(session.nextEgressSequence());
        return offer(session, length);
    }

    /**
     * What became of a request.
     *
     * @param request        that asks, or comes again.
     * @param askedRequestId the request that this is about.
     * @param fate           what became of it.
     * @param reason         a value of the wire's {@code Reason}.
     * @param recordSequence of the journal, or the null value.
     * @return a position or a negative value.
     */
    public long outcome(
        final PendingRequest request,
        final long askedRequestId,
        final Fate fate,
        final int reason,
        final long recordSequence)
    {
        outcomeEncoder.wrapAndApplyHeader(buffer, 0, headerEncoder)
            .sessionId(request.session().sessionId())
            .egressSequence(request.session().nextEgressSequence())
            .deadlineNs(WireFrame.deadlineNs(request.frame(), 0))
            .requestId(request.requestId())
            .askedRequestId(askedRequestId)
            .recordSequence(recordSequence)
            .reason(Reason.get(reason))
            .fate(fate);
        return offer(request.session(), outcomeEncoder.limit());
    }

    /**
     * A request was refused or has failed, with the rule and the field that are the cause where there are such.
     *
     * @param request        to answer.
     * @param recordSequence of the journal, or the null value.
     * @param reason         a value of the wire's {@code Reason}.
     * @return a position or a negative value.
     */
    public long rejected(final PendingRequest request, final long recordSequence, final int reason)
    {
        return rejected(
            request.session(),
            WireFrame.deadlineNs(request.frame(), 0),
            request.requestId(),
            recordSequence,
            reason,
            RefusedField.of(request, reason),
            request.ruleName());
    }

    /**
     * Something was refused or has failed.
     *
     * @param session        to answer to.
     * @param deadlineNs     of the request, the greatest value when none is named.
     * @param requestId      or the null value.
     * @param recordSequence of the journal, or the null value.
     * @param reason         a value of the wire's {@code Reason}.
     * @return a position or a negative value.
     */
    public long rejected(
        final Session session,
        final long deadlineNs,
        final long requestId,
        final long recordSequence,
        final int reason)
    {
        return rejected(session, deadlineNs, requestId, recordSequence, reason, Field.NULL_VAL, NO_RULE);
    }

    private long rejected(
        final Session session,
        final long deadlineNs,
        final long requestId,
        final long recordSequence,
        final int reason,
        final Field field,
        final byte[] rule)
    {
        rejectedEncoder.wrapAndApplyHeader(buffer, 0, headerEncoder)
            .sessionId(session.sessionId())
            .egressSequence(session.nextEgressSequence())
            .deadlineNs(deadlineNs)
            .requestId(requestId)
            .recordSequence(recordSequence)
            .reason(Reason.get(reason))
            .field(field)
            .putRule(rule, 0, rule.length);
        return offer(session, rejectedEncoder.limit());
    }

    /**
     * The scopes of an access token are in force.
     *
     * @param session   to answer to.
     * @param requestId of the frame that brought it.
     * @param grant     what it grants.
     * @return a position or a negative value.
     */
    public long accessTokenAccepted(final Session session, final long requestId, final AccessGrant grant)
    {
        accessTokenAcceptedEncoder.wrapAndApplyHeader(buffer, 0, headerEncoder)
            .sessionId(session.sessionId())
            .egressSequence(session.nextEgressSequence())
            .deadlineNs(Long.MAX_VALUE)
            .requestId(requestId)
            .expiresNs(grant.expiresNs())
            .scopes((short) grant.scopes());
        return offer(session, accessTokenAcceptedEncoder.limit());
    }

    /**
     * A line of the answer to a command.
     *
     * @param session    to answer to.
     * @param requestId  of the command.
     * @param deadlineNs of the command.
     * @param line       UTF-8, at most {@link #MAX_LINE_LENGTH} bytes.
     * @return a position or a negative value.
     */
    public long commandLine(
        final Session session, final long requestId, final long deadlineNs, final byte[] line)
    {
        commandLineEncoder.wrapAndApplyHeader(buffer, 0, headerEncoder)
            .sessionId(session.sessionId())
            .egressSequence(session.nextEgressSequence())
            .deadlineNs(deadlineNs)
            .requestId(requestId)
            .putLine(line, 0, line.length);
        return offer(session, commandLineEncoder.limit());
    }

    /**
     * A command was carried out.
     *
     * @param session        to answer to.
     * @param requestId      of the command.
     * @param deadlineNs     of the command.
     * @param recordSequence of the journal, or the null value.
     * @return a position or a negative value.
     */
    public long commandDone(
        final Session session, final long requestId, final long deadlineNs, final long recordSequence)
    {
        commandDoneEncoder.wrapAndApplyHeader(buffer, 0, headerEncoder)
            .sessionId(session.sessionId())
            .egressSequence(session.nextEgressSequence())
            .deadlineNs(deadlineNs)
            .requestId(requestId)
            .recordSequence(recordSequence);
        return offer(session, commandDoneEncoder.limit());
    }

    /**
     * A session is open.
     *
     * @param session        to answer to.
     * @param gatewayStartNs UTC nanoseconds at which this gateway started.
     * @param maxInFlight    most requests of a session in hand.
     * @param idleTimeoutMs  silence after which it is closed.
     * @return a position or a negative value.
     */
    public long sessionOpened(
        final Session session, final long gatewayStartNs, final int maxInFlight, final int idleTimeoutMs)
    {
        sessionOpenedEncoder.wrapAndApplyHeader(buffer, 0, headerEncoder)
            .correlationId(session.correlationId())
            .sessionId(session.sessionId())
            .gatewayStartNs(gatewayStartNs)
            .maxFrameLength(PendingRequest.MAX_FRAME_LENGTH)
            .maxInFlight(maxInFlight)
            .idleTimeoutMs(idleTimeoutMs);
        return offer(session, sessionOpenedEncoder.limit());
    }

    /**
     * The gateway closes a session.
     *
     * @param session that ends; it still has its keys.
     * @param end     why.
     * @return a position or a negative value.
     */
    public long sessionClosed(final Session session, final SessionEnd end)
    {
        sessionClosedEncoder.wrapAndApplyHeader(buffer, 0, headerEncoder)
            .sessionId(session.sessionId())
            .egressSequence(session.nextEgressSequence())
            .deadlineNs(Long.MAX_VALUE)
            .end(end);
        return offer(session, sessionClosedEncoder.limit());
    }

    /**
     * A bot is challenged.
     *
     * @param egress        to answer on.
     * @param correlationId that Connect brought.
     * @param gatewayNonce  32 bytes.
     * @param gatewayProof  32 bytes.
     * @return a position or a negative value.
     */
    public long challenge(
        final Egress egress, final long correlationId, final byte[] gatewayNonce, final byte[] gatewayProof)
    {
        challengeEncoder.wrapAndApplyHeader(buffer, 0, headerEncoder)
            .correlationId(correlationId)
            .putGatewayNonce(gatewayNonce, 0, gatewayNonce.length)
            .putGatewayProof(gatewayProof, 0, gatewayProof.length);
        return offer(egress, challengeEncoder.limit());
    }

    /**
     * A Connect was refused.
     *
     * @param egress        to answer on.
     * @param correlationId that Connect brought.
     * @param reason        a value of the wire's {@code Reason}.
     * @return a position or a negative value.
     */
    public long sessionRejected(final Egress egress, final long correlationId, final int reason)
    {
        sessionRejectedEncoder.wrapAndApplyHeader(buffer, 0, headerEncoder)
            .correlationId(correlationId)
            .reason(Reason.get(reason));
        return offer(egress, sessionRejectedEncoder.limit());
    }

    /** Of a session that is over nobody is told anything, whatever comes back of it. */
    private long offer(final Session session, final int length)
    {
        if (session.isClosed())
        {
            return Publication.CLOSED;
        }
        final long result = offer(session.egress(), session.appendTag(buffer, length));
        session.prime();
        return result;
    }

    private long offer(final Egress egress, final int length)
    {
        long result = Publication.NOT_CONNECTED;
        for (int i = 0; i < ATTEMPTS; i++)
        {
            result = egress.offer(buffer, 0, length);
            if (result > 0 || Publication.BACK_PRESSURED != result && Publication.ADMIN_ACTION != result)
            {
                break;
            }
        }
        return result;
    }
}
