package io.countersign.gateway.register;

import java.nio.charset.StandardCharsets;

/**
 * Texts that may stand in an entry.
 */
final class EntryText
{
    /** Longest name in bytes of UTF-8: it travels in frames and records. */
    static final int MAX_NAME_LENGTH = 64;

    private EntryText()
    {
    }

    static void checkName(final String name, final String what)
    {
        if (null == name || name.isEmpty() || !isClean(name) ||
            MAX_NAME_LENGTH < name.getBytes(StandardCharsets.UTF_8).length)
        {
            throw new IllegalArgumentException(
                "the " + what + " is not 1 to " + MAX_NAME_LENGTH + " bytes of UTF-8 without control characters");
        }
    }

    static boolean isPrintable(final String text)
    {
        return text.chars().allMatch((c) -> ' ' <= c && c < 0x7F);
    }

    /** A text from a file that nobody vouches for, fit for a terminal. */
    static String shown(final String text)
    {
        final String clean = text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]", "?");
        return clean.length() <= MAX_NAME_LENGTH ? clean : clean.substring(0, MAX_NAME_LENGTH) + "...";
    }

    /** Without control characters and halves of surrogate pairs. */
    private static boolean isClean(final String name)
    {
        int i = 0;
        while (i < name.length())
        {
            final int c = name.codePointAt(i);
            if (Character.isISOControl(c) || Character.MIN_SURROGATE <= c && c <= Character.MAX_SURROGATE)
            {
                return false;
            }
            i += Character.charCount(c);
        }
        return true;
    }
}
