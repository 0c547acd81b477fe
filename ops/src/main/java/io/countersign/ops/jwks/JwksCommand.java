package io.countersign.ops.jwks;

import io.countersign.ops.VersionProvider;
import picocli.CommandLine.Command;

/**
 * {@code countersign jwks}.
 */
@Command(
    name = "jwks",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = "Fetches the public keys that access tokens are checked with.",
    subcommands = {JwksFetchCommand.class, JwksFollowCommand.class},
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExample:%n",
    footer = "  countersign jwks fetch --help")
public final class JwksCommand
{
    /**
     * For picocli.
     */
    public JwksCommand()
    {
    }
}
