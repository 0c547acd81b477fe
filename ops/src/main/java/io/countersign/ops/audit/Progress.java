package io.countersign.ops.audit;

import io.countersign.gateway.journal.JournalReader;
import io.countersign.ops.Terminal;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Says on a terminal, once a second, how far a pass over a journal has come.
 */
public final class Progress
{
    private static final long INTERVAL_NS = TimeUnit.SECONDS.toNanos(1);
    private static final int MASK = (1 << 14) - 1;
    private static final double NS_PER_S = 1e9;

    private final Path directory;
    private final PrintWriter err;
    private final boolean isShown;
    private final long startNs = System.nanoTime();
    private long records;
    private long nextNs = startNs + INTERVAL_NS;
    private int width;

    /**
     * Construct at the beginning of the pass.
     *
     * @param directory of the journal.
     * @param err       the terminal.
     * @param isQuiet   true for nothing at all.
     */
    public Progress(final Path directory, final PrintWriter err, final boolean isQuiet)
    {
        this.directory = directory;
        this.err = err;
        isShown = !isQuiet && Terminal.showsErrors();
    }

    /**
     * After each record.
     *
     * @param reader that read it.
     * @throws IOException when the directory cannot be read.
     */
    public void onRecord(final JournalReader reader) throws IOException
    {
        records++;
        if (isShown && 0 == (records & MASK) && System.nanoTime() - nextNs >= 0)
        {
            nextNs = System.nanoTime() + INTERVAL_NS;
            final long rate = (long) (records * NS_PER_S / (System.nanoTime() - startNs));
            print(String.format("%,d records, %,d/s, %.0f %% of the bytes", records, rate, share(reader)));
        }
    }

    /**
     * Before anything else is printed there.
     */
    public void clear()
    {
        if (width > 0)
        {
            err.print("\r" + " ".repeat(width) + "\r");
            err.flush();
            width = 0;
        }
    }

    private void print(final String line)
    {
        err.print("\r" + line + " ".repeat(Math.max(0, width - line.length())));
        err.flush();
        width = Math.max(width, line.length());
    }

    /** A file that is being written may have room at its end, so this is the least. */
    private double share(final JournalReader reader) throws IOException
    {
        long before = reader.fileOffset();
        long all = 0;
        for (final Path file : files())
        {
            final long size = Files.size(file);
            all += size;
            before += file.compareTo(reader.file()) < 0 ? size : 0;
        }
        return 100.0 * before / Math.max(1, all);
    }

    private List<Path> files() throws IOException
    {
        try (Stream<Path> files = Files.list(directory))
        {
            return files.filter((file) -> file.getFileName().toString().contains(".cq4") &&
                !file.getFileName().toString().endsWith(".cq4t")).toList();
        }
    }
}
