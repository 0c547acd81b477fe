package io.countersign.gateway;

import io.aeron.Publication;
import io.countersign.codecs.WireFrame;
import io.countersign.codecs.wire.Fate;
import io.countersign.codecs.wire.Reason;
import io.countersign.codecs.wire.RejectedEncoder;
import io.countersign.gateway.access.AccessGrant;
import io.countersign.codecs.wire.SessionEnd;
import io.countersign.codecs.wire.SessionOpenedEncoder;
import io.countersign.codecs.wire.SignedRequestEncoder;
import io.countersign.gateway.control.OperatorCall;
import io.countersign.gateway.counters.GatewayCounters;
import io.countersign.gateway.history.RequestHistory;
import io.countersign.gateway.journal.JournalPublisher;
import io.countersign.gateway.journal.JournalSync;
import io.countersign.gateway.request.PendingRequest;
import io.countersign.gateway.session.Session;
import io.countersign.gateway.time.GatewayClock;
import io.countersign.gateway.transport.Egress;
import io.countersign.gateway.transport.ReplyPublisher;

/**
 * Sends replies and records those that could not be delivered. For the gateway thread.
 * <p>
 * Where the journal is to be on the storage device first, what tells of a record is parked behind the newest one, in
 * order, and leaves when that is there. When it cannot get there, JOURNAL_UNAVAILABLE leaves in its place.
 */
final class ReplyDelivery
{
    private static final int RELEASED_PER_CYCLE = 64;

    private final ReplyPublisher publisher = new ReplyPublisher();
    private final JournalPublisher journal;
    private final GatewayCounters counters;
    private final GatewayClock clock;
    private final JournalSync sync;
    private final ParkedReplies parked;
    private long told;
    private boolean isClosing;

    /** Of a context without a sync, nothing is ever parked. */
    ReplyDelivery(final GatewayContext context, final JournalPublisher journal)
    {
        this.journal = journal;
        counters = context.counters();
        clock = context.clock();
        sync = context.journalSync();
        parked = null == sync ? null : new ParkedReplies();
    }

    /** Whether nothing more that wants an answer is to be let in. */
    boolean isFull()
    {
        return null != parked && parked.isFull();
    }

    /** Whether nobody is kept waiting for a record any more, whether it got to the storage device or cannot. */
    boolean isSettled(final long sequence)
    {
        return null == parked || isSynced(sequence) || sync.isFailed();
    }

    /** Whether a record will never be on the storage device, as far as anybody can say. */
    boolean isLost(final long sequence)
    {
        return null != parked && !isSynced(sequence) && sync.isFailed() && sync.synced() < sequence;
    }

    /** Sends what waited for the storage device and is there now. */
    int release()
    {
        if (null == parked)
        {
            return 0;
        }
        if (told != journal.lastSequence())
        {
            told = journal.lastSequence();
            sync.appended(told);
        }
        int workCount = 0;
        while (workCount < RELEASED_PER_CYCLE && !parked.isEmpty() && isSettled(parked.awaitedSequence()))
        {
            releaseOldest();
            workCount++;
        }
        return workCount;
    }

    /** From now on each reply waits for the storage device here: nothing else is left to be done. */
    void close()
    {
        isClosing = true;
        while (release() > 0)
        {
            Thread.onSpinWait();
        }
    }

    /** The sequence that a reply must wait for which is made now. */
    long lastSequence()
    {
        return journal.lastSequence();
    }

    /** Kept for a bot that asks again, once it is on its way. */
    void signed(final PendingRequest request, final long outcomeSequence, final long signNs)
    {
        final long requestId = request.order().requestId();
        final int length = publisher.signed(request, outcomeSequence, signNs);
        request.session().history().keepReply(requestId, publisher.frame(), length);
        send(request.session(), requestId, outcomeSequence, length);
    }

    /** The reply that the history has at a place of it. */
    void signedAgain(final PendingRequest request, final int place)
    {
        final Session session = request.session();
        final RequestHistory history = session.history();
        send(session, request.requestId(), JournalPublisher.NOT_APPENDED, publisher.signedAgain(
            session, history.replies(), history.replyOffset(place), history.replyLength(place)));
    }

    void accessTokenAccepted(
        final Session session, final long requestId, final long sequence, final AccessGrant grant)
    {
        send(session, requestId, sequence, publisher.accessTokenAccepted(session, requestId, grant));
    }

