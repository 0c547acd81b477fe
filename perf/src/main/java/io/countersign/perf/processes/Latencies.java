package io.countersign.perf.processes;

import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.HdrHistogram.HistogramLogWriter;

import java.io.FileNotFoundException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Histograms of nanoseconds under names, kept in a file that the usual tools read.
 */
public final class Latencies
{
    private static final long HIGHEST_NS = TimeUnit.SECONDS.toNanos(60);
    private static final int SIGNIFICANT_DIGITS = 3;

    private final Map<String, Histogram> histogramByName = new LinkedHashMap<>();

    /**
     * Without histograms.
     */
    public Latencies()
    {
    }

    /**
     * A histogram as all here are: up to a minute, three digits.
     *
     * @return empty, of nanoseconds.
     */
    public static Histogram newHistogram()
    {
        return new Histogram(HIGHEST_NS, SIGNIFICANT_DIGITS);
    }

    /**
     * The histogram of a name.
     *
     * @param name of it.
     * @return the same each time; new where there was none.
     */
    public Histogram named(final String name)
    {
        return histogramByName.computeIfAbsent(name, (tag) -> newHistogram());
    }

    /**
     * Empty all histograms.
     */
    public void reset()
    {
        histogramByName.values().forEach(Histogram::reset);
    }

    /**
     * Write all histograms to a file.
     *
     * @param file HdrHistogram log; the tags are the names.
     * @throws FileNotFoundException when it cannot be written.
     */
    public void write(final Path file) throws FileNotFoundException
    {
        final HistogramLogWriter writer = new HistogramLogWriter(file.toFile());
        writer.outputLogFormatVersion();
        writer.outputLegend();
        final long nowMs = System.currentTimeMillis();
        for (final Map.Entry<String, Histogram> entry : histogramByName.entrySet())
        {
            final Histogram histogram = entry.getValue();
            histogram.setTag(entry.getKey());
            histogram.setStartTimeStamp(nowMs);
            histogram.setEndTimeStamp(nowMs);
            writer.outputIntervalHistogram(histogram);
        }
        writer.close();
    }

    /**
     * Read what {@link #write} wrote.
     *
     * @param file HdrHistogram log.
     * @return the histograms.
     * @throws FileNotFoundException when there is no such file.
     */
    public static Latencies read(final Path file) throws FileNotFoundException
    {
        final Latencies latencies = new Latencies();
        try (HistogramLogReader reader = new HistogramLogReader(file.toFile()))
        {
            EncodableHistogram next = reader.nextIntervalHistogram();
            while (null != next)
            {
                latencies.histogramByName.put(next.getTag(), (Histogram) next);
                next = reader.nextIntervalHistogram();
            }
        }
        return latencies;
    }

    /**
     * Head of a table of {@link #row}s.
     *
     * @param title of its first column.
     * @return one line.
     */
    public static String header(final String title)
    {
        return "  %-58s %9s %9s %9s %9s %9s %8s".formatted(title, "p50", "p90", "p99", "p99.9", "max", "samples");
    }

    /**
     * One row of a table, in microseconds.
     *
     * @param title     first column.
     * @param histogram of nanoseconds.
     * @return one line.
     */
    public static String row(final String title, final Histogram histogram)
    {
        return "  %-58s %9.2f %9.2f %9.2f %9.2f %9.2f %8d".formatted(
            title,
            microseconds(histogram.getValueAtPercentile(50)),
            microseconds(histogram.getValueAtPercentile(90)),
            microseconds(histogram.getValueAtPercentile(99)),
            microseconds(histogram.getValueAtPercentile(99.9)),
            microseconds(histogram.getMaxValue()),
            histogram.getTotalCount());
    }

    /**
     * Nanoseconds in microseconds.
     *
     * @param nanoseconds to convert.
     * @return microseconds.
     */
    public static double microseconds(final double nanoseconds)
    {
        return nanoseconds / 1_000.0;
    }
}
