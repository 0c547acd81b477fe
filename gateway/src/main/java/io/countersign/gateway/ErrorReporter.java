package io.countersign.gateway;

import io.countersign.gateway.journal.JournalException;
import org.agrona.ErrorHandler;

import java.io.PrintStream;
import java.util.HashMap;
import java.util.Map;

/**
 * Tells operators of errors: one line each on the error stream, the same one at most once a second. Never a stack
 * trace: what it says must be enough. Safe for all threads.
 */
final class ErrorReporter implements ErrorHandler
{
    private static final long INTERVAL_MS = 1000;
    private static final int MAX_DISTINCT = 256;

    private final Map<String, Long> lastReportMs = new HashMap<>();
    private final PrintStream out;

    ErrorReporter(final PrintStream out)
    {
        this.out = out;
    }

    @Override
    public void onError(final Throwable throwable)
    {
        final String line = line(throwable);
        final long nowMs = System.currentTimeMillis();
        synchronized (lastReportMs)
        {
            final Long lastMs = lastReportMs.get(line);
            if (null != lastMs && nowMs - lastMs < INTERVAL_MS)
            {
                return;
            }
            if (lastReportMs.size() >= MAX_DISTINCT)
            {
                lastReportMs.clear();
            }
            lastReportMs.put(line, nowMs);
        }
        out.println("countersign gateway: " + line);
    }

    /** What people read of an error: its message where that was written for them. */
    static String line(final Throwable throwable)
    {
        final String message = throwable.getMessage();
        final String name = throwable.getClass().getSimpleName();
        final boolean isForPeople = !(throwable instanceof RuntimeException || throwable instanceof Error) ||
            throwable instanceof JournalException;
        if (null == message || !isForPeople)
        {
            final StackTraceElement[] trace = throwable.getStackTrace();
            return oneLine(name + ": " + message) + (0 == trace.length ? "" : " at " + trace[0]);
        }
        return oneLine(message);
    }

    private static String oneLine(final String text)
    {
        return text.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
    }
}
