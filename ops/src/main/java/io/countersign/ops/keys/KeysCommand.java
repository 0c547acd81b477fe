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
    description = {
        "Brings keys onto a token, looks at those that are there, and looks after those of a running gateway."
    },
    subcommands = {
        KeysGenerateCommand.class, KeysImportCommand.class, KeysListCommand.class, KeysShowCommand.class,
        KeysCheckCommand.class, KeysExportPublicCommand.class, KeysRegisterCommand.class, KeysActivateCommand.class,
        KeysRotateCommand.class, KeysSuspendCommand.class, KeysRevokeCommand.class, KeysDestroyCommand.class,
        KeysRecoveryCommand.class, KeysBackupCommand.class, KeysRestoreCommand.class
    },
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
