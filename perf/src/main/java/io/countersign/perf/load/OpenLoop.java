package io.countersign.perf.load;

import org.HdrHistogram.Histogram;
import org.agrona.concurrent.NanoClock;

import java.util.concurrent.TimeUnit;

/**
 * Sends request n at {@code start + n * 1e9 / rate}, by bot n modulo their number, whatever comes back. Latency counts
 * from that intended time. A request that cannot be sent at its time, because too many wait, is sent as soon as that is
 * possible and keeps its intended time; one that could not be sent before the grace time was over counts as unsent,
 * with the latency that it had until then.
 */
final class OpenLoop
{
    /** How long after the last intended time it goes on sending and waiting. */
    static final long GRACE_NS = TimeUnit.SECONDS.toNanos(2);

    private final BotGroup bots;
    private final NanoClock clock;
    private final Histogram histogram;
    private final long ratePerSecond;

    /**
     * @param histogram     of latencies, that of the bots.
     * @param ratePerSecond of all bots together.
     */
    OpenLoop(final BotGroup bots, final NanoClock clock, final Histogram histogram, final long ratePerSecond)
    {
        this.bots = bots;
        this.clock = clock;
        this.histogram = histogram;
        this.ratePerSecond = ratePerSecond;
    }

    /**
     * Sends for some time.
     *
     * @param durationNs of the schedule.
     */
    LoadResult run(final long durationNs)
    {
        final long total = (long) (durationNs / 1e9 * ratePerSecond);
        final long startNs = clock.nanoTime();
        final long deadlineNs = startNs + durationNs + GRACE_NS;
        long next = 0;
        long nextNs = startNs;
        long nowNs = startNs;
        while ((next < total || bots.inFlight() > 0) && nowNs - deadlineNs < 0 && !bots.isLost())
        {
            // One at a time, so that answers are taken in while it catches up.
            if (next < total && nowNs - nextNs >= 0 && bots.bot((int) (next % bots.size())).send(nextNs))
            {
                next++;
                nextNs = intendedNs(startNs, next);
            }
            bots.poll();
            nowNs = clock.nanoTime();
        }
        recordUnsent(startNs, next, total, nowNs);
        return bots.result(startNs, durationNs, total - next);
    }

    private void recordUnsent(final long startNs, final long first, final long total, final long nowNs)
    {
        for (long n = first; n < total; n++)
        {
            histogram.recordValue(Math.clamp(
                nowNs - intendedNs(startNs, n), 0, histogram.getHighestTrackableValue()));
        }
    }

    private long intendedNs(final long startNs, final long n)
    {
        return startNs + (long) (n * 1e9 / ratePerSecond);
    }
}
