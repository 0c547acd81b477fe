package io.countersign.ops.keys;

import io.countersign.ops.VersionProvider;
import picocli.CommandLine.Command;

/**
 * {@code countersign token}.
 */
@Command(
    name = "token",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = "Prepares a token.",
    subcommands = TokenInitCommand.class,
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExample:%n",
    footer = "  countersign token init --help")
public final class TokenCommand
{
    /**
     * For picocli.
     */
    public TokenCommand()
    {
    }
}
