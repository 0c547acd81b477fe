package io.countersign.ops.audit;

import java.time.LocalDate;
import java.util.concurrent.TimeUnit;

/**
 * Writes UTC times by arithmetic; the date of the last one is kept, since journals are written in order.
 */
final class TimeText
{
    private static final long NS_PER_DAY = TimeUnit.DAYS.toNanos(1);
    private static final int NS_PER_MICROSECOND = 1_000;

    private long day = Long.MIN_VALUE;
    private String date;

    /** As in 2026-11-23T19:00:00.123456Z. */
    void appendMicros(final LineBuffer out, final long utcNs)
    {
        final int nanos = appendSeconds(out, utcNs);
        out.appendDigits(nanos / NS_PER_MICROSECOND, 6).append('Z');
    }

    /** As in 2026-11-23T19:00:00.123456789Z. */
    void appendNanos(final LineBuffer out, final long utcNs)
    {
        final int nanos = appendSeconds(out, utcNs);
        out.appendDigits(nanos, 9).append('Z');
    }

    private int appendSeconds(final LineBuffer out, final long utcNs)
    {
        final long utcDay = Math.floorDiv(utcNs, NS_PER_DAY);
        if (day != utcDay)
        {
            day = utcDay;
            date = LocalDate.ofEpochDay(utcDay) + "T";
        }
        final long ofDayNs = utcNs - utcDay * NS_PER_DAY;
        final int seconds = (int) (ofDayNs / 1_000_000_000L);
        out.append(date)
            .appendDigits(seconds / 3600, 2).append(':')
            .appendDigits(seconds / 60 % 60, 2).append(':')
            .appendDigits(seconds % 60, 2).append('.');
        return (int) (ofDayNs - seconds * 1_000_000_000L);
    }
}
