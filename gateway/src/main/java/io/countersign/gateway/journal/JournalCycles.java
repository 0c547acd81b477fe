package io.countersign.gateway.journal;

import org.agrona.DirectBuffer;

import java.io.IOException;
import java.nio.file.Path;

/**
 * The cycle files of a journal, oldest first, one by one: for who keeps them, compresses them or takes them away. All
 * but the newest are closed: nothing is written to them any more.
 */
public final class JournalCycles
{
    private final CycleFiles files;

    /**
     * Receives records.
     */
    @FunctionalInterface
    public interface Handler
    {
        /**
         * A record whose checksum fits.
         *
         * @param buffer     holds it, until this returns.
         * @param offset     of its message header.
         * @param length     of the record in bytes, without its checksum.
         * @param templateId of the record.
         * @param sequence   of the record.
         * @return true for the next one.
         */
        boolean onRecord(DirectBuffer buffer, int offset, int length, int templateId, long sequence);
    }

    private JournalCycles(final CycleFiles files)
    {
        this.files = files;
    }

    /**
     * As the directory has them now. Of a file that is there compressed and as it was, the latter.
     *
     * @param directory of the journal.
     * @return its cycle files.
     * @throws IOException when the directory cannot be read.
     */
    public static JournalCycles in(final Path directory) throws IOException
    {
        return new JournalCycles(CycleFiles.in(directory));
    }

    /**
     * How many there are.
     *
     * @return 0 or more.
     */
    public int size()
    {
        return files.size();
    }

    /**
     * Where one is.
     *
     * @param index from 0, the oldest.
     * @return path.
     */
    public Path path(final int index)
    {
        return files.path(index);
    }

    /**
     * What the name begins with: the time when the cycle begins, as Chronicle's roll cycle writes it.
     *
     * @param index from 0.
     * @return for example {@code 20261123F}.
     */
    public String time(final int index)
    {
        return files.cycle(index);
    }

    /**
     * Whether a file is compressed.
     *
     * @param index from 0.
     * @return true for {@code NAME.cq4.zst}.
     */
    public boolean isCompressed(final int index)
    {
        return CycleFiles.isCompressed(files.path(index));
    }

    /**
     * Where a file is, or would be, when it is compressed.
     *
     * @param index from 0.
     * @return path.
     */
    public Path compressedPath(final int index)
    {
        return isCompressed(index) ? files.path(index) : CycleFiles.compressed(files.path(index));
    }

    /**
     * The oldest file that a start of the gateway may read: the first of the newest days with requests, or an older one
     * when switches, stopped rules and nonces have to be taken from it.
     *
     * @param days with requests, at least 2, which a start goes by.
     * @return index, 0 where the journal has no more days than that.
     * @throws IOException when a file cannot be read.
     */
    public int firstOfStart(final int days) throws IOException
    {
        final int first = files.firstOfNewestDays(days);
        for (int i = files.size() - 1; i > 0; i--)
        {
            if (isCompressed(i) || StandingRecovery.holdsAll(files.path(i)))
            {
                return Math.min(first, i);
            }
        }

        return 0;
    }

    /**
     * Sequence of the first record of a file.
     *
     * @param index from 0.
     * @return sequence, 0 when nothing in it can be read.
     * @throws IOException when the operating system refuses to read.
     */
    public long firstSequence(final int index) throws IOException
    {
        final long[] first = new long[1];
        read(index, (buffer, offset, length, templateId, sequence) ->
        {
            first[0] = sequence;
            return false;
        });
        return first[0];
    }

    /**
     * Reads a file.
     *
     * @param index   from 0.
     * @param handler receives its records up to one for which it returns false.
     * @return how many runs of unreadable bytes were passed.
     * @throws IOException when the operating system refuses to read.
     */
    public long read(final int index, final Handler handler) throws IOException
    {
        long faults = 0;
        try (CycleFile file = CycleFiles.open(files.path(index)))
        {
            CycleFile.Item item = file.next();
            while (CycleFile.Item.RECORD == item || CycleFile.Item.FAULT == item)
            {
                if (CycleFile.Item.FAULT == item)
                {
                    faults++;
                }
                else if (!handler.onRecord(
                    file.buffer(), file.recordOffset(), file.recordLength(), file.templateId(), file.sequence()))
                {
                    break;
                }

                item = file.next();
            }
        }

        return faults;
    }
}
