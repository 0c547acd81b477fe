package io.countersign.gateway;

import io.countersign.codecs.wire.Reason;
import io.countersign.gateway.journal.JournalPublisher;
import io.countersign.gateway.request.PendingRequest;
import io.countersign.gateway.request.PendingRequests;

/**
 * Whether there is a place for one more request, wherever it takes one. For the gateway thread; allocates nothing.
 */
final class Admission
{
    private final PendingRequests requests;
    private final SessionDesk sessions;
    private final ReplyDelivery replies;
    private final JournalPublisher journal;
    private boolean isStopping;

    Admission(
        final PendingRequests requests,
        final SessionDesk sessions,
        final ReplyDelivery replies,
        final JournalPublisher journal)
    {
        this.journal = journal;
        this.requests = requests;
        this.sessions = sessions;
        this.replies = replies;
    }

    void stop()
    {
        isStopping = true;
    }

    boolean isStopping()
    {
        return isStopping;
    }

    /** Why a frame is refused without a record, a value of Reason: its answer would find no place, nor would that. */
    int refusalUnrecorded()
    {
        return replies.isFull() ? Reason.TOO_MANY_IN_FLIGHT.value() : journal.refusal();
    }

    /** Why a question after a request is not answered, a value of Reason: nothing of it is recorded. */
    int refusalOfQuestion(final PendingRequest request)
    {
        if (request.isTooLate())
        {
            return Reason.DEADLINE_PASSED.value();
        }
        return replies.isFull() ? Reason.TOO_MANY_IN_FLIGHT.value() : Reason.NONE.value();
    }

    /** Why a new request is not decided, a value of Reason. */
    int refusal(final PendingRequest request)
    {
        if (isStopping)
        {
            return Reason.GATEWAY_STOPPING.value();
        }
        if (requests.isFull() || sessions.isFull(request.session()))
        {
            return Reason.TOO_MANY_IN_FLIGHT.value();
        }
        return request.isTooLate() ? Reason.DEADLINE_PASSED.value() : Reason.NONE.value();
    }
}
