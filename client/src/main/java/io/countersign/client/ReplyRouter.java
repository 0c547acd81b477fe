package io.countersign.client;

import io.countersign.codecs.wire.Reason;
import org.agrona.DirectBuffer;

/**
 * Hands on the replies of this session to requests in flight, and counts all others.
 */
final class ReplyRouter implements EgressListener
{
    private final long sessionId;
    private final InFlightRequests inFlight;
    private final ReplyListener listener;
    private long strangeReplies;
    private long lateReplies;

    ReplyRouter(final long sessionId, final InFlightRequests inFlight, final ReplyListener listener)
    {
        this.sessionId = sessionId;
        this.inFlight = inFlight;
        this.listener = listener;
    }

    long strangeReplies()
    {
        return strangeReplies;
    }

    long lateReplies()
    {
        return lateReplies;
    }

    @Override
    public void onSigned(final long sessionId, final long requestId, final SignedRequestView signed)
    {
        if (isExpected(sessionId, requestId))
        {
            listener.onSigned(requestId, signed);
        }
    }

    @Override
    public void onRejected(
        final long sessionId,
        final long requestId,
        final long recordSequence,
        final Reason reason,
        final DirectBuffer rule)
    {
        final boolean isUnreadable = CountersignClient.NULL_VALUE == requestId && this.sessionId == sessionId;
        if (isUnreadable || isExpected(sessionId, requestId))
        {
            listener.onRejected(requestId, reason, recordSequence, rule);
        }
    }

    @Override
    public void onChallenge(final long correlationId, final byte[] gatewayNonce, final byte[] gatewayProof)
    {
        strangeReplies++;
    }

    @Override
    public void onSessionOpened(
        final long correlationId, final long sessionId, final long gatewayStartNs, final int maxFrameLength)
    {
        strangeReplies++;
    }

    @Override
    public void onSessionRejected(final long correlationId, final Reason reason)
    {
        strangeReplies++;
    }

    @Override
    public void onStrangeReply(final Reason reason)
    {
        strangeReplies++;
    }

    private boolean isExpected(final long sessionId, final long requestId)
    {
        if (this.sessionId != sessionId || !inFlight.wasSent(requestId))
        {
            strangeReplies++;
            return false;
        }

        if (!inFlight.onAnswered(requestId))
        {
            lateReplies++;
            return false;
        }

        return true;
    }
}
