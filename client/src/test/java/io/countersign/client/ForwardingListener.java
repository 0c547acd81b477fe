package io.countersign.client;

import io.countersign.codecs.wire.Fate;
import io.countersign.codecs.wire.Reason;
import org.agrona.DirectBuffer;

class ForwardingListener implements ReplyListener
{
    private final ReplyListener listener;

    ForwardingListener(final ReplyListener listener)
    {
        this.listener = listener;
    }

    @Override
    public void onSigned(final long requestId, final SignedRequestView signed)
    {
        listener.onSigned(requestId, signed);
    }

    @Override
    public void onRejected(
        final long requestId, final Reason reason, final long recordSequence, final DirectBuffer rule)
    {
        listener.onRejected(requestId, reason, recordSequence, rule);
    }

    @Override
    public void onOutcome(final long requestId, final Fate fate, final Reason reason, final long recordSequence)
    {
        listener.onOutcome(requestId, fate, reason, recordSequence);
    }

    @Override
    public void onExpired(final long requestId)
    {
        listener.onExpired(requestId);
    }

    @Override
    public void onTimedOut(final long requestId)
    {
        listener.onTimedOut(requestId);
    }

    @Override
    public void onSessionLost(final LossCause cause)
    {
        listener.onSessionLost(cause);
    }
}
