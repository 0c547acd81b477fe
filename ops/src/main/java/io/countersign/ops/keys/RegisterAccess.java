package io.countersign.ops.keys;

import io.countersign.ops.CommandException;
import io.countersign.ops.operators.GatewayPlace;
import io.countersign.ops.operators.OperatorCommands;
import io.countersign.ops.operators.OperatorOptions;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.nio.file.Path;

/**
 * The options of commands that look after a token, and with {@code --operator} after the register of a running gateway.
 */
final class RegisterAccess
{
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = {"--aeron-directory", "--aeron-dir"}, paramLabel = "DIR", description =
        "With --operator: directory of the gateway's media driver, in place of the one in --config.")
    private Path aeronDirectory;

    @ArgGroup(exclusive = false)
    private OperatorOptions operator;

    @Option(names = "--comment", paramLabel = "TEXT", description = "With --operator: why, for the journal.")
    private String comment;

    /** Whether a running gateway is meant. */
    boolean isGateway()
    {
        if (null == operator && (null != aeronDirectory || null != comment))
        {
            throw new CommandException("--aeron-directory and --comment go with --operator, which is not given");
        }
        return null != operator;
    }

    String comment()
    {
        return comment;
    }

    /** Opens the operator's key. */
    OperatorCommands open(final Path config)
    {
        return OperatorCommands.open(GatewayPlace.directory(config, aeronDirectory), operator, spec);
    }
}
