package io.countersign.ops.verify;

import java.io.PrintWriter;
import java.util.concurrent.TimeUnit;

/**
 * A line on a terminal that tells how far a long command is.
 */
final class Progress
{
    private static final long INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final int RECORDS_MASK = 0x3FFF;

    private final PrintWriter err;
    private final long beginNs = System.nanoTime();
    private long shownNs = beginNs;
    private long records;

    /** Null for err shows nothing. */
    Progress(final PrintWriter err)
    {
        this.err = err;
    }

    void onRecord()
    {
        if (0 == (++records & RECORDS_MASK) && null != err)
        {
            final long nowNs = System.nanoTime();
            if (nowNs - shownNs > INTERVAL_NS)
            {
                shownNs = nowNs;
                err.printf("\r%,d records, %,d/s ", records,
                    records * TimeUnit.SECONDS.toNanos(1) / Math.max(1, nowNs - beginNs));
                err.flush();
            }
        }
    }

    void end()
    {
        if (null != err && shownNs != beginNs)
        {
            err.print("\r\u001b[K");
            err.flush();
        }
    }
}
