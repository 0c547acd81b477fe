package io.countersign.ops.venues;

import io.countersign.ops.VersionProvider;
import picocli.CommandLine.Command;

/**
 * {@code countersign venue}.
 */
@Command(
    name = "venue",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = "Looks at the venues that requests can be signed for, and holds profiles of them to vectors.",
    subcommands = {VenueListCommand.class, VenueShowCommand.class, VenueTestCommand.class},
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExamples:%n",
    footer = {
        "  countersign venue list",
        "  countersign venue show okx-v5",
        "  countersign venue test acme.yaml acme-vectors.json"
    })
public final class VenueCommand
{
    /**
     * For picocli.
     */
    public VenueCommand()
    {
    }
}
