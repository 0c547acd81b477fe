package io.countersign.perf.report;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is measured side by side, by the second part of the ids {@code peer/NAME/...}; of a peer of the same token and
 * key there is one.
 */
public final class SideBySide
{
    /** {@code C_SignInit} and {@code C_Sign} from C: what everything else is measured above. */
    public static final String BARE = "bare";

    /** The gateway, where it is measured in the same rounds as its peers. */
    public static final String GATEWAY = "countersign";

    private static final Map<String, String> TITLE_BY_NAME = Map.of(
        BARE, "bare `C_SignInit` + `C_Sign` from C",
        GATEWAY, "Countersign",
        "sunpkcs11", "SunPKCS11 through JCA, in the bot's own process",
        "p11-kit", "p11-kit remote, over a unix socket",
        "http", "HTTP/JSON signer on the JDK's server, keep-alive");

    private SideBySide()
    {
    }

    /** For people; a name that is not known here stands for itself. */
    static String title(final Series series)
    {
        return SeriesKind.PEER == series.kind() ?
            TITLE_BY_NAME.getOrDefault(series.part(1), series.part(1)) : TITLE_BY_NAME.get(GATEWAY);
    }

    /** The bare call that a series is to be compared with: of its token and key. */
    static Optional<Series> bare(final List<Series> all, final Series series)
    {
        return named(all, BARE, series);
    }

    /** The gateway as its peers met it: from the same rounds, else from the closed loop with one bot. */
    static Optional<Series> gateway(final List<Series> all, final Series peer)
    {
        return named(all, GATEWAY, peer).or(() -> all.stream()
            .filter((one) -> isOneInFlight(one) && one.isLike(peer))
            .findFirst());
    }

    private static Optional<Series> named(final List<Series> all, final String name, final Series like)
    {
        return all.stream()
            .filter((one) -> SeriesKind.PEER == one.kind() && name.equals(one.part(1)) && one.isLike(like))
            .findFirst();
    }

    /** Whether a series is the closed loop with one bot and one request. */
    static boolean isOneInFlight(final Series series)
    {
        return SeriesKind.CLOSED_LOOP == series.kind() && 1 == series.bots() && "closed".equals(series.part(0));
    }
}
