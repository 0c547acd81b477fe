package io.countersign.venues.profile;

/**
 * How a venue wants an instant written.
 */
public enum TimeFormat
{
    /** Seconds since 1970. */
    SECONDS("s"),

    /** Milliseconds since 1970. */
    MILLIS("ms"),

    /** Microseconds since 1970. */
    MICROS("us"),

    /** ISO 8601 in UTC with milliseconds: {@code 2020-12-08T09:08:57.715Z}. */
    ISO_8601("iso8601"),

    /** Seconds since 1970 and a fraction of three digits: {@code 1573653521.402}. */
    SECONDS_MILLIS("s.ms"),

    /** UTCTimestamp of FIX with milliseconds: {@code 20240627-11:17:25.223}. */
    FIX("fix");

    private final String configName;

    TimeFormat(final String configName)
    {
        this.configName = configName;
    }

    /**
     * The name in profiles.
     *
     * @return for example {@code ms}.
     */
    public String configName()
    {
        return configName;
    }

    /**
     * The format of a name in a profile.
     *
     * @param configName for example {@code ms}.
     * @return the format, or null when none has this name.
     */
    public static TimeFormat ofConfigName(final String configName)
    {
        for (final TimeFormat format : values())
        {
            if (format.configName.equals(configName))
            {
                return format;
            }
        }
        return null;
    }
}
