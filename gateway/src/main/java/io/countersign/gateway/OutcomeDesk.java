package io.countersign.gateway;

import io.countersign.codecs.WireFrame;
import io.countersign.codecs.wire.AskOutcomeDecoder;
import io.countersign.codecs.wire.Fate;
import io.countersign.codecs.wire.Reason;
import io.countersign.codecs.wire.RejectedEncoder;
import io.countersign.gateway.counters.GatewayCounters;
import io.countersign.gateway.history.RequestHistory;
import io.countersign.gateway.journal.JournalPublisher;
import io.countersign.gateway.request.PendingRequest;

/**
 * Remembers what becomes of requests and answers those that come again, so that none is decided or signed twice. For
 * the gateway thread; allocates nothing.
 */
final class OutcomeDesk
{
    private final AskOutcomeDecoder askOutcomeDecoder = new AskOutcomeDecoder();
    private final GatewayCounters counters;
    private final ReplyDelivery replies;
    private final PolicyDesk policies;
    private final KeyTable keys;
    private final JournalPublisher journalPublisher;

    OutcomeDesk(
        final GatewayCounters counters,
        final ReplyDelivery replies,
        final PolicyDesk policies,
        final KeyTable keys,
        final JournalPublisher journalPublisher)
    {
        this.counters = counters;
        this.replies = replies;
        this.policies = policies;
        this.keys = keys;
        this.journalPublisher = journalPublisher;
    }

    /** Answers a request whose id is known with what became of it; false when it is a new one. */
    boolean isKnown(final PendingRequest request)
    {
        final RequestHistory history = request.session().history();
        final long requestId = request.order().requestId();
        final int place = history.find(requestId);
        if (RequestHistory.ABSENT == place)
        {
            return false;
        }
        counters.requestsRepeated().incrementRelease();
        if (replies.isFull())
        {
            counters.repliesUndelivered().incrementRelease(); // To refuse what may be signed would be a lie.
            return true;
        }
        final Fate fate = history.fate(place);
        if (Fate.REFUSED == fate)
        {
            replies.rejectedAgain(request, history.recordSequence(place), history.reason(place));
        }
        else if (Fate.SIGNED == fate && mayLeaveAgain(request, place) && isRecorded(request, place))
        {
            replies.signedAgain(request, place);
        }
        else
        {
            replies.outcome(request, requestId, fate, Reason.NONE.value(), history.recordSequence(place));
        }
        return true;
    }

    /**
     * Whether the signed reply is still here and all that allowed it stands: the policy that decided, no switch,
     * principal and key in their time, the scope, the deadline. A kill switch stops what was signed before it, too.
     */
    private boolean mayLeaveAgain(final PendingRequest request, final int place)
    {
        final RequestHistory history = request.session().history();
        return history.replyLength(place) > 0 &&
            request.receivedUtcNs() < WireFrame.deadlineNs(history.replies(), history.replyOffset(place)) &&
            keys.standsSince(history.keyIndex(place), history.recordSequence(place)) &&
            policies.allowsStill(
                request, history.policyVersion(place), history.keyIndex(place), history.operation(place));
    }

    private boolean isRecorded(final PendingRequest request, final int place)
    {
        return Reason.NONE.value() == journalPublisher.refusal() &&
            JournalPublisher.NOT_APPENDED != journalPublisher.redelivered(
            request.session(),
            request.order().requestId(),
            request.session().history().recordSequence(place),
            request.receivedNs());
    }

    /** Answers AskOutcome, which was found in order and in time. */
    boolean onAskOutcome(final PendingRequest request)
    {
        askOutcomeDecoder.wrapAndApplyHeader(request.frame(), 0, request.headerDecoder());
        final long askedRequestId = askOutcomeDecoder.askedRequestId();
        final RequestHistory history = request.session().history();
        final int place = history.find(askedRequestId);
        if (RequestHistory.ABSENT == place)
        {
            replies.outcome(
                request, askedRequestId, Fate.UNKNOWN, Reason.NONE.value(), RejectedEncoder.recordSequenceNullValue());
        }
        else
        {
            replies.outcome(
                request, askedRequestId, history.fate(place), history.reason(place), history.recordSequence(place));
        }
        return false;
    }

    void takenUp(final PendingRequest request)
    {
        request.session().history().takenUp(
            request.order().requestId(),
            request.intentSequence(),
            policies.policy().version(),
            request.keyIndex(),
            request.order().operation());
    }

    void signed(final PendingRequest request, final long outcomeSequence)
    {
        request.session().history().signed(request.order().requestId(), outcomeSequence);
    }

    /** What left no record was not decided, unless its intent is on record: then nobody will know how it ended. */
    void refused(final PendingRequest request, final int reason, final long sequence)
    {
        final RequestHistory history = request.session().history();
        if (JournalPublisher.NOT_APPENDED == sequence)
        {
            history.interrupted(request.order().requestId());
        }
        else if (!RequestHistory.isForgotten(reason))
        {
            history.refused(request.order().requestId(), reason, sequence);
        }
    }
}
