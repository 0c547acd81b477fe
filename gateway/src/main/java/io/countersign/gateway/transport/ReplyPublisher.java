package io.countersign.gateway.transport;

import io.aeron.Publication;
import io.countersign.codecs.wire.ChallengeEncoder;
import io.countersign.codecs.wire.MessageHeaderEncoder;
import io.countersign.codecs.wire.Method;
import io.countersign.codecs.wire.Reason;
import io.countersign.codecs.wire.RejectedEncoder;
import io.countersign.codecs.wire.SessionOpenedEncoder;
import io.countersign.codecs.wire.SessionRejectedEncoder;
import io.countersign.codecs.wire.SignedRequestEncoder;
import io.countersign.gateway.request.PendingRequest;
import io.countersign.gateway.session.Session;
import io.countersign.venues.VenueRequest;
import io.countersign.venues.text.TextWriter;
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

    private static final int BUFFER_LENGTH = 32 * 1024;

    // On the heap, because the digest of the tag takes arrays only: off it, each reply would be copied once more.
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[BUFFER_LENGTH]);
    private final MessageHeaderEncoder headerEncoder = new MessageHeaderEncoder();
    private final ChallengeEncoder challengeEncoder = new ChallengeEncoder();
    private final SignedRequestEncoder signedRequestEncoder = new SignedRequestEncoder();
    private final RejectedEncoder rejectedEncoder = new RejectedEncoder();
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
            .requestId(request.order().requestId())
            .outcomeSequence(outcomeSequence)
            .timestampMs(request.timestampMs())
            .signNs(signNs)
            .egressSequence(request.session().nextEgressSequence())
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
     * A request was refused or has failed.
     *
     * @param session        to answer to.
     * @param requestId      or the null value.
     * @param recordSequence of the journal, or the null value.
     * @param reason         a value of the wire's {@code Reason}.
     * @param rule           name of the rule, UTF-8, may be empty.
     * @return a position or a negative value.
     */
    public long rejected(
        final Session session,
        final long requestId,
        final long recordSequence,
        final int reason,
        final byte[] rule)
    {
        rejectedEncoder.wrapAndApplyHeader(buffer, 0, headerEncoder)
            .sessionId(session.sessionId())
            .requestId(requestId)
            .recordSequence(recordSequence)
            .egressSequence(session.nextEgressSequence())
            .reason(Reason.get(reason))
            .putRule(rule, 0, rule.length);
        return offer(session, rejectedEncoder.limit());
    }

    /**
     * A session is open.
     *
     * @param session        to answer to.
     * @param gatewayStartNs UTC nanoseconds at which this gateway started.
     * @return a position or a negative value.
     */
    public long sessionOpened(final Session session, final long gatewayStartNs)
    {
        sessionOpenedEncoder.wrapAndApplyHeader(buffer, 0, headerEncoder)
            .correlationId(session.correlationId())
            .sessionId(session.sessionId())
            .gatewayStartNs(gatewayStartNs)
            .maxFrameLength(PendingRequest.MAX_FRAME_LENGTH);
        return offer(session, sessionOpenedEncoder.limit());
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

    private long offer(final Session session, final int length)
    {
        return offer(session.egress(), session.appendTag(buffer, length));
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
