package io.countersign.perf.load;

import io.countersign.client.CountersignClient;
import io.countersign.client.LossCause;
import io.countersign.client.NewOrderRequest;
import io.countersign.client.ReplyListener;
import io.countersign.client.SignedRequestView;
import io.countersign.codecs.wire.Reason;
import org.agrona.DirectBuffer;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A bot's session with a gateway, by the client library.
 */
final class ClientEntry implements OrderEntry, ReplyListener, AutoCloseable
{
    /** Long, because a stall of the machine shall show in the latencies. */
    private static final long REQUEST_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(5);

    private final CountersignClient client;
    private String key = "";
    private Listener listener;
    private String failure;
    private long bytesSeen;

    private ClientEntry(final CountersignClient.Context context)
    {
        client = CountersignClient.connect(context.listener(this));
    }

    static ClientEntry connect(final Path aeronDirectory, final String principal, final Path apiKeyFile)
    {
        final CountersignClient.Context context = new CountersignClient.Context();
        context.aeronDirectoryName(aeronDirectory.toString())
            .principal(principal)
            .apiKeyFile(apiKeyFile)
            .requestTimeoutNs(REQUEST_TIMEOUT_NS);
        return new ClientEntry(context);
    }

    /** The alias of the key that orders are to be signed with. */
    void key(final String alias)
    {
        key = alias;
    }

    /** Why the last request was not signed, or the session is lost; null when nothing has gone wrong since. */
    String takeFailure()
    {
        final String taken = failure;
        failure = null;
        return taken;
    }

    @Override
    public long offer()
    {
        final NewOrderRequest order = client.newOrder();
        LoadOrder.fill(order, key);
        return order.offer();
    }

    @Override
    public int poll(final Listener endListener)
    {
        listener = endListener;
        return client.poll();
    }

    @Override
    public boolean isLost()
    {
        return CountersignClient.State.CONNECTED != client.state();
    }

    @Override
    public void onSigned(final long requestId, final SignedRequestView signed)
    {
        // What any bot does: it finds what it has to send.
        bytesSeen += signed.query().capacity() + signed.signature().capacity();
        listener.onEnd(requestId, true);
    }

    @Override
    public void onRejected(
        final long requestId, final Reason reason, final long recordSequence, final DirectBuffer rule)
    {
        failure = "an order was refused: " + reason;
        listener.onEnd(requestId, false);
    }

    @Override
    public void onExpired(final long requestId)
    {
        failure = "an order expired";
        listener.onEnd(requestId, false);
    }

    @Override
    public void onTimedOut(final long requestId)
    {
        failure = "an order was not answered in time";
        listener.onEnd(requestId, false);
    }

    @Override
    public void onSessionLost(final LossCause cause)
    {
        failure = "the session was lost: " + cause + ", after " + bytesSeen + " bytes";
    }

    @Override
    public void close()
    {
        client.close();
    }
}
