package io.countersign.ops.operators;

import io.countersign.ops.VersionProvider;
import picocli.CommandLine.Command;

/**
 * {@code countersign execution}.
 */
@Command(
    name = "execution",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = "Re-enables rules that their repeated-execution throttles have stopped.",
    subcommands = ExecutionEnableCommand.class,
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExample:%n",
    footer = "  countersign execution enable --help")
public final class ExecutionCommand
{
    /**
     * For picocli.
     */
    public ExecutionCommand()
    {
    }
}
