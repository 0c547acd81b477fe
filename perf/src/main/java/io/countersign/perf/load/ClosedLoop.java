package io.countersign.perf.load;

import org.agrona.concurrent.NanoClock;

import java.util.concurrent.TimeUnit;

/**
 * Keeps a fixed number of requests of each bot in flight: one, or a window for the highest throughput. Latency counts
 * from the call that fills in an order to the finished request in the bot's hands.
 */
final class ClosedLoop
{
    static final long GRACE_NS = TimeUnit.SECONDS.toNanos(6);

    private static final int POLLS_PER_LOOK_MASK = 0x3F;

    private final BotGroup bots;
    private final NanoClock clock;
    private final int window;
    private int polls;

    /**
     * @param window requests of each bot in flight.
     */
    ClosedLoop(final BotGroup bots, final NanoClock clock, final int window)
    {
        this.bots = bots;
        this.clock = clock;
        this.window = window;
    }

    /**
     * Sends for some time or so many requests, whichever is over first.
     *
     * @param durationNs of sending; answers are awaited for some seconds more.
     * @param limit      most requests of all bots.
     */
    LoadResult run(final long durationNs, final long limit)
    {
        final long startNs = clock.nanoTime();
        long sent = 0;
        long nowNs = startNs;
        while (sent < limit && nowNs - startNs < durationNs && !bots.isLost())
        {
            for (int i = 0; i < bots.size(); i++)
            {
                final Bot bot = bots.bot(i);
                bot.poll();
                while (bot.inFlight() < window && sent < limit && bot.send(nowNs = clock.nanoTime()))
                {
                    sent++;
                }
            }
            // A gateway that answers no more must not keep this from ending; each look costs a clock read.
            nowNs = 0 == (++polls & POLLS_PER_LOOK_MASK) ? clock.nanoTime() : nowNs;
        }
        drain();
        return bots.result(startNs, 0, 0);
    }

    private void drain()
    {
        final long deadlineNs = clock.nanoTime() + GRACE_NS;
        while (bots.inFlight() > 0 && clock.nanoTime() - deadlineNs < 0 && !bots.isLost())
        {
            bots.poll();
        }
    }
}
