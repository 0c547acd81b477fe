package io.countersign.ops.archive;

import io.countersign.gateway.journal.JournalCycles;
import io.countersign.ops.audit.RemovedRecords;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What is to be done with the cycles of one journal, by their days in UTC.
 */
final class Retention
{
    /** For ever, or whatever the size. */
    static final long UNLIMITED = Long.MAX_VALUE;

    /** Six years with their leap days: SEC rule 17a-4(a). RTS 24, article 6, asks for five. */
    static final long MINIMUM_DAYS = 6 * 365 + 2;

    private static final int DATE_LENGTH = 8;

    private final Path directory;
    private final LocalDate today;
    private final PrintWriter out;
    private JournalCycles cycles;

    Retention(final Path directory, final LocalDate today, final PrintWriter out) throws IOException
    {
        this.directory = directory;
        this.today = today;
        this.out = out;
        cycles = JournalCycles.in(directory);
    }

    JournalCycles cycles()
    {
        return cycles;
    }

    /** After files were compressed or removed. */
    void refresh() throws IOException
    {
        cycles = JournalCycles.in(directory);
    }

    /** Uncompressed closed cycles that ended at least so many days ago, and that no start of the gateway reads. */
    List<Integer> due(final int olderThanDays, final int keptRequestDays) throws IOException
    {
        final int end = Math.min(cycles.firstOfStart(keptRequestDays), cycles.size() - 1);
        final List<Integer> due = new ArrayList<>();
        for (int i = 0; i < end; i++)
        {
            if (!cycles.isCompressed(i) && ageDays(i) >= olderThanDays)
            {
                due.add(i);
            }
        }

        return due;
    }

    /** The oldest compressed cycles, as many as are older or make the journal larger than asked. */
    List<Integer> excess(final long keepDays, final long keepBytes, final long minimumDays) throws IOException
    {
        long bytes = 0;
        for (int i = 0; i < cycles.size(); i++)
        {
            bytes += Files.size(cycles.path(i));
        }

        int end = 0;
        while (end < cycles.size() - 1 && cycles.isCompressed(end) && ageDays(end) >= minimumDays &&
            (ageDays(end) >= keepDays || bytes > keepBytes))
        {
            bytes -= Files.size(cycles.path(end));
            end++;
        }

        return IntStream.range(0, end).boxed().toList();
    }

    /** Says first what stands in place of the records, then removes them. */
    void remove(final List<CycleReview.Verdict> verdicts) throws IOException
    {
        for (final CycleReview.Verdict verdict : verdicts.reversed())
        {
            if (verdict.lastSequence() > 0)
            {
                new RemovedRecords(verdict.lastSequence() + 1, verdict.frontier(), verdict.lastUtcNs(),
                    verdict.lastCheckpoint()).write(directory);
                break;
            }
        }

        for (final CycleReview.Verdict verdict : verdicts)
        {
            Files.delete(cycles.path(verdict.index()));
            out.println(name(verdict.index()) + ": removed, records " + verdict.firstSequence() + " to " +
                verdict.lastSequence());
        }

        CycleCompressor.force(directory);
        refresh();
    }

    /** Removes what a run that was killed had left: partial files, and cycles that {@code removed.json} stands for. */
    void tidy(final RemovedRecords removed) throws IOException
    {
        for (int i = 0; i < cycles.size(); i++)
        {
            final Path compressed = cycles.compressedPath(i);
            Files.deleteIfExists(compressed.resolveSibling(compressed.getFileName() + ".partial"));
        }

        Files.deleteIfExists(directory.resolve(RemovedRecords.FILE_NAME + ".partial"));
        for (int i = 0; null != removed && i + 1 < cycles.size() && cycles.isCompressed(i); i++)
        {
            final long next = cycles.firstSequence(i + 1);
            if (0 == next || next > removed.firstSequence())
            {
                break;
            }

            Files.delete(cycles.path(i));
            out.println(name(i) + ": removed, as a run before this one had begun to");
        }

        refresh();
    }

    String name(final int index)
    {
        return cycles.path(index).getFileName().toString();
    }

    /** Whole days since the cycle ended, -1 where its name says no day. */
    private long ageDays(final int index)
    {
        final String time = cycles.time(index);
        try
        {
            final LocalDate day = LocalDate.parse(
                time.substring(0, Math.min(DATE_LENGTH, time.length())), DateTimeFormatter.BASIC_ISO_DATE);
            return today.toEpochDay() - day.toEpochDay() - 1;
        }
        catch (final DateTimeException ex)
        {
            return -1;
        }
    }
}
