package io.countersign.perf.demo;

import io.countersign.client.CountersignClient;
import io.countersign.client.LossCause;
import io.countersign.client.NewOrderRequest;
import io.countersign.client.ReplyListener;
import io.countersign.client.SignedRequestView;
import io.countersign.codecs.wire.Reason;
import io.countersign.perf.processes.Latencies;
import org.HdrHistogram.Histogram;
import org.agrona.DirectBuffer;

/**
 * Measures round trips one at a time (closed loop): from the call that fills an order to the finished request in the
 * bot's hands. The reply tells how long the token took of it.
 */
final class RoundTrips implements ReplyListener
{
    static final String ROUND_TRIP = "round-trip";
    static final String TOKEN = "token";
    static final String GATEWAY = "gateway";

    private final ReceivedSignatures received;
    private long signNs;
    private boolean isAnswered;
    private String failure;

    private RoundTrips(final ReceivedSignatures received)
    {
        this.received = received;
    }

    static void measure(
        final CountersignClient.Context context,
        final MeasuredOrder order,
        final int warmUp,
        final int count,
        final Latencies latencies,
        final ReceivedSignatures received)
    {
        received.expect(warmUp + count);
        final RoundTrips roundTrips = new RoundTrips(received);
        try (CountersignClient client = CountersignClient.connect(context.listener(roundTrips)))
        {
            roundTrips.run(client, order, warmUp, latencies);
            latencies.reset();
            roundTrips.run(client, order, count, latencies);
        }
    }

    private void run(
        final CountersignClient client, final MeasuredOrder order, final int count, final Latencies latencies)
    {
        final Histogram roundTrip = latencies.named(ROUND_TRIP);
        final Histogram token = latencies.named(TOKEN);
        final Histogram gateway = latencies.named(GATEWAY);
        for (int i = 0; i < count; i++)
        {
            isAnswered = false;
            final long startNs = System.nanoTime();
            final NewOrderRequest request = client.newOrder();
            order.fill(request);
            final long requestId = request.offer();
            if (requestId < 0)
            {
                throw new IllegalStateException("an order could not be sent: " + requestId);
            }
            while (!isAnswered)
            {
                client.poll();
            }
            final long tookNs = System.nanoTime() - startNs;
            if (null != failure)
            {
                throw new IllegalStateException(failure);
            }
            roundTrip.recordValue(tookNs);
            token.recordValue(signNs);
            gateway.recordValue(tookNs - signNs);
        }
    }

    @Override
    public void onSigned(final long requestId, final SignedRequestView signed)
    {
        received.add(signed.outcomeSequence(), signed.signature());
        signNs = signed.signNs();
        isAnswered = true;
    }

    @Override
    public void onRejected(
        final long requestId, final Reason reason, final long recordSequence, final DirectBuffer rule)
    {
        fail("an order was refused: " + reason);
    }

    @Override
    public void onTimedOut(final long requestId)
    {
        fail("an order was not answered in time");
    }

    @Override
    public void onSessionLost(final LossCause cause)
    {
        fail("the session was lost: " + cause);
    }

    private void fail(final String message)
    {
        failure = message;
        isAnswered = true;
    }
}
