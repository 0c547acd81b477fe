package io.countersign.perf.report;

import org.HdrHistogram.Histogram;

import java.util.List;

/**
 * What the platform itself took, by the meters of a run.
 */
final class Hiccups
{
    private final List<Histogram> meters;

    Hiccups(final Run run)
    {
        meters = run.series().stream()
            .filter((one) -> SeriesKind.HICCUP == one.kind()).map(Series::histogram).toList();
    }

    boolean isMeasured()
    {
        return !meters.isEmpty();
    }

    /**
     * A percentile less that of the platform, not below 0, in nanoseconds. Of several meters the one that saw least
     * counts, so that no tail is made to look too good.
     */
    long less(final Histogram histogram, final Percentile percentile)
    {
        final long leastNs = meters.stream().mapToLong(percentile::ns).min().orElse(0);
        return Math.max(0, percentile.ns(histogram) - leastNs);
    }
}
