package io.countersign.client;

import io.countersign.codecs.wire.Fate;
import io.countersign.codecs.wire.Field;
import io.countersign.codecs.wire.Reason;
import io.countersign.codecs.wire.SessionEnd;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.EpochNanoClock;

/**
 * Hands on the replies of this session to requests in flight, and counts all others.
 */
final class ReplyRouter implements EgressListener
{
    private final EpochNanoClock utcClock;
    private final LossMonitor lossMonitor;
    private final long sessionId;
    private final InFlightRequests inFlight;
    private final ReplyListener listener;
    private long strangeReplies;
    private long lateReplies;

    ReplyRouter(
        final Session session,
        final InFlightRequests inFlight,
        final ReplyListener listener,
        final EpochNanoClock utcClock)
    {
        this.sessionId = session.terms().sessionId();
        this.lossMonitor = session.lossMonitor();
        this.utcClock = utcClock;
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
            if (utcClock.nanoTime() < signed.deadlineNs())
            {
                listener.onSigned(requestId, signed);
            }
            else
            {
                listener.onExpired(requestId);
            }
        }
    }

    @Override
    public void onRejected(
        final long sessionId,
        final long requestId,
        final long recordSequence,
        final Reason reason,
        final Field field,
        final DirectBuffer rule)
    {
        final boolean isUnreadable = CountersignClient.NULL_VALUE == requestId && this.sessionId == sessionId;
        if (isUnreadable || isExpected(sessionId, requestId))
        {
            listener.onRejected(requestId, reason, field, recordSequence, rule);
        }
    }

    @Override
    public void onAccessTokenAccepted(
        final long sessionId, final long requestId, final int scopes, final long expiresNs)
    {
        if (isExpected(sessionId, requestId))
        {
            listener.onAccessTokenAccepted(requestId, scopes, expiresNs);
        }
    }

    @Override
    public void onChallenge(final long correlationId, final byte[] gatewayNonce, final byte[] gatewayProof)
    {
        strangeReplies++;
    }

    @Override
    public void onOutcome(
        final long sessionId,
        final long requestId,
        final long askedRequestId,
        final Fate fate,
        final Reason reason,
        final long recordSequence)
    {
        // One that came again and is still in the token's hands has its reply to come.
        final boolean isFinal = requestId != askedRequestId || Fate.IN_HAND != fate || !inFlight.contains(requestId);
        if (isFinal && isExpected(sessionId, requestId))
        {
            listener.onOutcome(askedRequestId, fate, reason, recordSequence);
        }
    }

    @Override
    public void onSessionClosed(final long sessionId, final SessionEnd end)
    {
        if (this.sessionId == sessionId)
        {
            lossMonitor.onLoss(LossCause.of(end), null);
        }
        else
        {
            strangeReplies++;
        }
    }

    @Override
    public void onSessionOpened(final long correlationId, final SessionTerms terms)
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
