package io.countersign.venues.profile;

import java.util.Locale;

/**
 * What a field's value is in JSON.
 */
public enum JsonType
{
    /** Text in quotes. */
    STRING,

    /** Digits without quotes. */
    NUMBER,

    /** {@code true} or {@code false}. */
    BOOLEAN;

    /**
     * The type of a name in a profile.
     *
     * @param configName for example {@code number}.
     * @return the type, or null when none has this name.
     */
    public static JsonType ofConfigName(final String configName)
    {
        for (final JsonType type : values())
        {
            if (type.name().toLowerCase(Locale.ROOT).equals(configName))
            {
                return type;
            }
        }
        return null;
    }
}
