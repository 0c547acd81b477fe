package io.countersign.perf.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.countersign.perf.processes.Latencies;
import io.countersign.perf.report.Series;
import io.countersign.perf.report.SeriesKind;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

class LoopTest
{
    private static final long SERVICE_NS = 1_000;
    private static final int RATE = 100_000;
    private static final long INTERVAL_NS = 1_000_000_000L / RATE;
    private static final long DURATION_NS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final int REQUESTS = 10_000;
    private static final int MAX_WAITING = 64;

    private final ScriptedEntry entry = new ScriptedEntry(SERVICE_NS, MAX_WAITING);
    private final Histogram histogram = Latencies.newHistogram();

    @Test
    void shouldSendAtItsRateWhateverComesBack()
    {
        final LoadResult result = open();
        assertEquals(REQUESTS, result.sent());
        assertEquals(REQUESTS, result.signed());
        assertEquals(0, result.lost());
        assertEquals(0, result.unsent());
        assertEquals(RATE, result.perSecond(), RATE / 100.0);
        for (int n = 1; n < REQUESTS; n++)
        {
            final long sinceFirstNs = entry.offeredNs(n + 1) - entry.offeredNs(1);
            assertEquals(n * INTERVAL_NS, sinceFirstNs, 500, "request " + n);
        }
        assertEquals(SERVICE_NS, histogram.getMaxValue(), 500);
    }

    @Test
    void shouldCountFromTheIntendedTimeWhenTheServiceStalls()
    {
        final long stallNs = TimeUnit.MILLISECONDS.toNanos(20);
        entry.stallsFromNs = 1_000_000 + TimeUnit.MILLISECONDS.toNanos(30);
        entry.stallsUntilNs = entry.stallsFromNs + stallNs;
        final LoadResult result = open();
        assertEquals(REQUESTS, result.signed());
        assertEquals(0, result.unsent());
        // 2,000 were meant to be sent while it stood still: only 64 were, and yet all of them waited.
        assertEquals(stallNs, histogram.getMaxValue(), stallNs / 100.0);
        assertTrue(histogram.getCountBetweenValues(stallNs / 2, stallNs * 2) > 900,
            () -> "few late: " + histogram.getCountBetweenValues(stallNs / 2, stallNs * 2));
    }

    @Test
    void shouldNotSeeTheSameStallInAClosedLoop()
    {
        entry.stallsFromNs = 1_000_000 + TimeUnit.MILLISECONDS.toNanos(30);
        entry.stallsUntilNs = entry.stallsFromNs + TimeUnit.MILLISECONDS.toNanos(20);
        final LoadResult result = new ClosedLoop(bots(), entry, 1).run(DURATION_NS, Long.MAX_VALUE);
        assertEquals(result.sent(), result.signed());
        assertEquals(1, histogram.getCountBetweenValues(TimeUnit.MILLISECONDS.toNanos(10), Long.MAX_VALUE / 2));
    }

    @Test
    void shouldCountWhatIsRefusedOrNeverAnsweredAsLost()
    {
        entry.isSigned = (requestId) -> 0 != requestId % 100;
        entry.isAnswered = (requestId) -> 0 != requestId % 1_000;
        final LoadResult result = open();
        assertEquals(REQUESTS, result.sent());
        assertEquals(REQUESTS / 100, result.lost());
        assertEquals(REQUESTS - REQUESTS / 100, result.signed());
        assertEquals(result.signed(), histogram.getTotalCount());
        assertTrue(series(result).isMissed());
    }

    @Test
    void shouldMissARateThatTheServiceDoesNotReach()
    {
        final ScriptedEntry slow = new ScriptedEntry(TimeUnit.MILLISECONDS.toNanos(100), MAX_WAITING);
        slow.lookNs = 10_000;
        final Bot bot = new Bot(slow, slow, histogram, null, MAX_WAITING);
        final LoadResult result = new OpenLoop(new BotGroup(bot), slow, histogram, RATE).run(DURATION_NS);
        assertTrue(result.unsent() > 0);
        assertEquals(REQUESTS, result.sent() + result.unsent());
        assertEquals(result.sent(), slow.offered());
        // What was not even sent is in the histogram with the time that it waited for that.
        assertEquals(result.signed() + result.unsent(), histogram.getTotalCount());
        assertTrue(histogram.getValueAtPercentile(50) >= OpenLoop.GRACE_NS / 2);
        assertTrue(result.perSecond() < RATE / 2.0, () -> result.perSecond() + "/s");
        assertTrue(series(result).isMissed());
    }

    @Test
    void shouldSpreadAnOpenLoopOverItsBots()
    {
        final Bot first = new Bot(entry, entry, histogram, null, MAX_WAITING);
        final ScriptedEntry other = new ScriptedEntry(SERVICE_NS, MAX_WAITING);
        other.isAnswered = (requestId) -> false;
        final Bot second = new Bot(other, entry, histogram, null, REQUESTS);
        final LoadResult result = new OpenLoop(new BotGroup(first, second), entry, histogram, RATE).run(DURATION_NS);
        assertEquals(REQUESTS / 2, entry.offered());
        assertEquals(REQUESTS / 2, result.signed());
        assertEquals(result.sent() - result.signed(), result.lost());
    }

    @Test
    void shouldKeepAWindowInFlight()
    {
        final LoadResult result = new ClosedLoop(bots(), entry, 16).run(DURATION_NS, 1_000);
        assertEquals(1_000, result.sent());
        assertEquals(1_000, result.signed());
        assertEquals(entry.offeredNs(1), entry.offeredNs(16), 2_000);
        assertTrue(entry.offeredNs(17) - entry.offeredNs(1) >= SERVICE_NS);
    }

    @Test
    void shouldEndThoughNothingIsAnswered()
    {
        entry.isAnswered = (requestId) -> false;
        final LoadResult result = new ClosedLoop(bots(), entry, 2).run(DURATION_NS, Long.MAX_VALUE);
        assertEquals(2, result.sent());
        assertEquals(2, result.lost());
        assertEquals(0, result.perSecond());
    }

    @Test
    void shouldTellAndReadCommandsAndResults()
    {
        final LoadResult result = new LoadResult(5, 3, 2, 1, 7, 11);
        assertEquals(result, LoadResult.parse(result.line()));
        final LoadCommand command = new LoadCommand(
            LoadCommand.Mode.OPEN, "hmac", 16, 100_000, 1, 2, Path.of("/a b/c.hlog"));
        assertEquals(command, LoadCommand.parse(command.line()));
    }

    private LoadResult open()
    {
        return new OpenLoop(bots(), entry, histogram, RATE).run(DURATION_NS);
    }

    private BotGroup bots()
    {
        return new BotGroup(new Bot(entry, entry, histogram, null, MAX_WAITING));
    }

    private Series series(final LoadResult result)
    {
        return new Series("open", SeriesKind.OPEN_LOOP, "", "", 1, RATE, result.perSecond(), result.lost(), histogram);
    }
}
