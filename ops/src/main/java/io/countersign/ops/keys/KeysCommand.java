package io.countersign.ops.keys;

import io.countersign.ops.VersionProvider;
import picocli.CommandLine.Command;

/**
 * {@code countersign keys}.
 */
@Command(
    name = "keys",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = "Brings keys onto a token.",
    subcommands = KeysImportCommand.class,
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExample:%n",
    footer = "  countersign keys import --help")
public final class KeysCommand
{
    /**
     * For picocli.
     */
    public KeysCommand()
    {
    }
}
