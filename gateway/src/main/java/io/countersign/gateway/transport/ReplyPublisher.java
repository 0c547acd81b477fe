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
 * does not read must not hold up the others. The replies of a session are encoded and offered in two steps: each method
 * returns the length of the frame, which {@link #offer(Session, int)} takes, or which lies in {@link #frame()} to be
 * offered later. For the gateway thread; allocates nothing.
 */
public final class ReplyPublisher
{
    /** Tries per reply. Three, because the first may only have met the end of a term. */
    public static final int ATTEMPTS = 3;

    /** Longest line of an answer to a command, in bytes: a frame that holds it is one fragment at any MTU. */
    public static final int MAX_LINE_LENGTH = 1024;

    private static final int BUFFER_LENGTH = 32 * 1024;
    private static final int EGRESS_SEQUENCE_OFFSET =
        MessageHeaderEncoder.ENCODED_LENGTH + SignedRequestEncoder.egressSequenceEncodingOffset();
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
     * @return length of the frame without its tag.
     */
    public int signed(final PendingRequest request, final long outcomeSequence, final long signNs)
    {
        final VenueRequest finished = request.venueRequest();
        signedRequestEncoder.wrapAndApplyHeader(buffer, 0, headerEncoder)
            .sessionId(request.session().sessionId())
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
        return signedRequestEncoder.limit();
    }

    /**
     * The frame that was encoded last, without its tag.
     *
     * @return the frame at index 0, valid until the next is encoded.
     */
    public DirectBuffer frame()
    {
        return buffer;
    }

    /**
     * A frame that was encoded before and kept.
     *
     * @param frame  holds it without its tag.
     * @param offset of it.
     * @param length of it in bytes.
     * @return length of the frame without its tag.
     */
    public int again(final DirectBuffer frame, final int offset, final int length)
    {
        buffer.putBytes(0, frame, offset, length);
        return length;
    }

    /**
     * A finished request once more, as it was but for its session and its place in it.
     *
     * @param session to answer to.
     * @param frame   holds a finished request without its tag.
     * @param offset  of it.
     * @param length  of it in bytes.
     * @return length of the frame without its tag.
     */
    public int signedAgain(final Session session, final DirectBuffer frame, final int offset, final int length)
    {
        buffer.putBytes(0, frame, offset, length);
        signedRequestEncoder.wrap(buffer, MessageHeaderEncoder.ENCODED_LENGTH)
            .sessionId(session.sessionId());
        return length;
    }

    /**
     * What became of a request.
     *
     * @param request        that asks, or comes again.
     * @param askedRequestId the request that this is about.
     * @param fate           what became of it.
     * @param reason         a value of the wire's {@code Reason}.
     * @param recordSequence of the journal, or the null value.
     * @return length of the frame without its tag.
     */
    public int outcome(
        final PendingRequest request,
        final long askedRequestId,
        final Fate fate,
        final int reason,
        final long recordSequence)
    {
        outcomeEncoder.wrapAndApplyHeader(buffer, 0, headerEncoder)
            .sessionId(request.session().sessionId())
            .deadlineNs(WireFrame.deadlineNs(request.frame(), 0))
            .requestId(request.requestId())
            .askedRequestId(askedRequestId)
            .recordSequence(recordSequence)
            .reason(Reason.get(reason))
            .fate(fate);
        return outcomeEncoder.limit();
    }

    /**
     * A request was refused or has failed, with the rule and the field that are the cause where there are such.
     *
     * @param request        to answer.
     * @param recordSequence of the journal, or the null value.
     * @param reason         a value of the wire's {@code Reason}.
     * @return length of the frame without its tag.
     */
    public int rejected(final PendingRequest request, final long recordSequence, final int reason)
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
     * @return length of the frame without its tag.
     */
    public int rejected(
        final Session session,
        final long deadlineNs,
        final long requestId,
        final long recordSequence,
        final int reason)
    {
        return rejected(session, deadlineNs, requestId, recordSequence, reason, Field.NULL_VAL, NO_RULE);
    }

    private int rejected(
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
            .deadlineNs(deadlineNs)
            .requestId(requestId)
            .recordSequence(recordSequence)
            .reason(Reason.get(reason))
            .field(field)
            .putRule(rule, 0, rule.length);
        return rejectedEncoder.limit();
    }

    /**
     * The scopes of an access token are in force.
     *
     * @param session   to answer to.
     * @param requestId of the frame that brought it.
     * @param grant     what it grants.
     * @return length of the frame without its tag.
     */
    public int accessTokenAccepted(final Session session, final long requestId, final AccessGrant grant)
    {
        accessTokenAcceptedEncoder.wrapAndApplyHeader(buffer, 0, headerEncoder)
            .sessionId(session.sessionId())
            .deadlineNs(Long.MAX_VALUE)
            .requestId(requestId)
            .expiresNs(grant.expiresNs())
            .scopes((short) grant.scopes());
        return accessTokenAcceptedEncoder.limit();
    }

    /**
     * A line of the answer to a command.
     *
     * @param session    to answer to.
     * @param requestId  of the command.
     * @param deadlineNs of the command.
     * @param line       UTF-8, at most {@link #MAX_LINE_LENGTH} bytes.
     * @return length of the frame without its tag.
     */
    public int commandLine(
        final Session session, final long requestId, final long deadlineNs, final byte[] line)
    {
        commandLineEncoder.wrapAndApplyHeader(buffer, 0, headerEncoder)
            .sessionId(session.sessionId())
            .deadlineNs(deadlineNs)
            .requestId(requestId)
            .putLine(line, 0, line.length);
        return commandLineEncoder.limit();
    }

    /**
     * A command was carried out.
     *
     * @param session        to answer to.
     * @param requestId      of the command.
     * @param deadlineNs     of the command.
     * @param recordSequence of the journal, or the null value.
     * @return length of the frame without its tag.
     */
    public int commandDone(
        final Session session, final long requestId, final long deadlineNs, final long recordSequence)
    {
        commandDoneEncoder.wrapAndApplyHeader(buffer, 0, headerEncoder)
            .sessionId(session.sessionId())
            .deadlineNs(deadlineNs)
            .requestId(requestId)
            .recordSequence(recordSequence);
        return commandDoneEncoder.limit();
    }

    /**
     * A session is open.
     *
     * @param session        to answer to.
     * @param gatewayStartNs UTC nanoseconds at which this gateway started.
     * @param maxInFlight    most requests of a session in hand.
     * @param idleTimeoutMs  silence after which it is closed.
     * @return length of the frame without its tag.
     */
    public int sessionOpened(
        final Session session, final long gatewayStartNs, final int maxInFlight, final int idleTimeoutMs)
    {
        sessionOpenedEncoder.wrapAndApplyHeader(buffer, 0, headerEncoder)
            .correlationId(session.correlationId())
            .sessionId(session.sessionId())
            .gatewayStartNs(gatewayStartNs)
            .maxFrameLength(PendingRequest.MAX_FRAME_LENGTH)
            .maxInFlight(maxInFlight)
            .idleTimeoutMs(idleTimeoutMs);
        return sessionOpenedEncoder.limit();
    }

    /**
     * The gateway closes a session.
     *
     * @param session that ends; it still has its keys.
     * @param end     why.
     * @return length of the frame without its tag.
     */
    public int sessionClosed(final Session session, final SessionEnd end)
    {
        sessionClosedEncoder.wrapAndApplyHeader(buffer, 0, headerEncoder)
            .sessionId(session.sessionId())
            .deadlineNs(Long.MAX_VALUE)
            .end(end);
        return sessionClosedEncoder.limit();
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

    /**
     * Offer the frame that was encoded last, with its place in the session and its tag. Of a session that is over
     * nobody is told anything, whatever comes back of it.
     *
     * @param session to answer to.
     * @param length  of the frame without its tag.
     * @return what {@link Egress#offer} answered to the last try.
     */
    public long offer(final Session session, final int length)
    {
        if (session.isClosed())
        {
            return Publication.CLOSED;
        }
        if (SessionOpenedEncoder.TEMPLATE_ID != WireFrame.templateId(buffer, 0))
        {
            buffer.putLong(EGRESS_SEQUENCE_OFFSET, session.nextEgressSequence(), MessageHeaderEncoder.BYTE_ORDER);
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
