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
    BOOLEAN,

    /** A list with one text in it. */
    STRINGS,

    /** A list with one number in it. */
    NUMBERS;

    /**
     * Whether the value stands in quotes.
     *
     * @return true for texts, in a list or not.
     */
    public boolean isQuoted()
    {
        return STRING == this || STRINGS == this;
    }

    /**
     * Whether the value stands without quotes and has to be a number.
     *
     * @return true for numbers, in a list or not.
     */
    public boolean isNumber()
    {
        return NUMBER == this || NUMBERS == this;
    }

    /**
     * Whether the value stands alone in a list.
     *
     * @return true for lists.
     */
    public boolean isList()
    {
        return STRINGS == this || NUMBERS == this;
    }

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
