package io.countersign.perf.report;

import org.HdrHistogram.Histogram;

import java.util.List;

/**
 * One column of the tables.
 *
 * @param label {@code p99.9} or {@code max}.
 * @param value per cent.
 */
record Percentile(String label, double value)
{
    static final Percentile P50 = new Percentile("p50", 50);
    static final Percentile P90 = new Percentile("p90", 90);
    static final Percentile P99 = new Percentile("p99", 99);
    static final Percentile P99_9 = new Percentile("p99.9", 99.9);

    /** What every table shows. */
    static final List<Percentile> SHOWN = List.of(
        P50, P90, P99, P99_9, new Percentile("p99.99", 99.99), new Percentile("max", 100));

    private static final double WHOLE = 100.0;

    long ns(final Histogram histogram)
    {
        return histogram.getValueAtPercentile(value);
    }

    /** Whether at least one sample lies beyond: with fewer it would be the maximum under another name. */
    boolean isKnown(final Histogram histogram)
    {
        final double beyond = histogram.getTotalCount() * (WHOLE - value) / WHOLE;
        return histogram.getTotalCount() > 0 && (WHOLE == value || Math.round(beyond) >= 1);
    }
}
