package io.countersign.gateway;

import io.aeron.Publication;
import io.countersign.codecs.WireFrame;
import io.countersign.codecs.wire.Fate;
import io.countersign.codecs.wire.Reason;
import io.countersign.codecs.wire.RejectedEncoder;
import io.countersign.gateway.access.AccessGrant;
import io.countersign.codecs.wire.SessionEnd;
import io.countersign.gateway.control.OperatorCall;
import io.countersign.gateway.counters.GatewayCounters;
import io.countersign.gateway.history.RequestHistory;
import io.countersign.gateway.journal.JournalPublisher;
import io.countersign.gateway.request.PendingRequest;
import io.countersign.gateway.session.Session;
import io.countersign.gateway.time.GatewayClock;
import io.countersign.gateway.transport.Egress;
import io.countersign.gateway.transport.ReplyPublisher;

/**
 * Sends replies and records those that could not be delivered. For the gateway thread.
 */
final class ReplyDelivery
{
    private final ReplyPublisher publisher = new ReplyPublisher();
    private final JournalPublisher journal;
    private final GatewayCounters counters;
    private final GatewayClock clock;

    ReplyDelivery(final JournalPublisher journal, final GatewayCounters counters, final GatewayClock clock)
    {
        this.journal = journal;
        this.counters = counters;
        this.clock = clock;
    }

    /** Kept for a bot that asks again, once it is on its way. */
    void signed(final PendingRequest request, final long outcomeSequence, final long signNs)
    {
        final long requestId = request.order().requestId();
        final long result = publisher.signed(request, outcomeSequence, signNs);
        request.session().history().keepReply(requestId, publisher.signedFrame(), publisher.signedLength());
        check(request.session(), requestId, outcomeSequence, result);
    }

    /** The reply that the history has at a place of it. */
    void signedAgain(final PendingRequest request, final int place)
    {
        final Session session = request.session();
        final RequestHistory history = session.history();
        check(session, request.requestId(), JournalPublisher.NOT_APPENDED, publisher.signedAgain(
            session, history.replies(), history.replyOffset(place), history.replyLength(place)));
    }

    void accessTokenAccepted(
        final Session session, final long requestId, final long sequence, final AccessGrant grant)
    {
        check(session, requestId, sequence, publisher.accessTokenAccepted(session, requestId, grant));
    }

    void accessTokenRefused(final Session session, final long requestId, final long sequence)
    {
        check(session, requestId, sequence, publisher.rejected(
            session,
            Long.MAX_VALUE,
            requestId,
            recordSequence(sequence),
            Reason.ACCESS_TOKEN_REFUSED.value()));
    }

    void outcome(
        final PendingRequest request,
        final long askedRequestId,
        final Fate fate,
        final int reason,
        final long sequence)
    {
        check(request.session(), request.requestId(), JournalPublisher.NOT_APPENDED, publisher.outcome(
            request, askedRequestId, fate, reason, recordSequence(sequence)));
    }

    /** A refusal that is on record; undelivered, it is recorded again. */
    void rejected(final PendingRequest request, final long sequence, final int reason)
    {
        check(request.session(), request.requestId(), sequence,
            publisher.rejected(request, recordSequence(sequence), reason));
    }

    /** A refusal that was recorded before, for a request that comes again. */
    void rejectedAgain(final PendingRequest request, final long sequence, final int reason)
    {
        check(request.session(), request.requestId(), JournalPublisher.NOT_APPENDED, publisher.rejected(
            request.session(), deadlineNs(request), request.requestId(), sequence, reason));
    }

    /** A refusal without a record behind it. */
    void rejected(final Session session, final long deadlineNs, final long requestId, final int reason)
    {
        check(session, requestId, JournalPublisher.NOT_APPENDED, publisher.rejected(
            session, deadlineNs, requestId, RejectedEncoder.recordSequenceNullValue(), reason));
    }

    /** What Aeron answered: a line that is not taken is offered again later. */
    long commandLine(final OperatorCall call, final byte[] line)
    {
        return publisher.commandLine(call.session(), call.requestId(), call.deadlineNs(), line);
    }

    /** As {@link #commandLine}. */
    long commandDone(final OperatorCall call, final long recordSequence)
    {
        return publisher.commandDone(call.session(), call.requestId(), call.deadlineNs(), recordSequence);
    }

    /** As {@link #commandLine}. */
    long commandRejected(final OperatorCall call, final long recordSequence, final int reason)
    {
        return publisher.rejected(
            call.session(), call.deadlineNs(), call.requestId(), recordSequence, reason);
    }

    /** A command that its sender may not give. */
    void commandRefused(
        final Session session, final long deadlineNs, final long requestId, final long sequence, final int reason)
    {
        check(session, requestId, sequence, publisher.rejected(
            session, deadlineNs, requestId, recordSequence(sequence), reason));
    }

    /** The answer to a command was given up. */
    void undelivered(final Session session, final long requestId, final long sequence, final long offerResult)
    {
        check(session, requestId, sequence, Math.min(offerResult, Publication.NOT_CONNECTED));
    }

    void sessionOpened(
        final Session session, final long gatewayStartNs, final int maxInFlight, final int idleTimeoutMs)
    {
        check(
            session,
            RejectedEncoder.requestIdNullValue(),
            session.sessionId(),
            publisher.sessionOpened(session, gatewayStartNs, maxInFlight, idleTimeoutMs));
    }

    /** A bot that has gone does not get it, and that its session was closed is recorded. */
    void sessionClosed(final Session session, final SessionEnd end)
    {
        publisher.sessionClosed(session, end);
    }

    /** A bot that does not get it asks again with another handshake. */
    void challenge(
        final Egress egress, final long correlationId, final byte[] gatewayNonce, final byte[] gatewayProof)
    {
        if (publisher.challenge(egress, correlationId, gatewayNonce, gatewayProof) < 0)
        {
            counters.repliesUndelivered().incrementRelease();
        }
    }

    /** A sender without a session cannot be asked again; that it was refused is recorded before. */
    void sessionRejected(final Egress egress, final long correlationId, final int reason)
    {
        if (publisher.sessionRejected(egress, correlationId, reason) < 0)
        {
            counters.repliesUndelivered().incrementRelease();
        }
    }

    /** A reply without a record behind it is only counted: who sends garbage and never reads must not fill the disk. */
    private void check(
        final Session session, final long requestId, final long recordSequence, final long offerResult)
    {
        if (offerResult < 0)
        {
            counters.repliesUndelivered().incrementRelease();
            if (JournalPublisher.NOT_APPENDED != recordSequence)
            {
                journal.undelivered(session, requestId, recordSequence, offerResult, clock.monotonicNs());
            }
        }
    }

    private static long deadlineNs(final PendingRequest request)
    {
        return WireFrame.deadlineNs(request.frame(), 0);
    }

    private static long recordSequence(final long sequence)
    {
        return JournalPublisher.NOT_APPENDED == sequence ? RejectedEncoder.recordSequenceNullValue() : sequence;
    }
}
