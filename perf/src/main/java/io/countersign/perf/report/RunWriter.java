package io.countersign.perf.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Leaves all that is kept of a run: a {@code .hlog} for each series, {@code summary.json}, {@code table.md}, plots.
 */
public final class RunWriter
{
    private RunWriter()
    {
    }

    /**
     * Write all files; the same run gives the same bytes.
     *
     * @param run       to keep.
     * @param directory made if it is not there.
     * @throws IOException when a file cannot be written.
     */
    public static void write(final Run run, final Path directory) throws IOException
    {
        Files.createDirectories(directory);
        for (final Series series : run.series())
        {
            HistogramFile.write(series.histogram(), directory.resolve(HistogramFile.name(series.id())));
        }
        Files.writeString(directory.resolve(SummaryJson.FILE), SummaryJson.of(run));
        Files.writeString(directory.resolve(TablePage.FILE), TablePage.of(run));
        final Path plots = Files.createDirectories(directory.resolve("plots"));
        final Map<String, Plot> plotByName = Plots.of(run);
        for (final Map.Entry<String, Plot> plot : plotByName.entrySet())
        {
            Files.writeString(plots.resolve(plot.getKey() + ".svg"), plot.getValue().svg());
        }
        for (final Map.Entry<String, Plot> plot : plotByName.entrySet())
        {
            Files.write(plots.resolve(plot.getKey() + ".png"), png(plot.getValue()));
        }
    }

    /** Last of all, because the JDK cannot draw text on a machine without fonts, and says so in many ways. */
    private static byte[] png(final Plot plot) throws IOException
    {
        try
        {
            return plot.png();
        }
        catch (final LinkageError | InternalError | IllegalStateException | NullPointerException ex)
        {
            throw new IOException("everything but the plots as PNG was written; those need fonts: install " +
                "fontconfig and one font (package fonts-dejavu-core). The JDK says: " + ex, ex);
        }
    }

    /**
     * What is written to {@code table.md}.
     *
     * @param run to show.
     * @return Markdown that is legible as text.
     */
    public static String table(final Run run)
    {
        return TablePage.of(run);
    }
}
