package io.countersign.venues.text;

/**
 * Instants as text, in UTC of the proleptic Gregorian calendar: UTC nanoseconds since 1970 in, digits out, truncated.
 */
public final class TimeText
{
    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final int SECONDS_PER_DAY = 86_400;

    private TimeText()
    {
    }

    /**
     * Appends an instant as ISO 8601 has it: {@code 2020-12-08T09:08:57.715Z}.
     *
     * @param out   to append to; fails with {@link TextWriter#INVALID} outside the years 1970 to 9999.
     * @param utcNs nanoseconds since 1970.
     */
    public static void iso8601(final TextWriter out, final long utcNs)
    {
        date(out, utcNs, true);
        out.put((byte) 'T');
        clock(out, utcNs);
        out.put((byte) 'Z');
    }

    /**
     * Appends an instant as FIX has it: {@code 20240627-11:17:25.223}.
     *
     * @param out   to append to; fails with {@link TextWriter#INVALID} outside the years 1970 to 9999.
     * @param utcNs nanoseconds since 1970.
     */
    public static void fix(final TextWriter out, final long utcNs)
    {
        date(out, utcNs, false);
        out.put((byte) '-');
        clock(out, utcNs);
    }

    /**
     * Appends seconds since 1970 and three decimals: {@code 1573653521.402}.
     *
     * @param out   to append to; fails with {@link TextWriter#INVALID} before 1970.
     * @param utcNs nanoseconds since 1970.
     */
    public static void secondsMillis(final TextWriter out, final long utcNs)
    {
        if (utcNs < 0)
        {
            out.invalid();
            return;
        }
        out.putLong(utcNs / NANOS_PER_SECOND).put((byte) '.');
        digits(out, (int) (utcNs / NANOS_PER_MILLI % 1000), 3);
    }

    private static void date(final TextWriter out, final long utcNs, final boolean dashes)
    {
        if (utcNs < 0)
        {
            out.invalid();
            return;
        }
        // Years that begin in March put the leap day at their end: 146,097 days make 400 years, counted from year 0.
        final int days = (int) (utcNs / NANOS_PER_SECOND / SECONDS_PER_DAY) + 719_468;
        final int era = days / 146_097;
        final int dayOfEra = days - era * 146_097;
        final int yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        final int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        final int marchMonth = (5 * dayOfYear + 2) / 153;
        final int month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;

        digits(out, yearOfEra + era * 400 + (month <= 2 ? 1 : 0), 4);
        dash(out, dashes);
        digits(out, month, 2);
        dash(out, dashes);
        digits(out, dayOfYear - (153 * marchMonth + 2) / 5 + 1, 2);
    }

    private static void dash(final TextWriter out, final boolean dashes)
    {
        if (dashes)
        {
            out.put((byte) '-');
        }
    }

    private static void clock(final TextWriter out, final long utcNs)
    {
        final int secondOfDay = (int) (utcNs / NANOS_PER_SECOND % SECONDS_PER_DAY);
        digits(out, secondOfDay / 3600, 2);
        out.put((byte) ':');
        digits(out, secondOfDay / 60 % 60, 2);
        out.put((byte) ':');
        digits(out, secondOfDay % 60, 2);
        out.put((byte) '.');
        digits(out, (int) (utcNs / NANOS_PER_MILLI % 1000), 3);
    }

    private static void digits(final TextWriter out, final int value, final int count)
    {
        int unit = 1;
        for (int i = 1; i < count; i++)
        {
            unit *= 10;
        }
        for (int rest = value; unit > 0; unit /= 10)
        {
            out.put((byte) ('0' + rest / unit % 10));
        }
    }
}
