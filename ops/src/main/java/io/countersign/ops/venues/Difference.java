package io.countersign.ops.venues;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Two texts side by side where they part.
 */
final class Difference
{
    private static final int BEFORE = 24;
    private static final int BEHIND = 40;
    private static final int QUARTERS = 4;
    private static final int FIRST_PRINTABLE = 0x20;
    private static final int FIRST_BEHIND_ASCII = 0x7F;

    private Difference()
    {
    }

    /** Lines for people, without what is in {@code secrets}. */
    static List<String> lines(
        final String what, final byte[] vector, final byte[] profile, final List<String> secrets)
    {
        final int at = Arrays.mismatch(vector, profile);
        return List.of(
            what + " differs from byte " + at + " on (the vector has " + vector.length + " bytes, the profile writes " +
                profile.length + ")",
            "vector:  " + around(vector, at, secrets),
            "profile: " + around(profile, at, secrets));
    }

    /** Whether three quarters are the same: one was meant to be the other. */
    static boolean isSmall(final byte[] vector, final byte[] profile)
    {
        final int shorter = Math.min(vector.length, profile.length);
        final int before = Math.max(0, Arrays.mismatch(vector, profile));
        int behind = 0;
        while (behind < shorter - before &&
            vector[vector.length - 1 - behind] == profile[profile.length - 1 - behind])
        {
            behind++;
        }
        return QUARTERS * (before + behind) >= (QUARTERS - 1) * Math.max(vector.length, profile.length);
    }

    private static String around(final byte[] bytes, final int at, final List<String> secrets)
    {
        final byte[] shown = bytes.clone();
        for (final String secret : secrets)
        {
            hide(shown, secret.getBytes(StandardCharsets.UTF_8));
        }
        final int begin = Math.max(0, at - BEFORE);
        final int end = Math.min(bytes.length, at + BEHIND);
        final StringBuilder text = new StringBuilder(0 < begin ? "..." : "");
        for (int i = begin; i < end; i++)
        {
            if (i == at)
            {
                text.append(" >> ");
            }
            final int value = Byte.toUnsignedInt(shown[i]);
            text.append(FIRST_PRINTABLE <= value && value < FIRST_BEHIND_ASCII ?
                String.valueOf((char) value) : '\n' == value ? "\\n" : "\\x%02x".formatted(value));
        }
        return text.append(end == at ? " >> (its end)" : end < bytes.length ? "..." : "").toString();
    }

    private static void hide(final byte[] bytes, final byte[] secret)
    {
        for (int i = 0; 0 < secret.length && i + secret.length <= bytes.length; i++)
        {
            if (Arrays.equals(bytes, i, i + secret.length, secret, 0, secret.length))
            {
                Arrays.fill(bytes, i, i + secret.length, (byte) '*');
            }
        }
    }
}
