package io.countersign.ops.operators;

import io.countersign.ops.VersionProvider;
import picocli.CommandLine.Command;

/**
 * {@code countersign switch}.
 */
@Command(
    name = "switch",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = "Turns the kill switches of a running gateway.",
    subcommands = {SwitchOnCommand.class, SwitchOffCommand.class, SwitchListCommand.class},
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExamples:%n",
    footer = {
        "  countersign switch on --all --config gateway.yaml --operator anna --api-key-file anna.key",
        "  countersign switch list --config gateway.yaml --operator anna --api-key-file anna.key"
    })
public final class SwitchCommand
{
    /**
     * For picocli.
     */
    public SwitchCommand()
    {
    }
}
