package io.countersign.ops.audit;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.concurrent.TimeUnit;

/**
 * Times as people write and read them, all in UTC.
 */
public final class Times
{
    private static final long NS_PER_S = TimeUnit.SECONDS.toNanos(1);
    private static final DateTimeFormatter SECONDS =
        DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss").withZone(ZoneOffset.UTC);

    private Times()
    {
    }

    /**
     * As RTS 25 wants it.
     *
     * @param utcNs nanoseconds since 1970 UTC.
     * @return as in 2026-11-23T19:00:00.123456Z.
     */
    public static String micros(final long utcNs)
    {
        return seconds(utcNs) + ".%06dZ".formatted(Math.floorMod(utcNs, NS_PER_S) / 1000);
    }

    /**
     * Read an instant or a date.
     *
     * @param text  as in 2026-11-23T19:00:00Z or 2026-11-23.
     * @param isEnd whether a date stands for the first instant after it, not for its own first one.
     * @return nanoseconds since 1970 UTC.
     * @throws IllegalArgumentException when it is neither; its message says so to people.
     */
    public static long parse(final String text, final boolean isEnd)
    {
        try
        {
            if (text.length() == "2026-11-23".length())
            {
                final LocalDate date = LocalDate.parse(text);
                return TimeUnit.DAYS.toNanos((isEnd ? date.plusDays(1) : date).toEpochDay());
            }

            final Instant instant = Instant.parse(text);
            return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), NS_PER_S), instant.getNano());
        }
        catch (final DateTimeParseException | ArithmeticException ex)
        {
            throw new IllegalArgumentException(
                "'" + text + "' is no time; expected a UTC instant like 2026-11-23T19:00:00Z or a date like 2026-11-23",
                ex);
        }
    }

    private static String seconds(final long utcNs)
    {
        return SECONDS.format(Instant.ofEpochSecond(Math.floorDiv(utcNs, NS_PER_S)));
    }
}
