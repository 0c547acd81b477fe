package io.countersign.perf.bench;

import io.countersign.perf.report.Figure;
import io.countersign.perf.report.Series;
import io.countersign.perf.report.SeriesKind;
import org.HdrHistogram.Histogram;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a run has measured so far.
 */
final class Measurements
{
    private final Map<String, Series> seriesById = new LinkedHashMap<>();
    private final Map<String, String> conditionByName = new LinkedHashMap<>();
    private final List<Figure> figures = new ArrayList<>();

    void add(final Series series)
    {
        seriesById.put(series.id(), series);
    }

    /** A series of a key that has nothing but a histogram; left out when that is empty. */
    void add(
        final String id, final SeriesKind kind, final String token, final BenchKey key, final Histogram histogram)
    {
        if (histogram.getTotalCount() > 0)
        {
            add(new Series(id, kind, token, key.title(), 0, 0, 0, 0, histogram));
        }
    }

    /** A series that neither a token nor a key has a part in. */
    void add(final String id, final SeriesKind kind, final Histogram histogram)
    {
        if (histogram.getTotalCount() > 0)
        {
            add(new Series(id, kind, "", "", 0, 0, 0, 0, histogram));
        }
    }

    void add(final Figure figure)
    {
        figures.add(figure);
    }

    /** A value for people that is neither a series nor a goal. */
    void condition(final String name, final String value)
    {
        conditionByName.put(name, value);
    }

    /** The series of an id, null when it was not measured. */
    Series series(final String id)
    {
        return seriesById.get(id);
    }

    /** A percentile of a series in microseconds, NaN when it was not measured. */
    double microseconds(final String id, final double percentile)
    {
        final Series series = seriesById.get(id);
        return null == series || 0 == series.histogram().getTotalCount() ?
            Double.NaN : series.histogram().getValueAtPercentile(percentile) / 1e3;
    }

    List<Series> series()
    {
        return new ArrayList<>(seriesById.values());
    }

    List<Figure> figures()
    {
        return figures;
    }

    Map<String, String> conditions()
    {
        return conditionByName;
    }
}
