package io.countersign.gateway.config;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads {@code authentication.access-tokens}.
 */
final class AccessIssuerSection
{
    private static final int MAX_NAME_LENGTH = 254;
    private static final int DEFAULT_CLOCK_SKEW_S = 5;
    private static final int MAX_CLOCK_SKEW_S = 300;
    private static final int DEFAULT_LIFETIME_S = 24 * 60 * 60;
    private static final int MAX_LIFETIME_S = 7 * DEFAULT_LIFETIME_S;

    private final Path directory;

    /** Relative paths are relative to that directory. */
    AccessIssuerSection(final Path directory)
    {
        this.directory = directory;
    }

    AccessIssuerConfig read(final YamlMapping section) throws ConfigException
    {
        section.allowOnly("issuer", "audience", "jwks-file", "jwks-url", "jwks-helper", "clock-skew-s",
            "max-lifetime-s");
        final URI jwksUrl = section.has("jwks-url") ? jwksUrl(section) : null;
        return new AccessIssuerConfig(
            name(section, "issuer", "the issuer of access tokens, as their iss claim has it"),
            name(section, "audience", "what the aud claim of access tokens for this gateway holds"),
            path(section, "jwks-file", section.text("jwks-file", null == jwksUrl ?
                "the path of a JWKS file" : "the path at which the JWKS of 'jwks-url' is kept")),
            jwksUrl,
            jwksCommand(section, jwksUrl),
            (int) section.number("clock-skew-s", 0, MAX_CLOCK_SKEW_S, DEFAULT_CLOCK_SKEW_S),
            (int) section.number("max-lifetime-s", 1, MAX_LIFETIME_S, DEFAULT_LIFETIME_S));
    }

    private static String name(final YamlMapping section, final String field, final String expected)
        throws ConfigException
    {
        final String value = section.text(field, expected);
        if (MAX_NAME_LENGTH < value.getBytes(StandardCharsets.UTF_8).length)
        {
            throw section.error(field, "'" + field + "' is longer than " + MAX_NAME_LENGTH + " bytes");
        }
        return value;
    }

    private static URI jwksUrl(final YamlMapping section) throws ConfigException
    {
        final URI url = JwksUrl.of(section.text("jwks-url", JwksUrl.EXPECTED));
        if (null == url)
        {
            throw section.error("jwks-url", "'jwks-url' is not " + JwksUrl.EXPECTED);
        }
        return url;
    }

    private List<String> jwksCommand(final YamlMapping section, final URI jwksUrl) throws ConfigException
    {
        if (!section.has("jwks-helper"))
        {
            return List.of();
        }
        if (null == jwksUrl)
        {
            throw section.error("jwks-helper", "'jwks-helper' has nothing to fetch; expected 'jwks-url' beside it");
        }
        final List<String> command = new ArrayList<>(section.texts(
            "jwks-helper", "a command and its first arguments, for instance [bin/countersign, jwks, follow]"));
        if (command.getFirst().contains("/"))
        {
            command.set(0, path(section, "jwks-helper", command.getFirst()).toString());
        }
        return List.copyOf(command);
    }

    private Path path(final YamlMapping section, final String field, final String value) throws ConfigException
    {
        try
        {
            return directory.resolve(value).normalize();
        }
        catch (final InvalidPathException ex)
        {
            throw section.error(field, "'" + field + "' is '" + value + "', no path here");
        }
    }
}
