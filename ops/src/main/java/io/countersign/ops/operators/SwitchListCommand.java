package io.countersign.ops.operators;

import io.countersign.client.OperatorClient;
import io.countersign.ops.VersionProvider;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.util.concurrent.Callable;

/**
 * {@code countersign switch list}.
 */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = {
        "Prints every kill switch that is on, and every rule that its repeated-execution throttle has stopped.",
        "Prints nothing when there is none."
    },
    footerHeading = "%nExample:%n",
    footer = {
        "  countersign switch list --config gateway.yaml --operator anna --api-key-file anna.key",
        "",
        "Exit codes: 0 done, 1 the gateway refused or did not answer, 2 wrong usage, configuration or files."
    })
public final class SwitchListCommand implements Callable<Integer>
{
    @Mixin
    private OperatorConnection connection;

    /**
     * For picocli.
     */
    public SwitchListCommand()
    {
    }

    /**
     * Gives the command.
     *
     * @return exit code.
     */
    @Override
    public Integer call()
    {
        return connection.run(OperatorCommands.text("switch list"), OperatorClient::askSwitches, "listed");
    }
}
