package io.countersign.perf.report;

import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.HdrHistogram.HistogramLogWriter;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A series' histogram as a HdrHistogram log of one interval. Its values are nanoseconds, which the usual tools take
 * them for; only the column Interval_Max, for people, is in milliseconds.
 */
final class HistogramFile
{
    private static final String SUFFIX = ".hlog";
    private static final double MS_PER_S = 1_000.0;

    private HistogramFile()
    {
    }

    /** The name of the file of the series with this id. */
    static String name(final String id)
    {
        return id.replace('/', '-') + SUFFIX;
    }

    static void write(final Histogram histogram, final Path file) throws IOException
    {
        // In memory first: the writer's stream would swallow what goes wrong on the disk.
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        final HistogramLogWriter writer = new HistogramLogWriter(bytes);
        writer.outputLogFormatVersion();
        writer.outputComment("[values in nanoseconds]");
        writer.outputLegend();
        final boolean hasTimes = histogram.getStartTimeStamp() <= histogram.getEndTimeStamp();
        writer.outputIntervalHistogram(
            hasTimes ? histogram.getStartTimeStamp() / MS_PER_S : 0,
            hasTimes ? histogram.getEndTimeStamp() / MS_PER_S : 0,
            histogram);
        writer.close();
        Files.write(file, bytes.toByteArray());
    }

    static Histogram read(final Path file) throws IOException
    {
        if (!Files.isRegularFile(file))
        {
            throw new NoSuchFileException(file.toString());
        }
        try (HistogramLogReader reader = new HistogramLogReader(file.toFile()))
        {
            final EncodableHistogram histogram = reader.nextIntervalHistogram();
            if (histogram instanceof Histogram longHistogram)
            {
                return longHistogram;
            }
            throw new IOException(file + " has no histogram of whole numbers");
        }
    }
}
