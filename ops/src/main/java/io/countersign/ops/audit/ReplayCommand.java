package io.countersign.ops.audit;

import io.countersign.gateway.config.FileErrors;
import io.countersign.gateway.journal.JournalReader;
import io.countersign.ops.CommandException;
import io.countersign.ops.StopSignal;
import io.countersign.ops.VersionProvider;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/**
 * {@code countersign audit replay}: prints the journal.
 */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = {
        "Prints every record of a journal, one per line, oldest first.",
        "DIR may be the live directory beside a running gateway, a copy of it, or one that may only be read: nothing " +
            "in it is changed or locked. Every checksum and every sequence is checked on the way, also of records " +
            "that are not shown; what was found is summed up on stderr.",
        "All conditions together decide what is shown. What became of a request (Outcome, Interrupted, Undelivered, " +
            "Redelivered) is shown wherever its Intent or Denial is."
    },
    footerHeading = "%nExamples:%n",
    footer = {
        "  countersign audit replay /var/lib/countersign/journal",
        "  countersign audit replay DIR --from 2026-11-23 --to 2026-11-23 --decision denied",
        "  countersign audit replay DIR --principal maker-1 --json | jq .payload",
        "  countersign audit replay DIR --follow",
        "  countersign audit replay DIR --venue binance-spot --symbol BTCUSDT --csv --output orders.csv",
        "  countersign audit replay DIR --order-id mine-4711",
        "  countersign audit replay DIR --redecide",
        "",
        "Exit codes: 0 nothing wrong (a torn or incomplete end is reported, and is 0), 1 a gap, a repeated sequence " +
            "or a corrupt record, or a decision that comes out otherwise, 2 the journal cannot be read, or some " +
            "decisions cannot be taken again."
    })
public final class ReplayCommand implements Callable<Integer>
{
    private static final long POLL_INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(10);

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "Directory of the journal.")
    private Path directory;

    @Mixin
    private ReplayOptions options;

    @Option(names = "--follow", description = "Go on printing what is appended, until SIGINT or SIGTERM.")
    private boolean follow;

    /**
     * For picocli.
     */
    public ReplayCommand()
    {
    }

    /**
     * Prints the journal.
     *
     * @return exit code.
     */
    @Override
    public Integer call()
    {
        final Replay replay = new Replay(options, directory, spec.commandLine().getErr());
        try
        {
            if (!JournalReader.isJournal(directory))
            {
                throw new CommandException(directory + " holds no journal (no *.cq4 file): give the directory that " +
                    "journal-directory names in the gateway's configuration");
            }

            try (JournalReader reader = new JournalReader(directory);
                LineOutput output = null == options.output() ?
                    LineOutput.to(spec.commandLine().getOut()) : LineOutput.to(options.output()))
            {
                replay.writeTo(output);
                return follow ? follow(reader, replay) : once(reader, replay);
            }
        }
        catch (final ClosedByInterruptException ex)
        {
            // Somebody in this process wants the command to stop.
            return replay.exitCode();
        }
        catch (final AccessDeniedException ex)
        {
            throw new CommandException(ex.getFile() + " may not be read by this user: run the command as one who may");
        }
        catch (final IOException ex)
        {
            throw new CommandException(directory + " cannot be read: " + FileErrors.reason(ex));
        }
    }

    private static int once(final JournalReader reader, final Replay replay) throws IOException
    {
        if (replay.drain(reader))
        {
            replay.printSummary();
        }

        return replay.exitCode();
    }

    private static int follow(final JournalReader reader, final Replay replay) throws IOException
    {
        try (StopSignal signal = new StopSignal())
        {
            replay.until(signal);
            while (replay.drain(reader) && !signal.isRaised())
            {
                signal.await(POLL_INTERVAL_NS);
            }

            signal.exitCode(replay.exitCode());
        }

        return replay.exitCode();
    }
}
