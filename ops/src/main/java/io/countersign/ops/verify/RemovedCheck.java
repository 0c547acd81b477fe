package io.countersign.ops.verify;

import io.countersign.gateway.seal.Frontier;
import io.countersign.ops.audit.RemovedRecords;

import java.nio.file.Path;
import java.util.Arrays;

/**
 * Whether the records begin where they should: with the first, or where {@code removed.json} says. A removal that was
 * cut short left some of the records that the file tells of; the tree begins anew where the file says.
 * <pre>
 *  1 .. M - 1          M .. N - 1                        N ..
 *  not there           still there after a removal       firstSequence of removed.json; the tree of 1 .. N - 1 is
 *                      that was cut short                its frontier
 * </pre>
 */
final class RemovedCheck implements TreeCheck.Watcher
{
    private final TreeCheck.Watcher others;
    private final Report report;
    private final RemovedRecords removed;
    private Place first;

    /** Reads the file, if there is one. Passes sizes on to the other watcher. */
    RemovedCheck(final Path directory, final TreeCheck.Watcher others, final Report report)
    {
        this.others = others;
        this.report = report;
        removed = RemovedRecords.read(directory);
    }

    /** To be called with each record before the tree has it. */
    void onRecord(final JournalRecord record, final TreeCheck tree)
    {
        if (null == first)
        {
            first = record.place();
            if (1 != first.sequence() && (null == removed || removed.firstSequence() < first.sequence()))
            {
                report.broken(first, "records 1 to " + (first.sequence() - 1) + " are missing, and " +
                    RemovedRecords.FILE_NAME + (null == removed ? " is not there to tell of them" :
                    " tells of records 1 to " + (removed.firstSequence() - 1)));
            }
        }
        if (1 != first.sequence() && null != removed && removed.firstSequence() == record.sequence())
        {
            tree.begin(record.sequence() - 1, removed.frontier());
        }
    }

    @Override
    public long onSize(final long size, final Frontier frontier)
    {
        final long next = others.onSize(size, frontier);
        if (null == removed || removed.firstSequence() - 1 < size)
        {
            return next;
        }
        if (removed.firstSequence() - 1 > size)
        {
            return Math.min(next, removed.firstSequence() - 1);
        }
        if (!Arrays.equals(removed.frontier(), frontier.encoded()))
        {
            report.broken(first, RemovedRecords.FILE_NAME + " has another frontier than records 1 to " + size +
                ", which are still there");
        }
        return next;
    }

    void conclude()
    {
        if (null == removed || null == first)
        {
            return;
        }
        final long last = removed.firstSequence() - 1;
        if (first.sequence() > 1)
        {
            report.fact("removed: records 1 to " + (first.sequence() - 1) + ", as " + RemovedRecords.FILE_NAME +
                " says; the seals prove its frontier, not what these records held");
        }
        if (first.sequence() <= last)
        {
            report.fact("removal not ended: " + RemovedRecords.FILE_NAME + " says that records 1 to " + last +
                " were removed, and " + first.sequence() + " to " + last + " are still there" +
                (1 == first.sequence() ? "" : ", where the tree is not known before their first seal") +
                "; the next 'countersign audit archive' removes them");
        }
    }
}
