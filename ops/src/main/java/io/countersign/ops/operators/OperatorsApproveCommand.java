package io.countersign.ops.operators;

import io.countersign.ops.CommandException;
import io.countersign.ops.ExitCode;
import io.countersign.ops.Terminal;
import io.countersign.ops.VersionProvider;
import io.countersign.ops.audit.EscapedText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;

/**
 * {@code countersign operators approve}.
 */
@Command(
    name = "approve",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = {
        "Approves what another security officer has proposed, which is then done.",
        "Asks the gateway what the proposal is, shows it, and signs an approval of exactly that: its digest goes " +
            "along. With --digest, as 'operators proposals' printed it, nothing is shown or asked."
    },
    footerHeading = "%nExamples:%n",
    footer = {
        "  countersign operators approve 4711 \\",
        "    --config gateway.yaml --operator otto --api-key-file otto.key --operator-key otto.pem",
        "  countersign operators approve 4711 --digest 2f6e34... --totp 123456 ...",
        "",
        "Exit codes: 0 approved and done, 1 no such proposal, not wanted, or the gateway refused or did not answer, " +
            "2 wrong usage, configuration or files, 3 a token refused."
    })
public final class OperatorsApproveCommand implements Callable<Integer>
{
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

    @Spec
    private CommandSpec spec;

    @Mixin
    private OperatorConnection connection;

    @Parameters(index = "0", paramLabel = "PROPOSAL", description = "Number of the proposal.")
    private String id;

    @Option(names = "--digest", paramLabel = "HEX", description =
        "Digest of what you approve, 64 digits, as you have seen it in 'operators proposals'; nothing is shown then.")
    private String digest;

    @Option(names = "--yes", description = "Do not ask whether to approve what is shown.")
    private boolean isSure;

    /**
     * For picocli.
     */
    public OperatorsApproveCommand()
    {
    }

    /**
     * Gives the commands.
     *
     * @return exit code.
     */
    @Override
    public Integer call()
    {
        final String given = null == digest ? null : digest.toLowerCase(Locale.ROOT);
        if (null != given && !DIGEST.matcher(given).matches())
        {
            throw new CommandException("--digest is no SHA-256: expected 64 hexadecimal digits");
        }
        final Terminal terminal = Terminal.ofProcess(spec.commandLine().getErr());
        if (null == given && !isSure && !terminal.isThere())
        {
            throw new CommandException("there is no terminal to ask on: give --digest HEX, or --yes");
        }
        try (OperatorCommands commands = connection.open())
        {
            final String approved = null == given ? shown(commands, terminal) : given;
            return commands.run(
                OperatorCommands.text("operators approve", "proposal", id, "digest", approved), "approved");
        }
    }

    private String shown(final OperatorCommands commands, final Terminal terminal)
    {
        final Proposal proposal = commands.give(OperatorCommands.text("operators proposals")).lines().stream()
            .map(Proposal::of)
            .filter(Objects::nonNull)
            .filter((one) -> one.id().equals(id))
            .findFirst()
            .orElseThrow(() -> new CommandException("there is no proposal " + EscapedText.of(id) +
                ": it was approved, or its time is over", ExitCode.WRONG));
        spec.commandLine().getErr().println(EscapedText.of(proposal.line()));
        spec.commandLine().getErr().flush();
        if (!isSure && !"yes".equals(terminal.ask("approve that? (yes/no)")))
        {
            throw new CommandException("not approved", ExitCode.WRONG);
        }
        return proposal.digest();
    }
}
