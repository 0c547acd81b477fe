package io.countersign.ops.audit;

import io.countersign.ops.VersionProvider;
import io.countersign.ops.archive.ArchiveCommand;
import io.countersign.ops.audit.report.ReportCommand;
import io.countersign.ops.verify.ConsistencyCommand;
import io.countersign.ops.verify.JournalKeysCommand;
import io.countersign.ops.verify.ProveCommand;
import io.countersign.ops.verify.VerifyCommand;
import io.countersign.ops.verify.VerifyProofCommand;
import picocli.CommandLine.Command;

/**
 * {@code countersign audit}.
 */
@Command(
    name = "audit",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = "Reads, verifies and archives the audit journal.",
    subcommands = {ReplayCommand.class, ReportCommand.class, StagesCommand.class, VerifyCommand.class,
        ProveCommand.class, VerifyProofCommand.class, ConsistencyCommand.class, JournalKeysCommand.class,
        ArchiveCommand.class},
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExample:%n",
    footer = "  countersign audit replay /var/lib/countersign/journal")
public final class AuditCommand
{
    /**
     * For picocli.
     */
    public AuditCommand()
    {
    }
}
