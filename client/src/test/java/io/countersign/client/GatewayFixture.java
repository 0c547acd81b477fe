package io.countersign.client;

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

    @Override
    public void close()
    {
        gateway.close();
    }
}
