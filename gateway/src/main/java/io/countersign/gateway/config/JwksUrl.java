package io.countersign.gateway.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;

/**
 * Where a JWKS may be fetched from.
 */
public final class JwksUrl
{
    /** What is expected, for errors. */
    public static final String EXPECTED =
        "an https URL without user, password and fragment (http only of 127.0.0.1, [::1] or localhost)";

    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "[::1]", "localhost");

    private JwksUrl()
    {
    }

    /**
     * Read a URL.
     *
     * @param text as it is written.
     * @return the URL or null when a JWKS may not be fetched from there.
     */
    public static URI of(final String text)
    {
        try
        {
            final URI url = new URI(text);
            final boolean isSafe = "https".equals(url.getScheme()) ||
                "http".equals(url.getScheme()) && null != url.getHost() && LOOPBACK.contains(url.getHost());
            final boolean isWhole = null != url.getHost() && null == url.getUserInfo() && null == url.getFragment();
            return isSafe && isWhole ? url : null;
        }
        catch (final URISyntaxException ex)
        {
            return null;
        }
    }
}
