package io.countersign.ops.principals;

import io.countersign.ops.VersionProvider;
import picocli.CommandLine.Command;

/**
 * {@code countersign principals}.
 */
@Command(
    name = "principals",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = "Issues API keys to bots and operators.",
    subcommands = PrincipalsIssueCommand.class,
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExample:%n",
    footer = "  countersign principals issue --help")
public final class PrincipalsCommand
{
    /**
     * For picocli.
     */
    public PrincipalsCommand()
    {
    }
}
