package io.countersign.ops.policy;

import io.countersign.codecs.wire.Reason;
import io.countersign.gateway.config.ConfigException;
import io.countersign.gateway.config.FileErrors;
import io.countersign.gateway.config.PolicyConfig;
import io.countersign.gateway.config.PolicyException;
import io.countersign.gateway.journal.JournalReader;
import io.countersign.gateway.policy.Ledger;
import io.countersign.gateway.policy.Policy;
import io.countersign.gateway.policy.PolicyCompiler;
import io.countersign.gateway.replay.DecisionReplay;
import io.countersign.ops.CommandException;
import io.countersign.ops.ExitCode;
import io.countersign.ops.VersionProvider;
import io.countersign.ops.audit.EscapedText;
import io.countersign.venues.Region;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;

/**
 * {@code countersign policy backtest}.
 */
@Command(
    name = "backtest",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = {
        "Takes every decision in a journal again under another policy, and prints those that would differ.",
        "Exact: the journal keeps each request as it was decided on, with its time and what its access token " +
            "granted, and every switch that was turned. Limits over time go by the candidate's own decisions from " +
            "the first record on, so do throttles; rules are re-enabled and switches turned when operators did. A " +
            "session that the candidate does not grant would not have opened, and its requests are refused. What " +
            "venue, token and journal refused stays refused.",
        "An order that falls under another rule with the same answer is no difference; those are counted by rule. " +
            "Requests that were refused before policy was asked (session, deadline) hold no decision and are left " +
            "out. Nothing is signed and nothing is changed."
    },
    footerHeading = "%nExample:%n",
    footer = {
        "  countersign policy backtest /etc/countersign/gateway.yaml candidate.yaml --journal DIR",
        "  countersign policy backtest candidate.yaml --config /etc/countersign/gateway.yaml --journal DIR",
        "",
        "Exit codes: 0 no decision would differ, 1 at least one would, or the journal is damaged, 2 the journal or " +
            "the configuration cannot be read."
    })
public final class PolicyBacktestCommand implements Callable<Integer>
{
    @Spec
    private CommandSpec spec;

    @Mixin
    private PolicyInput input;

    @Option(names = "--journal", required = true, paramLabel = "DIR", description =
        "Directory of the journal: live, a copy, or read-only.")
    private Path directory;

    private final DecisionReplay replay = new DecisionReplay(true);
    private final Map<String, Long> otherRules = new TreeMap<>();
    private long decisions;
    private long differences;
    private long faults;
    private long tornOffset = -1;
    private long firstSequence;

    /**
     * For picocli.
     */
    public PolicyBacktestCommand()
    {
    }

    /**
     * Replays the journal's decisions.
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
            replay.use(policy, new Ledger(policy), config.keys());
            if (!JournalReader.isJournal(directory))
            {
                throw new CommandException(directory + " holds no journal (no *.cq4 file): give the directory that " +
                    "journal-directory names in the gateway's configuration");
            }
            try (JournalReader reader = new JournalReader(directory))
            {
                replay(reader, out);
            }
        }
        catch (final PolicyException ex)
        {
            ex.errors().forEach(spec.commandLine().getErr()::println);
            throw new CommandException(ex.errors().size() + " errors: nothing was decided with this policy");
        }
        catch (final ConfigException ex)
        {
            throw new CommandException(ex.getMessage());
        }
        catch (final IOException ex)
        {
            throw new CommandException(directory + " cannot be read: " + FileErrors.reason(ex));
        }
        printSum(out);
        if (faults > 0)
        {
            throw new CommandException(directory + " is damaged in " + faults +
                " places, so this is not the whole of it: see countersign audit replay", ExitCode.WRONG);
        }
        return 0 == differences ? ExitCode.OK : ExitCode.WRONG;
    }

    private void replay(final JournalReader reader, final PrintWriter out) throws IOException
    {
        boolean isMore = true;
        while (isMore)
        {
            isMore = switch (reader.poll())
            {
                case RECORD -> onRecord(reader, out);
                case TORN -> isTornAnew(reader);
                case CORRUPT, GAP -> 0 < ++faults;
                case END, INCOMPLETE -> false;
            };
        }
    }

    private boolean onRecord(final JournalReader reader, final PrintWriter out)
    {
        if (0 == firstSequence)
        {
            firstSequence = reader.sequence();
        }
        if (replay.onRecord(reader.buffer(), reader.offset()))
        {
            decisions++;
            if (!replay.isSameDecision())
            {
                differences++;
                print(reader.sequence(), out);
            }
            else if (!replay.isSameRule())
            {
                otherRules.merge("principal=" + EscapedText.of(replay.principal()) + ": was" +
                    named(replay.recordedRule()) + ", would be" + named(replay.rule()), 1L, Long::sum);
            }
        }
        return true;
    }

    private void printSum(final PrintWriter out)
    {
        otherRules.forEach((rules, count) ->
            out.printf("same decision by another rule, %d times: %s%n", count, rules));
        if (firstSequence > 1)
        {
            out.printf("the journal begins at record %d: what went before it is not counted%n", firstSequence);
        }
        if (replay.skipped() > 0)
        {
            out.printf("%d records of an older version do not hold all that a decision depends on: left out%n",
                replay.skipped());
        }
        out.printf("%d decisions, %d would differ%n", decisions, differences);
        out.flush();
    }

    /** A torn end is met again at every poll. */
    private boolean isTornAnew(final JournalReader reader)
    {
        final boolean isAnew = reader.fileOffset() != tornOffset;
        tornOffset = reader.fileOffset();
        return isAnew;
    }

    private void print(final long sequence, final PrintWriter out)
    {
        out.printf("%8d principal=%s key=%s %s %s: was %s, would be %s%n",
            sequence,
            EscapedText.of(replay.principal()),
            text(replay.order().key()),
            replay.order().operation(),
            text(replay.order().symbol()),
            verdict(replay.recordedReason(), replay.recordedRule()),
            verdict(replay.reason(), replay.rule()));
    }

    private static String verdict(final int reason, final String rule)
    {
        final Reason known = Reason.get(reason);
        final String name = Reason.SBE_UNKNOWN == known || Reason.NULL_VAL == known ? "REASON_" + reason : known.name();
        final String named = rule.isEmpty() ? "" : " (rule " + EscapedText.of(rule) + ")";
        return (Reason.NONE == known ? "allowed" : name) + named;
    }

    private static String named(final String rule)
    {
        return rule.isEmpty() ? " no rule" : " rule " + EscapedText.of(rule);
    }

    private static String text(final Region region)
    {
        if (0 == region.length())
        {
            return "-";
        }
        final byte[] bytes = new byte[region.length()];
        region.buffer().getBytes(region.offset(), bytes);
        return EscapedText.of(new String(bytes, StandardCharsets.UTF_8));
    }
}
