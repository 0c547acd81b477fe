package io.countersign.venues;

import java.util.Locale;

/**
 * How the text of a secret that a venue shows once becomes the bytes of the key.
 */
public enum SecretEncoding
{
    /** The characters of the text, in UTF-8. */
    TEXT,

    /** What the text stands for in base64, of either alphabet. */
    BASE64,

    /** What the text stands for in hexadecimal digits. */
    HEX;

    /**
     * The name that configuration uses.
     *
     * @return for example {@code base64}.
     */
    public String configName()
    {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The encoding of a name in configuration.
     *
     * @param configName for example {@code base64}.
     * @return the encoding, or null when none has this name.
     */
    public static SecretEncoding ofConfigName(final String configName)
    {
        for (final SecretEncoding encoding : values())
        {
            if (encoding.configName().equals(configName))
            {
                return encoding;
            }
        }
        return null;
    }
}
