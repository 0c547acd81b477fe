package io.countersign.ops.archive;

import io.countersign.gateway.config.FileErrors;
import io.countersign.gateway.journal.JournalReader;
import io.countersign.ops.CommandException;
import io.countersign.ops.ExitCode;
import io.countersign.ops.VersionProvider;
import io.countersign.ops.audit.RemovedRecords;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code countersign audit archive}: compresses what is closed and sealed, and removes what is older than it has to be.
 */
@Command(
    name = "archive",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = {
        "Compresses the closed cycles of a journal (one is a UTC day) and removes the uncompressed files, each only " +
            "after what it was compressed to was decompressed and compared with it byte by byte.",
        "A cycle is compressed when a seal in the journal covers all its records: the tree is grown again up to that " +
            "seal and must have its root. One that is not sealed stays as it is, and so do the newest days, which a " +
            "start of the gateway reads. Every command reads compressed cycles as they are.",
        "Nothing is removed for good unless --keep-days or --keep-bytes says so. Runs beside the gateway or without " +
            "it; a run that was killed is gone on with by the next."
    },
    footerHeading = "%nExamples:%n",
    footer = {
        "  countersign audit archive /var/lib/countersign/journal --keys audit.keys",
        "  countersign audit archive DIR --older-than 30 --dry-run",
        "  countersign audit archive DIR --keep-days 2557",
        "",
        "Exit codes: 0 done, or nothing to do, 1 a cycle that is old enough stays because it is not sealed or does " +
            "not fit its seal, 2 wrong usage, or something cannot be read or written."
    })
