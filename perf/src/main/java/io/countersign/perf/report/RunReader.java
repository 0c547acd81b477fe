package io.countersign.perf.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * Reads back what {@link RunWriter} left.
 */
public final class RunReader
{
    private RunReader()
    {
    }

    /**
     * Read a run.
     *
     * @param directory with {@code summary.json} and the histograms.
     * @return the run.
     * @throws IOException when a file is missing or is not what the writer leaves; the message names it.
     */
    public static Run read(final Path directory) throws IOException
    {
        try
        {
            return SummaryJson.read(directory);
        }
        catch (final UncheckedIOException ex)
        {
            throw ex.getCause();
        }
    }
}
