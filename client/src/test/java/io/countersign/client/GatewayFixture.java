package io.countersign.client;

import java.nio.file.Path;

/**
 * A gateway that signs whatever it is asked to, for tests outside this package.
 */
public final class GatewayFixture implements AutoCloseable
{
    private final ScriptedGateway gateway = new ScriptedGateway();

    public String aeronDirectoryName()
    {
        return gateway.aeronDirectoryName();
    }

    /** A file with an API key that the gateway knows. */
    public Path apiKeyFile()
    {
        return ScriptedGateway.apiKeyFile("fixture", ScriptedGateway.apiKeyText());
    }

    @Override
    public void close()
    {
        gateway.close();
    }
}
