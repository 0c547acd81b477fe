package io.countersign.gateway.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Reads {@code token}, or the list {@code tokens}, and which of them a key is in.
 */
final class TokenSection
{
    private static final int MAX_TOKENS = 16;
    /** Stands in labels of counters and in names of threads. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,59}");
    private static final String EXPECTED_NAME =
        "up to 60 letters, digits, dots, hyphens and underscores, the first a letter or digit";

    private final List<TokenConfig> tokens;
    private final boolean isList;

    private TokenSection(final List<TokenConfig> tokens, final boolean isList)
    {
        this.tokens = tokens;
        this.isList = isList;
    }

    static TokenSection read(final YamlMapping root, final Path base) throws ConfigException
    {
        if (!root.has("tokens"))
        {
            final YamlMapping token = root.mapping("token", "module, label, pin-file");
            token.allowOnly(PinSection.with("module", "label"));
            return new TokenSection(List.of(token(token, base, token.text("label", "the token's label"))), false);
        }
        if (root.has("token"))
        {
            throw root.error("tokens", "the configuration has 'token' and 'tokens'; expected one of the two");
        }
        final List<TokenConfig> tokens = new ArrayList<>();
        for (final YamlMapping mapping : root.mappings("tokens", "a token"))
        {
            if (MAX_TOKENS == tokens.size())
            {
                throw mapping.error("name", "there are more than " + MAX_TOKENS + " tokens");
            }
            mapping.allowOnly(PinSection.with("name", "module", "label"));
            final TokenConfig token = token(mapping, base, mapping.choice(
                "name", (value) -> NAME.matcher(value).matches() ? value : null, EXPECTED_NAME));
            for (final TokenConfig other : tokens)
            {
                refuseConflict(mapping, token, other);
            }
            tokens.add(token);
        }
        return new TokenSection(List.copyOf(tokens), true);
    }

    List<TokenConfig> tokens()
    {
        return tokens;
    }

    /** The name of the token that a key names; where there is one token, a key need not. */
    String tokenOf(final YamlMapping key) throws ConfigException
    {
        if (!isList && key.has("token"))
        {
            throw key.error("token", "'token' is one of the list 'tokens', which is not there; expected no 'token', " +
                "or 'tokens' with a name for each");
        }
        if (1 == tokens.size() && !key.has("token"))
        {
            return tokens.getFirst().name();
        }
        final List<String> names = tokens.stream().map(TokenConfig::name).toList();
        return key.choice(
            "token", (value) -> names.contains(value) ? value : null, "one of 'tokens': " + String.join(", ", names));
    }

    private static TokenConfig token(final YamlMapping token, final Path base, final String name)
        throws ConfigException
    {
        return new TokenConfig(
            name,
            token.path("module", base, "the path of a PKCS#11 library"),
            token.text("label", "the token's label"),
            new PinSection(base).read(token));
    }

    private static void refuseConflict(final YamlMapping mapping, final TokenConfig token, final TokenConfig other)
        throws ConfigException
    {
        if (token.name().equals(other.name()))
        {
            throw mapping.error("name", "the token '" + token.name() + "' stands twice");
        }
        if (token.module().equals(other.module()) && token.label().equals(other.label()))
        {
            throw mapping.error("label", "'" + token.name() + "' and '" + other.name() +
                "' are one token, of one module and label; expected each token once");
        }
    }
}
