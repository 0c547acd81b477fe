package io.countersign.ops.policy;

import io.countersign.codecs.wire.Reason;
import io.countersign.gateway.config.ConfigException;
import io.countersign.gateway.config.KeyConfig;
import io.countersign.gateway.config.PolicyConfig;
import io.countersign.gateway.config.PolicyException;
import io.countersign.gateway.journal.JournalReader;
import io.countersign.gateway.journal.RecentRecords;
import io.countersign.gateway.policy.Explanation;
import io.countersign.gateway.policy.Ledger;
import io.countersign.gateway.policy.Policy;
import io.countersign.gateway.policy.PolicyCompiler;
import io.countersign.gateway.replay.LedgerRecovery;
import io.countersign.ops.CommandException;
import io.countersign.ops.ExitCode;
import io.countersign.ops.VersionProvider;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/**
 * {@code countersign policy explain}.
 */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = {
        "Shows what the signature of one request would be good for at the venue, and the road of the request " +
            "through a policy: every question, its answer, the decision. Nothing is signed and nothing is changed.",
        "The request is a JSON object with these fields: " + OrderText.FIELDS + ". Without `ingress` the source is " +
            "not asked about; without `time` it is decided as of now."
    },
    footerHeading = "%nExample:%n",
    footer = {
        "  echo '{\"principal\": \"maker-1\", \"operation\": \"new-order\", \"key\": \"binance-main\"," +
            " \"symbol\": \"BTCUSDT\",",
        "    \"side\": \"BUY\", \"orderType\": \"LIMIT\", \"quantity\": \"0.1\", \"price\": \"64000\"}' |",
        "    countersign policy explain /etc/countersign/gateway.yaml --order -",
        "",
        "Exit codes: 0 allowed, 1 refused, 2 the order, the policy or the journal cannot be read."
    })
public final class PolicyExplainCommand implements Callable<Integer>
{
    private static final int MAX_ORDER_LENGTH = 64 * 1024;

    @Spec
    private CommandSpec spec;

    @Mixin
    private PolicyInput input;

    @Option(names = "--order", required = true, paramLabel = "FILE", description =
        "The request as JSON; - for standard input.")
    private String orderFile;

    @Option(names = "--journal", paramLabel = "DIR", description =
        "Take limits and switches as this journal leaves them; without it nothing is used up and none is on.")
    private Path directory;

    /**
     * For picocli.
     */
    public PolicyExplainCommand()
    {
    }

    /**
     * Explains a decision.
     *
     * @return exit code.
     */
    @Override
    public Integer call()
    {
        final PrintWriter out = spec.commandLine().getOut();
        try
        {
            final PolicyConfig config = input.read();
            final Policy policy = PolicyCompiler.compile(config);
            final Explanation.Question question = question();
            final Explanation explanation = new Explanation(policy, ledger(policy), question);
            final PowerText power = new PowerText(config);
            final KeyConfig key = power.key(question.order().key().toString());
            if (null != key)
            {
                out.println("-   power: " + power.of(key, question.order().operation()));
            }
            explanation.lines().forEach(out::println);
            out.flush();
            return Reason.NONE.value() == explanation.reason() ? ExitCode.OK : ExitCode.WRONG;
        }
        catch (final PolicyException ex)
        {
            ex.errors().forEach(spec.commandLine().getErr()::println);
            throw new CommandException(ex.errors().size() + " errors: nothing can be decided with this policy");
        }
        catch (final ConfigException | IllegalArgumentException ex)
        {
            throw new CommandException(ex.getMessage());
        }
        catch (final IOException ex)
        {
            throw new CommandException(("-".equals(orderFile) ? "standard input" : orderFile) +
                " or the journal cannot be read: " + ex.getMessage());
        }
    }

    private Ledger ledger(final Policy policy) throws IOException
    {
        final Ledger ledger = new Ledger(policy);
        if (null != directory)
        {
            if (!JournalReader.isJournal(directory))
            {
                throw new CommandException(directory + " holds no journal (no *.cq4 file): give the directory that " +
                    "journal-directory names in the gateway's configuration");
            }
            RecentRecords.read(directory, Long.MAX_VALUE, new LedgerRecovery(policy, ledger));
        }
        return ledger;
    }

    private Explanation.Question question() throws IOException
    {
        final byte[] bytes = "-".equals(orderFile) ?
            System.in.readNBytes(MAX_ORDER_LENGTH) : Files.readAllBytes(Path.of(orderFile));
        final OrderText text = OrderText.of(new String(bytes, StandardCharsets.UTF_8));
        final Instant time = text.time();
        return new Explanation.Question(
            text.principal(),
            text.ingress(),
            text.address(),
            text.order(),
            TimeUnit.SECONDS.toNanos(time.getEpochSecond()) + time.getNano(),
            text.accessScopes());
    }
}
