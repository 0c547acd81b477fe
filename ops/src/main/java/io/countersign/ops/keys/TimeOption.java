package io.countersign.ops.keys;

import io.countersign.ops.CommandException;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Times as people write them in options, and as commands have them: ISO 8601, in UTC.
 */
final class TimeOption
{
    private static final Pattern DURATION = Pattern.compile("([1-9][0-9]{0,4})([hd])");
    private static final int HOURS_PER_DAY = 24;

    private TimeOption()
    {
    }

    /** A point in time; null where none is given. */
    static String utc(final String option, final String text)
    {
        try
        {
            return null == text ? null :
                OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.MILLIS).toString();
        }
        catch (final DateTimeException ex)
        {
            throw new CommandException(option + " '" + text +
                "' is no time; expected ISO 8601 with the offset, like 2026-12-01T06:00:00Z");
        }
    }

    /** A duration; null where none is given. */
    static String duration(final String option, final String text)
    {
        if (null == text)
        {
            return null;
        }
        if (text.startsWith("P"))
        {
            return iso(option, text);
        }
        final Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches())
        {
            throw new CommandException(
                option + " '" + text + "' is no duration; expected hours or days, like 12h, 7d or PT12H");
        }
        final int number = Integer.parseInt(matcher.group(1));
        return Duration.ofHours("d".equals(matcher.group(2)) ? (long) number * HOURS_PER_DAY : number).toString();
    }

    private static String iso(final String option, final String text)
    {
        try
        {
            return Duration.parse(text).toString();
        }
        catch (final DateTimeException ex)
        {
            throw new CommandException(
                option + " '" + text + "' is no duration; expected hours or days, like 12h, 7d or PT12H");
        }
    }
}
