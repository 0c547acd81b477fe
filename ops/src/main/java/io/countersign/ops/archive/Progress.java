package io.countersign.ops.archive;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * Tells on stderr how far a long file is, every five seconds.
 */
final class Progress
{
    private static final long INTERVAL_NS = TimeUnit.SECONDS.toNanos(5);
    private static final long PERCENT = 100;

    private final PrintWriter err;
    private long toldNs = System.nanoTime();

    Progress(final PrintWriter err)
    {
        this.err = err;
    }

    void onBytes(final Path file, final long done, final long length)
    {
        final long nowNs = System.nanoTime();
        if (nowNs - toldNs >= INTERVAL_NS)
        {
            toldNs = nowNs;
            err.println("countersign: " + file.getFileName() + ": " + done * PERCENT / length + " % compressed");
            err.flush();
        }
    }
}
