package io.countersign.ops;

import io.countersign.ops.audit.AuditCommand;
import io.countersign.ops.jwks.JwksCommand;
import io.countersign.ops.keys.InitCommand;
import io.countersign.ops.keys.KeysCommand;
import io.countersign.ops.keys.TokenCommand;
import io.countersign.ops.operators.ExecutionCommand;
import io.countersign.ops.operators.OperatorsCommand;
import io.countersign.ops.operators.SwitchCommand;
import io.countersign.ops.policy.PolicyCommand;
import io.countersign.ops.principals.PrincipalsCommand;
import io.countersign.ops.status.StatusCommand;
import io.countersign.ops.venues.VenueCommand;
import picocli.CommandLine.Command;

/**
 * {@code countersign} itself, which only leads to its subcommands.
 */
@Command(
    name = "countersign",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = "Operates a Countersign signing gateway.",
    subcommands = {
        InitCommand.class, AuditCommand.class, StatusCommand.class, PolicyCommand.class, KeysCommand.class,
        TokenCommand.class, PrincipalsCommand.class, OperatorsCommand.class, SwitchCommand.class,
        ExecutionCommand.class, JwksCommand.class, VenueCommand.class
    },
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExamples:%n",
    footer = {
        "  countersign audit replay /var/lib/countersign/journal --decision denied",
        "  countersign status --config /etc/countersign/gateway.yaml",
        "  countersign policy check /etc/countersign/gateway.yaml",
        "  countersign keys check --config /etc/countersign/gateway.yaml",
        "  countersign venue test acme.yaml acme-vectors.json",
        "",
        "Exit codes: 0 ok, 1 something is wrong with what was looked at, 2 wrong usage, configuration or files, " +
            "3 the token refused."
    })
final class RootCommand
{
    RootCommand()
    {
    }
}
