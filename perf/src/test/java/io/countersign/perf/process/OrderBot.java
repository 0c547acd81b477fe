package io.countersign.perf.process;

import io.countersign.client.CountersignClient;
import io.countersign.client.CountersignException;
import io.countersign.client.LossCause;
import io.countersign.client.NewOrderRequest;
import io.countersign.client.ReplyListener;
import io.countersign.client.SignedRequestView;
import io.countersign.codecs.wire.OrderType;
import io.countersign.codecs.wire.Reason;
import io.countersign.codecs.wire.Side;
import io.countersign.codecs.wire.TimeInForce;
import org.agrona.DirectBuffer;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * A bot on a thread of its own that sends one order after another, each with a client order id of its own, until it is
 * stopped or its session is lost. Remembers all that it was told.
 */
final class OrderBot implements ReplyListener, AutoCloseable
{
    private static final int WINDOW = 8;
    private static final long TIMEOUT_MS = 30_000;

    private final List<Signed> signed = new ArrayList<>();
    private final List<Refusal> refused = new ArrayList<>();
    private final AtomicInteger signedCount = new AtomicInteger();
    private final AtomicInteger refusedCount = new AtomicInteger();
    private final CountersignClient.Context context;
    private final String key;
    private final String name;
    private final Thread thread;
    private volatile boolean isStopped;
    private volatile boolean isConnected;
    private LossCause lossCause;
    private CountersignException connectFailure;
    private Throwable failure;
    private int timedOut;
    private long sent;
    private long gatewayStartNs;
    private long strangeReplies;

    /**
     * A finished request as the bot got it.
     *
     * @param outcomeSequence of the journal.
     * @param query           with the signature.
     * @param signature       as the venue writes it.
     */
    record Signed(long outcomeSequence, String query, String signature)
    {
    }

    /**
     * A refusal as the bot got it.
     *
     * @param reason         of it.
     * @param recordSequence of the journal.
     */
    record Refusal(Reason reason, long recordSequence)
    {
    }

    OrderBot(final CountersignClient.Context context, final String key, final String name)
    {
        context.listener(this);
        this.context = context;
        this.key = key;
        this.name = name;
        thread = new Thread(this::run, name);
        thread.setDaemon(true);
    }

    OrderBot start()
    {
        thread.start();
        return this;
    }

    OrderBot awaitConnected()
    {
        await("to be connected", () -> isConnected);
        return this;
    }

    OrderBot awaitSigned(final int count)
    {
        await(count + " signatures", () -> signedCount.get() >= count);
        return this;
    }

    OrderBot awaitRefused(final int count)
    {
        await(count + " refusals", () -> refusedCount.get() >= count);
        return this;
    }

    int signedCount()
    {
        return signedCount.get();
    }

    int refusedCount()
    {
        return refusedCount.get();
    }

    /** Until the bot has seen that its session is lost or could not be opened. */
    OrderBot awaitEnd()
    {
        try
        {
            thread.join(TIMEOUT_MS);
        }
        catch (final InterruptedException ex)
        {
            throw new IllegalStateException(ex);
        }
        assertTrue(!thread.isAlive(), () -> name + " has not noticed the end of its session");
        if (null != failure)
        {
            throw new AssertionError(name + " failed", failure);
        }
        return this;
    }

    /** Ends the bot after the last reply. */
    OrderBot stop()
    {
        isStopped = true;
        return awaitEnd();
    }

    // What follows is for after the end.

    List<Signed> signed()
    {
        return signed;
    }

    List<Refusal> refused()
    {
        return refused;
    }

    boolean hasReportedLoss()
    {
        return null != lossCause || null != connectFailure;
    }

    LossCause lossCause()
    {
        return lossCause;
    }

    int timedOut()
    {
        return timedOut;
    }

    long sent()
    {
        return sent;
    }

    long strangeReplies()
    {
        return strangeReplies;
    }

    long gatewayStartNs()
    {
        return gatewayStartNs;
    }

    String describe()
    {
        return name + ": " + sent + " sent, " + signed.size() + " signed, " + refused.size() + " refused, " +
            timedOut + " timed out, lost " + lossCause + ", connect failed " + connectFailure;
    }

    @Override
    public void onSigned(final long requestId, final SignedRequestView view)
    {
        signed.add(new Signed(view.outcomeSequence(), text(view.query()), text(view.signature())));
        signedCount.lazySet(signed.size());
    }

    @Override
    public void onRejected(
        final long requestId, final Reason reason, final long recordSequence, final DirectBuffer rule)
    {
        refused.add(new Refusal(reason, recordSequence));
        refusedCount.lazySet(refused.size());
    }

    @Override
    public void onTimedOut(final long requestId)
    {
        timedOut++;
    }

    @Override
    public void onSessionLost(final LossCause cause)
    {
        lossCause = cause;
    }

    @Override
    public void close()
    {
        isStopped = true;
    }

    static void fill(final NewOrderRequest order, final String key, final String clientOrderId)
    {
        order.side(Side.BUY).orderType(OrderType.LIMIT).timeInForce(TimeInForce.GTC)
            .quantity(1, 0).price(1, -1).maxAgeMs(5_000).key(key).symbol("LTCBTC").clientOrderId(clientOrderId);
    }

    private void run()
    {
        try (CountersignClient client = CountersignClient.connect(context))
        {
            gatewayStartNs = client.gatewayStartNs();
            isConnected = true;
            while (null == lossCause && !(isStopped && 0 == client.inFlightCount()))
            {
                if (!isStopped && client.inFlightCount() < WINDOW)
                {
                    final NewOrderRequest order = client.newOrder();
                    fill(order, key, name + "-" + (sent + 1));
                    sent += order.offer() > 0 ? 1 : 0;
                }
                if (0 == client.poll())
                {
                    Thread.yield();
                }
            }
            strangeReplies = client.strangeReplies();
        }
        catch (final CountersignException ex)
        {
            connectFailure = ex;
        }
        catch (final RuntimeException | Error ex)
        {
            failure = ex;
        }
    }

    private void await(final String what, final java.util.function.BooleanSupplier condition)
    {
        final long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(TIMEOUT_MS);
        while (!condition.getAsBoolean())
        {
            assertTrue(thread.isAlive(), () -> "ended while waiting for " + what + ": " + describe());
            assertTrue(System.nanoTime() < deadlineNs, () -> "waited in vain for " + what + ": " + name);
            Thread.yield();
        }
    }

    private static String text(final DirectBuffer buffer)
    {
        return buffer.getStringWithoutLengthUtf8(0, buffer.capacity());
    }
}
