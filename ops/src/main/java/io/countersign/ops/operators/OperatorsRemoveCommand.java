package io.countersign.ops.operators;

import io.countersign.ops.VersionProvider;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.concurrent.Callable;

/**
 * {@code countersign operators remove}.
 */
@Command(
    name = "remove",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = {
        "Proposes that an operator is removed: a second security officer approves. Nothing that the operator signs " +
            "is taken then."
    },
    footerHeading = "%nExample:%n",
    footer = {
        "  countersign operators remove bert --comment 'has left' \\",
        "    --config gateway.yaml --operator olga --api-key-file olga.key --operator-key olga.pem",
        "",
        "Exit codes: 0 done, 1 the gateway refused or did not answer, 2 wrong usage, configuration or files, " +
            "3 a token refused."
    })
public final class OperatorsRemoveCommand implements Callable<Integer>
{
    @Mixin
    private OperatorConnection connection;

    @Parameters(index = "0", paramLabel = "NAME", description = "Name of the operator.")
    private String name;

    @Option(names = "--comment", paramLabel = "TEXT", defaultValue = "", description = "Why, for the journal.")
    private String comment;

    /**
     * For picocli.
     */
    public OperatorsRemoveCommand()
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
        return connection.run(OperatorCommands.text("operators remove", "name", name, "comment", comment), "removed");
    }
}
