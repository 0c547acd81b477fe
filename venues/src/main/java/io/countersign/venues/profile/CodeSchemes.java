package io.countersign.venues.profile;

import io.countersign.venues.dydx.DydxScheme;
import io.countersign.venues.ethereum.EthereumScheme;
import io.countersign.venues.hyperliquid.HyperliquidScheme;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The code schemes that this build knows.
 */
public final class CodeSchemes
{
    private static final List<CodeScheme> SCHEMES =
        List.of(new HyperliquidScheme(), new EthereumScheme(), new DydxScheme());

    private CodeSchemes()
    {
    }

    /**
     * The scheme of a name.
     *
     * @param name in a profile.
     * @return the scheme, or null when none has this name.
     */
    public static CodeScheme byName(final String name)
    {
        return SCHEMES.stream().filter((scheme) -> scheme.name().equals(name)).findFirst().orElse(null);
    }

    /**
     * Every name that {@link #byName} knows, and that of profiles, for messages to people.
     *
     * @return the names, separated by a comma and a space.
     */
    public static String names()
    {
        return Profile.PROFILE_SCHEME +
            SCHEMES.stream().map((scheme) -> ", " + scheme.name()).collect(Collectors.joining());
    }
}
