package io.countersign.venues.profile;

import java.util.Arrays;

/**
 * The characters that a text of a bot may have. Immutable.
 */
public final class CharacterSet
{
    /** Letters, digits and {@code - _ . : /}: what symbols and ids have unless a profile says otherwise. */
    public static final CharacterSet IDS = of("A-Za-z0-9_.:/-");

    /** Every character of Unicode but control characters. */
    public static final CharacterSet ANY = new CharacterSet(null);

    /** The name of {@link #ANY} in profiles. */
    public static final String ANY_NAME = "any";

    private static final int ASCII = 128;

    private final boolean[] allowed;

    private CharacterSet(final boolean[] allowed)
    {
        this.allowed = allowed;
    }

    /**
     * The characters of a class as regular expressions write it, without brackets and escapes.
     *
     * @param ranges printable ASCII, for example {@code A-Za-z0-9_-}; or {@code any}.
     * @return the set, or null when it is none.
     */
    public static CharacterSet of(final String ranges)
    {
        if (ANY_NAME.equals(ranges))
        {
            return ANY;
        }
        final boolean[] allowed = new boolean[ASCII];
        for (int i = 0; i < ranges.length(); i++)
        {
            final char first = ranges.charAt(i);
            final boolean isRange = i + 2 < ranges.length() && ranges.charAt(i + 1) == '-';
            final char last = isRange ? ranges.charAt(i + 2) : first;
            if (first < ' ' || last >= ASCII - 1 || last < first)
            {
                return null;
            }
            Arrays.fill(allowed, first, last + 1, true);
            i += isRange ? 2 : 0;
        }
        return ranges.isEmpty() ? null : new CharacterSet(allowed);
    }

    /**
     * Whether a character of ASCII is in the set.
     *
     * @param character from 0 to 127.
     * @return true when a text may have it.
     */
    public boolean has(final int character)
    {
        return null == allowed ? character >= ' ' && character != ASCII - 1 : allowed[character];
    }

    /**
     * Whether characters beyond ASCII are in the set.
     *
     * @return true for {@link #ANY}.
     */
    public boolean hasAny()
    {
        return null == allowed;
    }
}