public final class ArchiveCommand implements Callable<Integer>
{
    private static final int MIN_REQUEST_DAYS = 2;
    private static final Pattern SIZE = Pattern.compile("([0-9]{1,15})([KMGT]?)");
    private static final String UNITS = "KMGT";
    private static final int UNIT_SHIFT = 10;
    private static final double MIB = 1024.0 * 1024.0;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "Directory of the journal.")
    private Path directory;

    @Option(names = "--older-than", paramLabel = "DAYS", defaultValue = "3", description =
        "Compress cycles that ended at least so many days ago (default 3).")
    private int olderThanDays;

    @Option(names = "--keep-uncompressed", paramLabel = "DAYS", defaultValue = "3", description =
        "Leave the newest so many days on which there were requests as they are (default 3, at least 2).")
    private int requestDays;

    @Option(names = "--keep-days", paramLabel = "DAYS", description =
        "Remove compressed cycles that ended so many days ago, oldest first.")
    private Long keepDays;

    @Option(names = "--keep-bytes", paramLabel = "SIZE", description =
        "Remove compressed cycles, oldest first, until the journal's files are no longer than this (500M, 2T).")
    private String keepBytes;

    @Option(names = "--below-minimum", description =
        "Also remove what is younger than six years (2192 days), which regulators may want kept.")
    private boolean belowMinimum;

    @Option(names = "--keys", paramLabel = "FILE", description =
        "Audit keys, one verifier key a line (NAME+KEYID+BASE64): seals must be signed by one of them.")
    private Path keysFile;

    @Option(names = "--dry-run", description = "Say what would be done, and do nothing.")
    private boolean dryRun;

    private final Consumer<CycleCompressor.Step> afterStep;
    private int archived;
    private int staying;
    private int removedCycles;
    private long bytesBefore;
    private long usedBefore;
    private long bytesAfter;
    private long compressionNs;

    /**
     * For picocli.
     */
    public ArchiveCommand()
    {
        this((step) ->
        {
        });
    }

    ArchiveCommand(final Consumer<CycleCompressor.Step> afterStep)
    {
        this.afterStep = afterStep;
    }

    /**
     * Archives the journal.
     *
     * @return exit code.
     */
    @Override
    public Integer call()
    {
        check();
        try
        {
            if (!JournalReader.isJournal(directory))
            {
                throw new CommandException(directory + " holds no journal (no *.cq4 file): give the directory that " +
                    "journal-directory names in the gateway's configuration");
            }

            if (dryRun)
            {
                run();
            }
            else
            {
                final ArchiveLock lock = ArchiveLock.acquire(directory);
                try
                {
                    run();
                }
                finally
                {
                    lock.close();
                }
            }
        }
        catch (final AccessDeniedException ex)
        {
            throw new CommandException(
                ex.getFile() + " may not be read or changed by this user: run the command as the gateway's user");
        }
        catch (final IOException ex)
        {
            throw new CommandException(directory + " cannot be archived: " + FileErrors.reason(ex));
        }

        return 0 == staying ? ExitCode.OK : ExitCode.WRONG;
    }

    private void run() throws IOException
    {
        final PrintWriter out = spec.commandLine().getOut();
        final AuditKeys keys = null == keysFile ? AuditKeys.none() : AuditKeys.read(keysFile);
        final RemovedRecords removed = RemovedRecords.read(directory);
        final Retention retention = new Retention(directory, LocalDate.now(ZoneOffset.UTC), out);
        if (!dryRun)
        {
            retention.tidy(removed);
        }

        compress(retention, keys, removed);
        retention.refresh();
        remove(retention, keys, removed);
        out.printf(Locale.ROOT, "archived=%d staying=%d removed=%d bytes-before=%d used-before=%d bytes-after=%d " +
            "ratio=%.2f mib-per-s=%.0f%n", archived, staying, removedCycles, bytesBefore, usedBefore, bytesAfter,
            0 == bytesAfter ? 0.0 : (double) usedBefore / bytesAfter,
            0 == compressionNs ? 0.0 : bytesBefore / MIB / (compressionNs / 1e9));
        out.flush();
    }

    private void compress(final Retention retention, final AuditKeys keys, final RemovedRecords removed)
        throws IOException
    {
        final List<Integer> due = retention.due(olderThanDays, requestDays);
        if (due.isEmpty())
        {
            return;
        }

        final CycleCompressor compressor =
            new CycleCompressor(afterStep, new Progress(spec.commandLine().getErr()));
        for (final CycleReview.Verdict verdict : review(retention, keys, removed, due, false))
        {
            if (null != verdict.reason())
            {
                staying++;
                say(retention.name(verdict.index()) + " stays: " + verdict.reason());
            }
            else if (dryRun)
            {
                say(retention.name(verdict.index()) + ": would be compressed, " + records(verdict));
            }
            else
            {
                compress(retention, compressor, verdict);
            }
        }
    }

    private void compress(
        final Retention retention, final CycleCompressor compressor, final CycleReview.Verdict verdict)
    {
        final Path original = retention.cycles().path(verdict.index());
        final long startNs = System.nanoTime();
        final CycleCompressor.Result result;
        try
        {
            result = compressor.run(original, retention.cycles().compressedPath(verdict.index()));
        }
        catch (final IOException ex)
        {
            throw new CommandException(original + " cannot be compressed: " + FileErrors.reason(ex) +
                "; its records are where they were");
        }

        compressionNs += System.nanoTime() - startNs;
        archived++;
        bytesBefore += result.length();
        usedBefore += result.usedLength();
        bytesAfter += result.compressedLength();
        say(original.getFileName() + ": compressed, " + records(verdict) + ", " + result.length() + " bytes (" +
            result.usedLength() + " used) to " + result.compressedLength() + ", sha256 " + result.sha256());
    }

    private void remove(final Retention retention, final AuditKeys keys, final RemovedRecords removed)
        throws IOException
    {
        final List<Integer> excess = retention.excess(
            null == keepDays ? Retention.UNLIMITED : keepDays,
            null == keepBytes ? Retention.UNLIMITED : bytes(keepBytes),
            belowMinimum ? 0 : Retention.MINIMUM_DAYS);
        if (excess.isEmpty())
        {
            return;
        }

        final List<CycleReview.Verdict> removable = new ArrayList<>();
        for (final CycleReview.Verdict verdict : review(retention, keys, removed, excess, true))
        {
            if (null != verdict.reason() || null == verdict.frontier())
            {
                staying++;
                say(retention.name(verdict.index()) + " is not removed: " + (null == verdict.reason() ?
                    "the tree up to its end is not known" : verdict.reason()));
                break;
            }

            removable.add(verdict);
        }

        removedCycles = removable.size();
        if (dryRun)
        {
            removable.forEach((verdict) ->
                say(retention.name(verdict.index()) + ": would be removed, " + records(verdict)));
        }
        else if (!removable.isEmpty())
        {
            retention.remove(removable);
        }
    }

    private static List<CycleReview.Verdict> review(
        final Retention retention,
        final AuditKeys keys,
        final RemovedRecords removed,
        final List<Integer> indices,
        final boolean fromStart) throws IOException
    {
        final CycleReview review = new CycleReview(retention.cycles(), keys, removed);
        return review.run(indices, fromStart ? 0 : review.anchorBefore(indices.getFirst()));
    }

    private void check()
    {
        if (olderThanDays < 1)
        {
            throw new CommandException("--older-than takes 1 day or more, not " + olderThanDays);
        }

        if (requestDays < MIN_REQUEST_DAYS)
        {
            throw new CommandException("--keep-uncompressed takes 2 days or more, which a start of the gateway " +
                "reads, not " + requestDays);
        }

        if (null != keepDays && keepDays < (belowMinimum ? 1 : Retention.MINIMUM_DAYS))
        {
            throw new CommandException("--keep-days " + keepDays + " is less than " +
                (belowMinimum ? "a day" : "six years (" + Retention.MINIMUM_DAYS + " days), which regulators may " +
                    "want kept; say --below-minimum if none does"));
        }

        if (null != keepBytes)
        {
            bytes(keepBytes);
        }

        if (null != keysFile && !Files.isReadable(keysFile))
        {
            throw new CommandException(keysFile + " cannot be read: give a file of verifier keys");
        }
    }

    private static long bytes(final String size)
    {
        final Matcher matcher = SIZE.matcher(size.toUpperCase(Locale.ROOT));
        if (!matcher.matches())
        {
            throw new CommandException("'" + size + "' is no size; expected bytes, or a number with K, M, G or T");
        }

        final int shift = matcher.group(2).isEmpty() ? 0 : UNIT_SHIFT * (1 + UNITS.indexOf(matcher.group(2)));
        return Math.multiplyExact(Long.parseLong(matcher.group(1)), 1L << shift);
    }

    private static String records(final CycleReview.Verdict verdict)
    {
        return 0 == verdict.lastSequence() ? "no record" :
            "records " + verdict.firstSequence() + " to " + verdict.lastSequence() + ", sealed by record " +
                verdict.sealSequence();
    }

    private void say(final String line)
    {
        spec.commandLine().getOut().println(line);
        spec.commandLine().getOut().flush();
    }
}
