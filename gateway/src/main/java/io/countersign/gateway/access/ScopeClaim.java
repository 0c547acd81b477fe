package io.countersign.gateway.access;

import io.countersign.venues.Scope;

/**
 * The {@code scope} claim of an access token.
 */
final class ScopeClaim
{
    private static final String PREFIX = "countersign:";

    private ScopeClaim()
    {
    }

    /** Bits of {@link Scope} for names between single spaces, with or without the prefix; unknown names are nothing. */
    static int mask(final String scope)
    {
        int mask = 0;
        for (final String word : scope.split(" "))
        {
            final Scope known = Scope.ofConfigName(word.startsWith(PREFIX) ? word.substring(PREFIX.length()) : word);
            mask |= null == known ? 0 : known.bit();
        }
        return mask;
    }
}
