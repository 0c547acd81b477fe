package io.countersign.gateway.register;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * Times as the register's file writes them: ISO 8601 in UTC with milliseconds, always 24 characters. No time has two
 * forms.
 */
final class TimeFormat
{
    private static final String PATTERN = "dddd-dd-ddTdd:dd:dd.dddZ";
    private static final long NS_PER_MS = 1_000_000;
    private static final int MS_PER_S = 1000;

    private TimeFormat()
    {
    }

    static String format(final long timeMs)
    {
        final LocalDateTime time = LocalDateTime.ofEpochSecond(
            timeMs / MS_PER_S, (int) (timeMs % MS_PER_S * NS_PER_MS), ZoneOffset.UTC);
        final StringBuilder text = new StringBuilder(PATTERN.length());
        append(text, time.getYear(), 4, '-');
        append(text, time.getMonthValue(), 2, '-');
        append(text, time.getDayOfMonth(), 2, 'T');
        append(text, time.getHour(), 2, ':');
        append(text, time.getMinute(), 2, ':');
        append(text, time.getSecond(), 2, '.');
        append(text, (int) (time.getNano() / NS_PER_MS), 3, 'Z');
        return text.toString();
    }

    /** Milliseconds since 1970, or -1 when the text is no such time. */
    static long parse(final String text)
    {
        if (PATTERN.length() != text.length())
        {
            return -1;
        }
        for (int i = 0; i < PATTERN.length(); i++)
        {
            final char c = text.charAt(i);
            if ('d' == PATTERN.charAt(i) ? c < '0' || '9' < c : c != PATTERN.charAt(i))
            {
                return -1;
            }
        }
        try
        {
            final LocalDateTime time = LocalDateTime.of(digits(text, 0, 4), digits(text, 5, 7), digits(text, 8, 10),
                digits(text, 11, 13), digits(text, 14, 16), digits(text, 17, 19));
            return Math.max(-1, time.toEpochSecond(ZoneOffset.UTC) * MS_PER_S + digits(text, 20, 23));
        }
        catch (final DateTimeException ex)
        {
            return -1;
        }
    }

    private static int digits(final String text, final int from, final int to)
    {
        return Integer.parseInt(text, from, to, 10);
    }

    private static void append(final StringBuilder text, final int value, final int width, final char after)
    {
        int limit = 1;
        for (int i = 1; i < width; i++)
        {
            limit *= 10;
            if (value < limit)
            {
                text.append('0');
            }
        }
        text.append(value).append(after);
    }
}
