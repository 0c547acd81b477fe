package io.countersign.ops.policy;

import io.countersign.ops.VersionProvider;
import io.countersign.ops.operators.PolicyReloadCommand;
import picocli.CommandLine.Command;

/**
 * {@code countersign policy}.
 */
@Command(
    name = "policy",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = "Looks at policies before they are in force, and puts them in force.",
    subcommands = {
        PolicyCheckCommand.class, PolicyExplainCommand.class, PolicyBacktestCommand.class, PolicyReloadCommand.class
    },
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExample:%n",
    footer = "  countersign policy check gateway.yaml")
public final class PolicyCommand
{
    /**
     * For picocli.
     */
    public PolicyCommand()
    {
    }
}
