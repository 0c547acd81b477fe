package io.countersign.gateway.config;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads lengths of time, instants, days and hours.
 */
final class TimeText
{
    private static final String PER = "a length of time from 1ms to 24h, such as 250ms, 1s, 5m or 1h";
    private static final String HOURS = "hours of the day in UTC such as \"08:00-16:30\" or \"22:00-02:00\"";
    private static final String DAYS = "days such as mon-fri or [mon, wed, sat-sun]";
    private static final Pattern LENGTH = Pattern.compile("([1-9][0-9]{0,8})(ms|s|m|h)");
    private static final Pattern FROM_TO =
        Pattern.compile("([01][0-9]|2[0-4]):([0-5][0-9])-([01][0-9]|2[0-4]):([0-5][0-9])");
    private static final List<String> NAMES = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");
    private static final long MINUTE_NS = TimeUnit.MINUTES.toNanos(1);

    private TimeText()
    {
    }

    static long per(final YamlMapping mapping) throws ConfigException
    {
        return mapping.choice("per", TimeText::lengthNs, PER);
    }

    static int milliseconds(final YamlMapping mapping, final String field) throws ConfigException
    {
        return (int) TimeUnit.NANOSECONDS.toMillis(mapping.choice(field, TimeText::lengthNs, PER));
    }

    static long perOrDay(final YamlMapping mapping) throws ConfigException
    {
        return mapping.choice("per", (text) -> "day".equals(text) ? Long.valueOf(WindowLimit.DAY) : lengthNs(text),
            PER + ", or day for the UTC day");
    }

    static long instant(final YamlMapping mapping, final String field) throws ConfigException
    {
        return mapping.choice(field, TimeText::instantNs, "an instant in UTC up to 2262 such as 2030-01-31T00:00:00Z");
    }

    /** From and to in nanoseconds of the day. */
    static Hours hours(final YamlMapping mapping) throws ConfigException
    {
        return mapping.choice("hours", TimeText::hours, HOURS);
    }

    /** One bit for each day from Monday on, or null when anything is wrong with them. */
    static Integer days(final YamlMapping mapping, final Problems problems)
    {
        if (!mapping.isList("days"))
        {
            return problems.attempt(null, () -> mapping.choice("days", TimeText::dayBits, DAYS));
        }
        int days = 0;
        for (final int bits : mapping.choices("days", TimeText::dayBits, DAYS, problems))
        {
            days |= bits;
        }
        return 0 == days ? null : days;
    }

    private static Long lengthNs(final String text)
    {
        final Matcher matcher = LENGTH.matcher(text);
        if (!matcher.matches())
        {
            return null;
        }
        final TimeUnit unit = switch (matcher.group(2))
        {
            case "ms" -> TimeUnit.MILLISECONDS;
            case "s" -> TimeUnit.SECONDS;
            case "m" -> TimeUnit.MINUTES;
            default -> TimeUnit.HOURS;
        };
        final long lengthNs = unit.toNanos(Long.parseLong(matcher.group(1)));
        return lengthNs <= Schedule.DAY_NS ? lengthNs : null;
    }

    private static Long instantNs(final String text)
    {
        if (!text.endsWith("Z"))
        {
            return null;
        }
        try
        {
            final Instant instant = Instant.parse(text);
            return Math.addExact(
                Math.multiplyExact(instant.getEpochSecond(), TimeUnit.SECONDS.toNanos(1)), instant.getNano());
        }
        catch (final DateTimeParseException | ArithmeticException ex)
        {
            return null;
        }
    }

    private static Hours hours(final String text)
    {
        final Matcher matcher = FROM_TO.matcher(text);
        if (!matcher.matches())
        {
            return null;
        }
        final long fromNs = ofDayNs(matcher.group(1), matcher.group(2));
        final long toNs = ofDayNs(matcher.group(3), matcher.group(4));
        return fromNs < Schedule.DAY_NS && toNs <= Schedule.DAY_NS && fromNs != toNs ? new Hours(fromNs, toNs) : null;
    }

    private static long ofDayNs(final String hour, final String minute)
    {
        return (Integer.parseInt(hour) * 60L + Integer.parseInt(minute)) * MINUTE_NS;
    }

    private static Integer dayBits(final String text)
    {
        final int dash = text.indexOf('-');
        final int first = NAMES.indexOf(dash < 0 ? text : text.substring(0, dash));
        final int last = NAMES.indexOf(dash < 0 ? text : text.substring(dash + 1));
        if (first < 0 || last < 0)
        {
            return null;
        }
        int bits = 1 << last;
        for (int day = first; day != last; day = (day + 1) % NAMES.size())
        {
            bits |= 1 << day;
        }
        return bits;
    }

    /**
     * Hours of a day.
     *
     * @param fromNs nanoseconds of the day at which they begin.
     * @param toNs   nanoseconds of the day before which they end.
     */
    record Hours(long fromNs, long toNs)
    {
    }
}