    void accessTokenRefused(final Session session, final long requestId, final long sequence)
    {
        send(session, requestId, sequence, publisher.rejected(
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
        final long known = recordSequence(sequence);
        send(
            request.session(),
            request.requestId(),
            JournalPublisher.NOT_APPENDED,
            known,
            publisher.outcome(request, askedRequestId, fate, reason, known));
    }

    /** A refusal that is on record; undelivered, it is recorded again. */
    void rejected(final PendingRequest request, final long sequence, final int reason)
    {
        send(request.session(), request.requestId(), sequence,
            publisher.rejected(request, recordSequence(sequence), reason));
    }

    /** A refusal that was recorded before, for a request that comes again. */
    void rejectedAgain(final PendingRequest request, final long sequence, final int reason)
    {
        send(
            request.session(),
            request.requestId(),
            JournalPublisher.NOT_APPENDED,
            sequence,
            publisher.rejected(request.session(), deadlineNs(request), request.requestId(), sequence, reason));
    }

    /** A refusal without a record behind it. */
    void rejected(final Session session, final long deadlineNs, final long requestId, final int reason)
    {
        check(session, requestId, JournalPublisher.NOT_APPENDED, offer(session, publisher.rejected(
            session, deadlineNs, requestId, RejectedEncoder.recordSequenceNullValue(), reason)));
    }

    /** What Aeron answered: a line that is not taken is offered again later. */
    long commandLine(final OperatorCall call, final byte[] line)
    {
        return offer(
            call.session(), publisher.commandLine(call.session(), call.requestId(), call.deadlineNs(), line));
    }

    /** As {@link #commandLine}. */
    long commandDone(final OperatorCall call, final long recordSequence)
    {
        return offer(
            call.session(),
            publisher.commandDone(call.session(), call.requestId(), call.deadlineNs(), recordSequence));
    }

    /** As {@link #commandLine}. */
    long commandRejected(final OperatorCall call, final long recordSequence, final int reason)
    {
        return offer(call.session(), publisher.rejected(
            call.session(), call.deadlineNs(), call.requestId(), recordSequence, reason));
    }

    /** A command that its sender may not give. */
    void commandRefused(
        final Session session, final long deadlineNs, final long requestId, final long sequence, final int reason)
    {
        send(session, requestId, sequence, publisher.rejected(
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
        send(
            session,
            RejectedEncoder.requestIdNullValue(),
            session.sessionId(),
            publisher.sessionOpened(session, gatewayStartNs, maxInFlight, idleTimeoutMs));
    }

    /** A bot that has gone does not get it, and that its session was closed is recorded. What is parked is lost. */
    void sessionClosed(final Session session, final SessionEnd end)
    {
        offer(session, publisher.sessionClosed(session, end));
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

    /** Sends what was encoded last, or parks it: what it tells of may be the newest record. */
    private void send(final Session session, final long requestId, final long recordSequence, final int length)
    {
        send(session, requestId, recordSequence, journal.lastSequence(), length);
    }

    private void send(
        final Session session,
        final long requestId,
        final long recordSequence,
        final long awaitedSequence,
        final int length)
    {
        if (null == parked || parked.isEmpty() && isSynced(awaitedSequence))
        {
            check(session, requestId, recordSequence, offer(session, length));
        }
        else if (!parked.add(session, requestId, recordSequence, awaitedSequence, publisher.frame(), length))
        {
            check(session, requestId, recordSequence, Publication.BACK_PRESSURED);
        }
    }

    private long offer(final Session session, final int length)
    {
        return publisher.offer(session, length);
    }

    private boolean isSynced(final long sequence)
    {
        if (isClosing)
        {
            sync.awaitSync(journal.lastSequence());
        }
        return sync.synced() >= sequence;
    }

    private void releaseOldest()
    {
        final Session session = parked.session();
        if (sync.synced() >= parked.awaitedSequence())
        {
            check(session, parked.requestId(), parked.recordSequence(), offer(
                session, publisher.again(parked.frames(), parked.offset(), parked.length())));
        }
        else
        {
            counters.journalFailed().setRelease(1);
            counters.refused(Reason.JOURNAL_UNAVAILABLE.value());
            refuseOldest(session);
        }
        parked.remove();
    }

    /** Nobody may be told what was recorded: it may be gone after a loss of power. */
    private void refuseOldest(final Session session)
    {
        final int offset = parked.offset();
        final int templateId = WireFrame.templateId(parked.frames(), offset);
        if (SessionOpenedEncoder.TEMPLATE_ID == templateId)
        {
            sessionRejected(session.egress(), session.correlationId(), Reason.JOURNAL_UNAVAILABLE.value());
        }
        else if (SignedRequestEncoder.TEMPLATE_ID == templateId &&
            JournalPublisher.NOT_APPENDED == parked.recordSequence())
        {
            // It may have left before: to call it refused could be a lie. Whoever asks again is told its fate.
            counters.repliesUndelivered().incrementRelease();
        }
        else
        {
            rejected(
                session,
                WireFrame.deadlineNs(parked.frames(), offset),
                parked.requestId(),
                Reason.JOURNAL_UNAVAILABLE.value());
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
