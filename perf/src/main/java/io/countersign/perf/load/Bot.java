package io.countersign.perf.load;

import org.HdrHistogram.Histogram;
import org.agrona.concurrent.NanoClock;

/**
 * One bot in a loop: its way to the gateway, what waits, and what became of it.
 */
final class Bot implements OrderEntry.Listener
{
    private final OrderEntry entry;
    private final NanoClock clock;
    private final Histogram histogram;
    private final RequestLog log;
    private final SentRequests sent;
    private long sentCount;
    private long signedCount;
    private long lostCount;
    private long lastSignedNs;

    /**
     * @param entry       to the gateway.
     * @param clock       of times.
     * @param histogram   of latencies, shared by bots of one thread.
     * @param log         of single requests, null for none.
     * @param maxInFlight of which no more wait at a time.
     */
    Bot(
        final OrderEntry entry,
        final NanoClock clock,
        final Histogram histogram,
        final RequestLog log,
        final int maxInFlight)
    {
        this.entry = entry;
        this.clock = clock;
        this.histogram = histogram;
        this.log = log;
        sent = new SentRequests(maxInFlight);
    }

    /**
     * Sends an order.
     *
     * @param startNs from which its latency counts.
     * @return false when it could not be sent now.
     */
    boolean send(final long startNs)
    {
        final long requestId = entry.offer();
        if (requestId <= 0)
        {
            return false;
        }
        lostCount += sent.onSent(requestId, startNs);
        sentCount++;
        return true;
    }

    int poll()
    {
        return entry.poll(this);
    }

    @Override
    public void onEnd(final long requestId, final boolean isSigned)
    {
        final long nowNs = clock.nanoTime();
        final long startNs = sent.onEnd(requestId);
        if (SentRequests.ABSENT == startNs)
        {
            return;
        }
        if (!isSigned)
        {
            lostCount++;
            return;
        }
        histogram.recordValue(Math.min(nowNs - startNs, histogram.getHighestTrackableValue()));
        if (null != log)
        {
            log.add(requestId, startNs, nowNs);
        }
        signedCount++;
        lastSignedNs = nowNs;
    }

    int inFlight()
    {
        return sent.count();
    }

    boolean isLost()
    {
        return entry.isLost();
    }

    /** Counts what still waits as lost. */
    void giveUp()
    {
        lostCount += sent.abandon();
    }

    long sentCount()
    {
        return sentCount;
    }

    long signedCount()
    {
        return signedCount;
    }

    long lostCount()
    {
        return lostCount;
    }

    long lastSignedNs()
    {
        return lastSignedNs;
    }
}
