package io.countersign.ops.audit;

import io.countersign.ops.VersionProvider;
import io.countersign.ops.audit.report.ReportCommand;
import picocli.CommandLine.Command;

/**
 * {@code countersign audit}.
 */
@Command(
    name = "audit",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = "Reads the audit journal.",
    subcommands = {ReplayCommand.class, ReportCommand.class, StagesCommand.class},
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
