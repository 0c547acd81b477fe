package io.countersign.gateway.journal;

import org.agrona.DirectBuffer;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Path;

/**
 * What a life takes over from the lives before it: the good records of the newest cycle (a UTC day in which something
 * was recorded) and of the one before it, however many quiet days lie between. The current and the previous UTC day are
 * among these or nothing was recorded in them, so they hold everything of the last 24 hours: enough for windows, days
 * and message buckets, and for switches and the policy in force, which each life and each day write anew. Replay reads
 * the same records for the same life, so both come to the same state.
 */
public final class RecentRecords
{
    private static final int NONE = -1;

    private final CycleFiles files;
    private final long beforeSequence;

    /**
     * Receives records in the order in which they were written.
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
         */
        void onRecord(DirectBuffer buffer, int offset, int length, int templateId, long sequence);
    }

    private RecentRecords(final CycleFiles files, final long beforeSequence)
    {
        this.files = files;
        this.beforeSequence = beforeSequence;
    }

    /**
     * Read them.
     *
     * @param directory      of the journal.
     * @param beforeSequence of the life's first record; {@link Long#MAX_VALUE} for the life that is to come.
     * @param handler        receives the records before it.
     * @return how many there were.
     * @throws IOException when a file cannot be read.
     */
    public static long read(final Path directory, final long beforeSequence, final Handler handler) throws IOException
    {
        return new RecentRecords(CycleFiles.in(directory), beforeSequence).read(handler);
    }

    private long read(final Handler handler) throws IOException
    {
        final int newest = newest();
        int first = newest;
        int cycles = 1;
        while (first > 0)
        {
            cycles += files.cycle(first - 1).equals(files.cycle(first)) ? 0 : 1;
            if (cycles > 2)
            {
                break;
            }
            first--;
        }
        long records = 0;
        for (int i = Math.max(0, first); i <= newest; i++)
        {
            records += read(i, handler);
        }
        return records;
    }

    private long read(final int index, final Handler handler) throws IOException
    {
        long records = 0;
        try (CycleFile file = CycleFiles.open(files.path(index)))
        {
            CycleFile.Item item = file.next();
            while (CycleFile.Item.RECORD == item || CycleFile.Item.FAULT == item)
            {
                if (CycleFile.Item.RECORD == item)
                {
                    final long sequence = file.sequence();
                    if (sequence >= beforeSequence)
                    {
                        return records;
                    }
                    final int offset = file.recordOffset();
                    final int templateId = file.buffer().getShort(offset + 2, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
                    handler.onRecord(file.buffer(), offset, file.recordLength(), templateId, sequence);
                    records++;
                }
                item = file.next();
            }
        }
        return records;
    }

    /** The newest file that holds a record before the life; one that was made and never written to is none. */
    private int newest() throws IOException
    {
        for (int i = files.size() - 1; i >= 0; i--)
        {
            try (CycleFile file = CycleFiles.open(files.path(i)))
            {
                CycleFile.Item item = file.next();
                while (CycleFile.Item.FAULT == item)
                {
                    item = file.next();
                }
                if (CycleFile.Item.RECORD == item && file.sequence() < beforeSequence)
                {
                    return i;
                }
            }
        }
        return NONE;
    }
}
