package io.countersign.client;

import io.countersign.codecs.wire.Fate;
import io.countersign.codecs.wire.Field;
import io.countersign.codecs.wire.Reason;
import org.agrona.DirectBuffer;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Keeps what it is told.
 */
final class RecordingListener implements ReplyListener
{
    final List<SignedRequest> signed = new ArrayList<>();
    final List<RejectedException> rejected = new ArrayList<>();
    final List<RequestOutcome> outcomes = new ArrayList<>();
    final List<Long> expired = new ArrayList<>();
    final List<Long> timedOut = new ArrayList<>();
    final List<LossCause> lost = new ArrayList<>();

    static void pollUntil(final CountersignClient client, final BooleanSupplier condition)
    {
        final long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!condition.getAsBoolean())
        {
            if (0 == client.poll())
            {
                Thread.yield();
            }

            if (System.nanoTime() - deadlineNs > 0)
            {
                throw new AssertionError("the condition was not met within 10 s");
            }
        }
    }

    @Override
    public void onSigned(final long requestId, final SignedRequestView view)
    {
        signed.add(SignedRequest.copyOf(view));
    }

    @Override
    public void onRejected(
        final long requestId, final Reason reason, final long recordSequence, final DirectBuffer rule)
    {
        rejected.add(new RejectedException(
            requestId, reason, Field.NULL_VAL, recordSequence, rule.getStringWithoutLengthUtf8(0, rule.capacity())));
    }

    @Override
    public void onOutcome(final long requestId, final Fate fate, final Reason reason, final long recordSequence)
    {
        outcomes.add(new RequestOutcome(requestId, fate, reason, recordSequence));
    }

    @Override
    public void onExpired(final long requestId)
    {
        expired.add(requestId);
    }

    @Override
    public void onTimedOut(final long requestId)
    {
        timedOut.add(requestId);
    }

    @Override
    public void onSessionLost(final LossCause cause)
    {
        lost.add(cause);
    }
}
