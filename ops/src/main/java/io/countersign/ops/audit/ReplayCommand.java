package io.countersign.ops.audit;

import io.countersign.gateway.config.FileErrors;
import io.countersign.gateway.journal.JournalReader;
import io.countersign.ops.CommandException;
import io.countersign.ops.StopSignal;
import io.countersign.ops.VersionProvider;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
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
            "that are not shown; what was found is summed up on stderr."
    },
    footerHeading = "%nExamples:%n",
    footer = {
        "  countersign audit replay /var/lib/countersign/journal",
        "  countersign audit replay DIR --from 2026-11-23 --to 2026-11-23 --decision denied",
        "  countersign audit replay DIR --principal maker-1 --json | jq .payload",
        "  countersign audit replay DIR --follow",
        "",
        "Exit codes: 0 nothing wrong (a torn or incomplete end is reported, and is 0), 1 a gap, a repeated sequence " +
            "or a corrupt record, 2 the journal cannot be read."
    })
public final class ReplayCommand implements Callable<Integer>
{
    private static final long POLL_INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(10);

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "Directory of the journal.")
    private Path directory;

    @Option(names = "--json", description = "One JSON object per line.")
    private boolean json;

    @Option(names = "--from", paramLabel = "TIME", description =
        "Show records from this time on: a UTC instant like 2026-11-23T19:00:00Z, or a date (from its start).")
    private String from;

    @Option(names = "--to", paramLabel = "TIME", description =
        "Show records before this time: a UTC instant, or a date (to its end).")
    private String to;

    @Option(names = "--principal", paramLabel = "NAME", description =
        "Show records of this principal, and what it did as an operator.")
    private String principal;

    @Option(names = "--key", paramLabel = "ALIAS", description = "Show records of this key.")
    private String key;

    @Option(names = "--decision", paramLabel = "DECISION", description =
        "Show intents and what became of them (allowed), or refused requests and sessions (denied).")
    private RecordFilter.Decision decision;

    @Option(names = "--follow", description = "Go on printing what is appended, until SIGINT or SIGTERM.")
    private boolean follow;

    private StopSignal stopSignal;
    private Findings findings;

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
        final RecordFilter filter = filter();
        findings = new Findings(spec.commandLine().getErr());
        try
        {
            if (!JournalReader.isJournal(directory))
            {
                throw new CommandException(directory + " holds no journal (no *.cq4 file): give the directory that " +
                    "journal-directory names in the gateway's configuration");
            }

            try (JournalReader reader = new JournalReader(directory))
            {
                return follow ? follow(reader, filter) : replay(reader, filter);
            }
        }
        catch (final ClosedByInterruptException ex)
        {
            // Somebody in this process wants the command to stop.
            return findings.exitCode();
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

    private int replay(final JournalReader reader, final RecordFilter filter) throws IOException
    {
        final boolean isComplete = drain(reader, filter);
        if (isComplete)
        {
            findings.printSummary();
        }

        return findings.exitCode();
    }

    private int follow(final JournalReader reader, final RecordFilter filter) throws IOException
    {
        try (StopSignal signal = new StopSignal())
        {
            stopSignal = signal;
            while (drain(reader, filter) && !signal.isRaised())
            {
                signal.await(POLL_INTERVAL_NS);
            }

            signal.exitCode(findings.exitCode());
        }

        return findings.exitCode();
    }

    /** Prints what there is; false when nobody reads the output any more. */
    private boolean drain(final JournalReader reader, final RecordFilter filter) throws IOException
    {
        final PrintWriter out = spec.commandLine().getOut();
        final RecordPrinter printer = json ? new JsonPrinter() : new LinePrinter();
        final RecordDecoder decoder = new RecordDecoder();
        final StringBuilder line = new StringBuilder();
        while (null == stopSignal || !stopSignal.isRaised())
        {
            final JournalReader.Event event = reader.poll();
            if (JournalReader.Event.RECORD != event)
            {
                if (findings.note(event, reader))
                {
                    out.flush();
                    return !out.checkError();
                }

                continue;
            }

            findings.noteRecord(reader.sequence());
            final AuditRecord record = decoder.decode(reader.buffer(), reader.offset(), reader.length());
            if (filter.shows(record))
            {
                line.setLength(0);
                printer.print(record, line);
                out.append(line).append('\n');
                findings.noteShown();
                if (0 == (findings.shown() & 0xFFF) && out.checkError())
                {
                    return false;
                }
            }
        }

        out.flush();
        return true;
    }

    private RecordFilter filter()
    {
        try
        {
            return new RecordFilter(
                null == from ? Long.MIN_VALUE : Times.parse(from, false),
                null == to ? Long.MAX_VALUE : Times.parse(to, true),
                principal,
                key,
                decision);
        }
        catch (final IllegalArgumentException ex)
        {
            throw new CommandException(ex.getMessage());
        }
    }
}
