package io.countersign.ops.operators;

import io.countersign.ops.VersionProvider;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.util.concurrent.Callable;

/**
 * {@code countersign operators list}.
 */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = {
        "Prints every operator that is enrolled at a running gateway: role, state, public key, version of its " +
            "one-time codes."
    },
    footerHeading = "%nExample:%n",
    footer = {
        "  countersign operators list \\",
        "    --config gateway.yaml --operator olga --api-key-file olga.key --operator-key olga.pem",
        "",
        "Exit codes: 0 done, 1 the gateway refused or did not answer, 2 wrong usage, configuration or files, " +
            "3 a token refused."
    })
public final class OperatorsListCommand implements Callable<Integer>
{
    @Mixin
    private OperatorConnection connection;

    /**
     * For picocli.
     */
    public OperatorsListCommand()
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
        return connection.run(OperatorCommands.text("operators list"), "listed");
    }
}
