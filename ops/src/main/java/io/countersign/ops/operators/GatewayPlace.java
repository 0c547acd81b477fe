package io.countersign.ops.operators;

import io.countersign.gateway.config.ConfigException;
import io.countersign.gateway.config.ConfigReader;
import io.countersign.ops.CommandException;

import java.nio.file.Path;

/**
 * Where a running gateway takes commands.
 */
public final class GatewayPlace
{
    private GatewayPlace()
    {
    }

    /**
     * The directory of its media driver.
     *
     * @param config         of the gateway, or null.
     * @param aeronDirectory in place of what the configuration says, or null.
     * @return the directory.
     */
    public static Path directory(final Path config, final Path aeronDirectory)
    {
        if (null != aeronDirectory)
        {
            return aeronDirectory;
        }
        if (null == config)
        {
            throw new CommandException("neither --config nor --aeron-directory says which gateway");
        }
        try
        {
            return ConfigReader.read(config).ingresses().stream()
                .filter((ingress) -> !ingress.isUdp())
                .findFirst()
                .orElseThrow(() -> new CommandException(
                    config + ": has no ipc: ingress, and commands go by no other; add one"))
                .aeronDirectory();
        }
        catch (final ConfigException ex)
        {
            throw new CommandException(ex.getMessage());
        }
    }
}
