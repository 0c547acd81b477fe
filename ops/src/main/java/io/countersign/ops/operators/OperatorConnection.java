package io.countersign.ops.operators;

import io.countersign.client.CommandAnswer;
import io.countersign.client.OperatorClient;
import io.countersign.codecs.CommandText;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.nio.file.Path;
import java.util.function.Function;

/**
 * The options that say which gateway to command, and as whom.
 */
public final class OperatorConnection
{
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--config", paramLabel = "FILE", description =
        "The gateway's configuration: the command goes by its first ipc: ingress.")
    private Path config;

    @Option(names = {"--aeron-directory", "--aeron-dir"}, paramLabel = "DIR", description =
        "Directory of the gateway's media driver, in place of --config.")
    private Path aeronDirectory;

    @ArgGroup(exclusive = false, multiplicity = "1")
    private OperatorOptions operator;

    /**
     * For picocli.
     */
    public OperatorConnection()
    {
    }

    /**
     * Opens the operator's key, for one command or several.
     *
     * @return to be closed.
     */
    public OperatorCommands open()
    {
        return OperatorCommands.open(GatewayPlace.directory(config, aeronDirectory), operator, spec);
    }

    /**
     * Gives one command that must be signed and prints the lines of its answer.
     *
     * @param command to give.
     * @param done    printed when there is a record of the command, with its sequence behind it.
     * @return exit code.
     */
    public int run(final CommandText command, final String done)
    {
        try (OperatorCommands commands = open())
        {
            return commands.run(command, done);
        }
    }

    /**
     * Gives one command, signed where the operator's key is given, and prints the lines of its answer.
     *
     * @param command  to give.
     * @param unsigned the same without a signature.
     * @param done     as above.
     * @return exit code.
     */
    int run(final CommandText command, final Function<OperatorClient, CommandAnswer> unsigned, final String done)
    {
        try (OperatorCommands commands = open())
        {
            return commands.run(command, unsigned, done);
        }
    }
}
