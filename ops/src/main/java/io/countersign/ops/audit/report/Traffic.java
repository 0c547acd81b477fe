package io.countersign.ops.audit.report;

import io.countersign.ops.audit.Times;

import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Requests over time, by the minute, or by longer steps where the period would have too many minutes.
 */
final class Traffic
{
    private static final long[] STEPS_MINUTES = {1, 5, 15, 60, 6 * 60, 24 * 60, 7 * 24 * 60};
    private static final long MOST_STEPS = Table.MAX_ROWS;

    private final TreeMap<Long, long[]> steps = new TreeMap<>();
    private final long stepNs;

    Traffic(final long fromNs, final long toNs)
    {
        long step = 0;
        for (final long minutes : STEPS_MINUTES)
        {
            step = TimeUnit.MINUTES.toNanos(minutes);
            if (toNs / step - fromNs / step < MOST_STEPS)
            {
                break;
            }
        }
        stepNs = step;
    }

    long stepNs()
    {
        return stepNs;
    }

    void onRequest(final long utcNs, final boolean isAllowed)
    {
        steps.computeIfAbsent(Math.floorDiv(utcNs, stepNs), (any) -> new long[2])[isAllowed ? 0 : 1]++;
    }

    Table table()
    {
        final long minutes = TimeUnit.NANOSECONDS.toMinutes(stepNs);
        final Table table = new Table("traffic", "Requests over time",
            "In steps of " + minutes + " min; steps without requests are left out.",
            Column.text("from", "From (UTC)"), Column.number("requests", "Requests"),
            Column.number("allowed", "Allowed"), Column.number("denied", "Denied"),
            Column.number("requestsPerMinute", "Requests per minute"));
        steps.forEach((step, counts) -> table.add(Times.micros(step * stepNs), counts[0] + counts[1], counts[0],
            counts[1], Math.round((counts[0] + counts[1]) / (double) minutes)));
        return table;
    }

    /** Beginning of each step with requests, and its allowed and denied ones. */
    TreeMap<Long, long[]> steps()
    {
        return steps;
    }
}
