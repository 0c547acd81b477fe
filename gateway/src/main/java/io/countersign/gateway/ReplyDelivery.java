package io.countersign.gateway;

import io.countersign.codecs.wire.RejectedEncoder;
import io.countersign.gateway.counters.GatewayCounters;
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

    void signed(final PendingRequest request, final long outcomeSequence, final long signNs)
    {
        final long result = publisher.signed(request, outcomeSequence, signNs);
        check(request.session(), request.order().requestId(), outcomeSequence, result);
    }

    void rejected(
        final Session session, final long requestId, final long sequence, final int reason, final byte[] rule)
    {
        final long recordSequence =
            JournalPublisher.NOT_APPENDED == sequence ? RejectedEncoder.recordSequenceNullValue() : sequence;
        check(session, requestId, sequence, publisher.rejected(session, requestId, recordSequence, reason, rule));
    }

    void sessionOpened(final Session session, final long gatewayStartNs)
    {
        check(
            session,
            RejectedEncoder.requestIdNullValue(),
            session.sessionId(),
            publisher.sessionOpened(session, gatewayStartNs));
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
}
