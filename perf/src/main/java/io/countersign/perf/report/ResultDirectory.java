package io.countersign.perf.report;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * How the directory of a run is called.
 */
public final class ResultDirectory
{
    private static final DateTimeFormatter NAME =
        DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH-mm-ss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private ResultDirectory()
    {
    }

    /**
     * By the time of its start: names sort as times do.
     *
     * @param startedAt of the run.
     * @return for instance {@code 2026-12-01T01-40-00Z}.
     */
    public static String name(final Instant startedAt)
    {
        return NAME.format(startedAt);
    }
}
