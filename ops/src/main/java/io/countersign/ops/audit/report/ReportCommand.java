package io.countersign.ops.audit.report;

import io.countersign.gateway.config.FileErrors;
import io.countersign.gateway.journal.JournalReader;
import io.countersign.ops.CommandException;
import io.countersign.ops.ExitCode;
import io.countersign.ops.VersionProvider;
import io.countersign.ops.audit.Progress;
import io.countersign.ops.audit.Times;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.Callable;

/**
 * {@code countersign audit report}: what happened in a period.
 */
@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = {
        "Reports on a period of a journal: requests by principal, key, venue, operation, decision, rule and reason, " +
            "limits reached, what operators did, changes of keys, lives of the gateway, latency, seals, and places " +
            "where the journal is not as it was written.",
        "The same records give the same bytes, wherever and whenever the report is made. Without --html and --json, " +
            "the JSON goes to standard output."
    },
    footerHeading = "%nExamples:%n",
    footer = {
        "  countersign audit report DIR --from 2026-11-01 --to 2026-11-30 --html november.html --json november.json",
        "  countersign audit report DIR --from 2026-11-23T19:00:00Z --to 2026-11-23T20:00:00Z | jq .reasons",
        "",
        "Exit codes: 0 reported, 1 reported, and the period has a gap, a repeated sequence or a corrupt record, 2 " +
            "the journal cannot be read or the report cannot be written."
    })
public final class ReportCommand implements Callable<Integer>
{
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "Directory of the journal.")
    private Path directory;

    @Option(names = "--from", paramLabel = "TIME", required = true, description =
        "Beginning of the period: a UTC instant like 2026-11-23T19:00:00Z, or a date (from its start).")
    private String from;

    @Option(names = "--to", paramLabel = "TIME", required = true, description =
        "End of the period, not in it any more: a UTC instant, or a date (to its end).")
    private String to;

    @Option(names = "--html", paramLabel = "FILE", description = "Write one page of HTML with plots to this file.")
    private Path html;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the same data as JSON to this file.")
    private Path json;

    @Option(names = "--quiet", description = "No progress on standard error.")
    private boolean quiet;

    /**
     * For picocli.
     */
    public ReportCommand()
    {
    }

    /**
     * Writes the report.
     *
     * @return exit code.
     */
    @Override
    public Integer call()
    {
        final ReportCollector collector = collector();
        try
        {
            if (!JournalReader.isJournal(directory))
            {
                throw new CommandException(directory + " holds no journal (no *.cq4 file): give the directory that " +
                    "journal-directory names in the gateway's configuration");
            }
            try (JournalReader reader = new JournalReader(directory))
            {
                read(reader, collector);
            }
        }
        catch (final IOException ex)
        {
            throw new CommandException(directory + " cannot be read: " + FileErrors.reason(ex));
        }
        write(collector);
        return collector.isWrong() ? ExitCode.WRONG : ExitCode.OK;
    }

    private ReportCollector collector()
    {
        try
        {
            final long fromNs = Times.parse(from, false);
            final long toNs = Times.parse(to, true);
            if (fromNs >= toNs)
            {
                throw new CommandException("--from " + from + " is not before --to " + to);
            }
            return new ReportCollector(fromNs, toNs);
        }
        catch (final IllegalArgumentException ex)
        {
            throw new CommandException(ex.getMessage());
        }
    }

    private void read(final JournalReader reader, final ReportCollector collector) throws IOException
    {
        final Progress progress = new Progress(directory, spec.commandLine().getErr(), quiet);
        boolean isMore = true;
        while (isMore)
        {
            final JournalReader.Event event = reader.poll();
            if (JournalReader.Event.RECORD == event)
            {
                collector.onRecord(reader);
                progress.onRecord(reader);
            }
            else
            {
                isMore = !collector.onEvent(event, reader);
            }
        }
        progress.clear();
    }

    private void write(final ReportCollector collector)
    {
        final Report report = collector.report();
        final byte[] asJson = ReportJson.of(report);
        final String digest = HexFormat.of().formatHex(sha256(asJson));
        final PrintWriter out = spec.commandLine().getOut();
        if (null != json)
        {
            write(json, asJson);
        }
        if (null != html)
        {
            write(html, ReportHtml.of(report, collector, digest));
        }
        final String sum = "records=" + collector.records() + " json-sha256=" + digest;
        if (null == json && null == html)
        {
            out.print(new String(asJson, StandardCharsets.UTF_8));
            spec.commandLine().getErr().println(sum);
            spec.commandLine().getErr().flush();
        }
        else
        {
            out.println(sum);
        }
        out.flush();
    }

    private static void write(final Path file, final byte[] bytes)
    {
        try
        {
            Files.write(file, bytes);
        }
        catch (final IOException ex)
        {
            throw new CommandException(file + " cannot be written: " + FileErrors.reason(ex));
        }
    }

    private static byte[] sha256(final byte[] bytes)
    {
        try
        {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        }
        catch (final NoSuchAlgorithmException ex)
        {
            throw new IllegalStateException("every Java platform has SHA-256", ex);
        }
    }
}
