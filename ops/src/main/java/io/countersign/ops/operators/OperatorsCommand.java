package io.countersign.ops.operators;

import io.countersign.ops.VersionProvider;
import picocli.CommandLine.Command;

/**
 * {@code countersign operators}.
 */
@Command(
    name = "operators",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = {
        "Makes operators' keys, enrolls operators at a running gateway, and approves what another has proposed."
    },
    subcommands = {
        OperatorsNewKeyCommand.class, OperatorsTotpCommand.class, OperatorsListCommand.class,
        OperatorsEnrollCommand.class, OperatorsRemoveCommand.class, OperatorsUnlockCommand.class,
        OperatorsProposalsCommand.class, OperatorsApproveCommand.class
    },
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExamples:%n",
    footer = {
        "  countersign operators new-key --out anna.pem",
        "  countersign operators approve --help"
    })
public final class OperatorsCommand
{
    /**
     * For picocli.
     */
    public OperatorsCommand()
    {
    }
}
