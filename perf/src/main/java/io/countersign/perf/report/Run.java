package io.countersign.perf.report;

import java.util.List;

/**
 * One run of the rig.
 *
 * @param conditions under which it ran.
 * @param series     what was measured, in the order in which it is shown.
 * @param figures    the goals and what was measured of them.
 */
public record Run(Conditions conditions, List<Series> series, List<Figure> figures)
{
    /**
     * Check and copy.
     *
     * @param conditions under which it ran.
     * @param series     with ids that are unique, also as names of files.
     * @param figures    the goals.
     */
    public Run
    {
        series = List.copyOf(series);
        figures = List.copyOf(figures);
        if (series.stream().map((one) -> HistogramFile.name(one.id())).distinct().count() != series.size())
        {
            throw new IllegalArgumentException("two series of one run have the same id");
        }
    }
}
