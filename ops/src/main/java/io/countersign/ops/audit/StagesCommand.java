package io.countersign.ops.audit;

import io.countersign.gateway.config.FileErrors;
import io.countersign.gateway.journal.JournalReader;
import io.countersign.ops.CommandException;
import io.countersign.ops.ExitCode;
import io.countersign.ops.VersionProvider;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/**
 * {@code countersign audit stages}: where the gateway spent its time.
 */
@Command(
    name = "stages",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = {
        "Prints how long the stages of requests took, from the times that the journal recorded.",
        "Only requests that went to the token are counted. The first stage begins when the gateway's thread turns to " +
            "its ingress; it holds the copy out of shared memory, the tag, sequence, deadline and the whole policy."
    },
    footerHeading = "%nExample:%n",
    footer = {
        "  countersign audit stages /var/lib/countersign/journal --skip 10000",
        "",
        "Exit codes: 0 printed, 1 the journal holds no request, 2 it cannot be read."
    })
public final class StagesCommand implements Callable<Integer>
{
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "Directory of the journal.")
    private Path directory;

    @Option(names = "--skip", paramLabel = "RECORDS", defaultValue = "0", description =
        "Leave out the journal's first records, in which a new process is still warming up.")
    private long skip;

    /**
     * For picocli.
     */
    public StagesCommand()
    {
    }

    /**
     * Prints the table.
     *
     * @return exit code.
     */
    @Override
    public Integer call()
    {
        final StageHistograms histograms = new StageHistograms();
        try
        {
            if (!JournalReader.isJournal(directory))
            {
                throw new CommandException(directory + " holds no journal (no *.cq4 file): give the directory that " +
                    "journal-directory names in the gateway's configuration");
            }
            try (JournalReader reader = new JournalReader(directory))
            {
                read(reader, histograms);
            }
        }
        catch (final IOException ex)
        {
            throw new CommandException(directory + " cannot be read: " + FileErrors.reason(ex));
        }
        final PrintWriter out = spec.commandLine().getOut();
        if (0 == histograms.requests())
        {
            spec.commandLine().getErr().println("countersign: " + directory + " holds no request behind record " +
                skip + "; try a smaller --skip");
            return ExitCode.WRONG;
        }
        histograms.print(out);
        out.flush();
        return ExitCode.OK;
    }

    private void read(final JournalReader reader, final StageHistograms histograms) throws IOException
    {
        long tornOffset = -1;
        JournalReader.Event event = reader.poll();
        while (JournalReader.Event.END != event && JournalReader.Event.INCOMPLETE != event)
        {
            if (JournalReader.Event.RECORD == event && reader.sequence() > skip)
            {
                histograms.onRecord(reader.buffer(), reader.offset());
            }
            // What is wrong with a journal is `audit replay`'s to tell; a torn end is asked for again and again.
            if (JournalReader.Event.TORN == event && reader.fileOffset() == tornOffset)
            {
                return;
            }
            tornOffset = JournalReader.Event.TORN == event ? reader.fileOffset() : tornOffset;
            event = reader.poll();
        }
    }
}
