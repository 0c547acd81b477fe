package io.countersign.ops.operators;

import io.countersign.ops.VersionProvider;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.util.concurrent.Callable;

/**
 * {@code countersign operators proposals}.
 */
@Command(
    name = "proposals",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = {
        "Prints the commands that wait for a second security officer, one line each: what, by whom, until when."
    },
    footerHeading = "%nExample:%n",
    footer = {
        "  countersign operators proposals \\",
        "    --config gateway.yaml --operator olga --api-key-file olga.key --operator-key olga.pem",
        "",
        "Exit codes: 0 done, 1 the gateway refused or did not answer, 2 wrong usage, configuration or files, " +
            "3 a token refused."
    })
public final class OperatorsProposalsCommand implements Callable<Integer>
{
    @Mixin
    private OperatorConnection connection;

    /**
     * For picocli.
     */
    public OperatorsProposalsCommand()
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
        return connection.run(OperatorCommands.text("operators proposals"), "listed");
    }
}
