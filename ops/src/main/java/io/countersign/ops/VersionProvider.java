package io.countersign.ops;

import io.countersign.gateway.GatewayVersion;
import picocli.CommandLine.IVersionProvider;

/**
 * The version, which is that of the gateway in the same distribution.
 */
public final class VersionProvider implements IVersionProvider
{
    /**
     * For picocli.
     */
    public VersionProvider()
    {
    }

    /**
     * {@inheritDoc}
     */
    @Override
    public String[] getVersion()
    {
        return new String[]{"countersign " + GatewayVersion.VERSION};
    }
}
