package io.countersign.gateway;

import io.countersign.gateway.config.ConfigException;
import io.countersign.gateway.config.GatewayConfig;
import io.countersign.gateway.config.KeyConfig;
import io.countersign.gateway.config.TokenConfig;
import io.countersign.hsm.KeySpec;
import io.countersign.hsm.SigningLane;
import io.countersign.hsm.TokenConnection;
import io.countersign.hsm.TokenConnector;
import io.countersign.hsm.TokenException;

import java.util.ArrayList;
import java.util.List;

/**
 * The connections that a gateway starts with: to every token, in configuration order, each with its own keys proven.
 */
final class TokenConnections implements AutoCloseable
{
    private final List<String> names;
    private final List<TokenConnector> connectors = new ArrayList<>();
    private final List<TokenConnection> connections = new ArrayList<>();

    private TokenConnections(final List<String> names)
    {
        this.names = names;
    }

    /** All or none: a gateway whose tokens are not all there does not start. */
    static TokenConnections open(final GatewayConfig config) throws ConfigException, TokenException
    {
        final TokenConnections opened = new TokenConnections(
            config.tokens().stream().map(TokenConfig::name).toList());
        boolean isOpen = false;
        try
        {
            for (final TokenConfig token : config.tokens())
            {
                final TokenConnector connector = new TokenConnector(context(config, token));
                opened.connectors.add(connector);
                opened.connections.add(connector.connect());
            }
            isOpen = true;
            return opened;
        }
        finally
        {
            if (!isOpen)
            {
                opened.close();
            }
        }
    }

    List<String> names()
    {
        return names;
    }

    TokenConnector connector(final int tokenIndex)
    {
        return connectors.get(tokenIndex);
    }

    TokenConnection connection(final int tokenIndex)
    {
        return connections.get(tokenIndex);
    }

    List<SigningLane> lanes()
    {
        return connections.stream().map(TokenConnection::inlineLane).toList();
    }

    /** Has the lane of a token other keys from now on; nothing signs on the one before any more. */
    void useKeys(final int tokenIndex, final List<KeySpec> keys) throws TokenException
    {
        final TokenConnection before = connections.get(tokenIndex);
        connections.set(tokenIndex, connectors.get(tokenIndex).connect(keys));
        before.close();
    }

    GatewayContext addTo(final GatewayContext context)
    {
        for (int i = 0; i < names.size(); i++)
        {
            context.token(names.get(i), connections.get(i).inlineLane());
        }
        return context;
    }

    /** What the connectors have opened since is closed, too. */
    @Override
    public void close()
    {
        connectors.forEach(TokenConnector::close);
    }

    private static TokenConnector.Context context(final GatewayConfig config, final TokenConfig token)
        throws ConfigException
    {
        try
        {
            return new TokenConnector.Context()
                .modulePath(token.module())
                .tokenLabel(token.label())
                .pin(token.pin())
                .keys(config.keysIn(token).stream().map(KeyConfig::spec).toList())
                .registerKey(null != config.register() && token.name().equals(config.register().token()) ?
                    config.register().key() : null)
                .auditKey(null != config.audit() && token.name().equals(config.audit().token()) ?
                    config.audit().key() : null)
                .masterKey(token.name().equals(config.masterKeyToken()) ? config.masterKey() : null)
                .conclude();
        }
        catch (final IllegalArgumentException ex)
        {
            throw new ConfigException(config.file() + ": " + ex.getMessage());
        }
    }
}
