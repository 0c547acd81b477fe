package io.countersign.gateway.journal;

import io.countersign.codecs.journal.SealDecoder;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Finds the newest seals of a journal from its end, and the place of a record, without reading the whole of it: file by
 * file, newest first. Changes nothing.
 */
public final class SealSearch
{
    private static final int MAX_SEALS = 16;

    private final Path directory;
    private final CycleFiles files;
    private int next;

    /**
     * Begin at the newest file.
     *
     * @param directory of the journal.
     * @throws IOException when it cannot be read.
     */
    public SealSearch(final Path directory) throws IOException
    {
        this.directory = directory;
        files = CycleFiles.in(directory);
        next = files.size() - 1;
    }

    /**
     * The newest seals of the next file, going back, that has any.
     *
     * @return the newest first, at most 16, none of them checked; empty when no older file has a seal.
     * @throws IOException when the operating system refuses to read.
     */
    public List<SealEntry> older() throws IOException
    {
        final Deque<SealEntry> seals = new ArrayDeque<>();
        while (next >= 0 && seals.isEmpty())
        {
            read(files.path(next--), seals);
        }
        return new ArrayList<>(seals);
    }

    /**
     * Read from a record on.
     *
     * @param sequence of the record; a few before it may come first.
     * @return a reader at the beginning of the newest file that begins no later than that record; of the oldest one,
     *         where none does.
     * @throws IOException when the operating system refuses to read.
     */
    public JournalReader readerAt(final long sequence) throws IOException
    {
        int index = files.size() - 1;
        while (index > 0 && !beginsBy(files.path(index), sequence))
        {
            index--;
        }
        return JournalReader.at(directory, index < 0 ? null : files.path(index));
    }

    private static void read(final Path path, final Deque<SealEntry> seals) throws IOException
    {
        try (CycleFile file = CycleFiles.open(path))
        {
            CycleFile.Item item = file.next();
            while (CycleFile.Item.RECORD == item || CycleFile.Item.FAULT == item)
            {
                if (CycleFile.Item.RECORD == item && SealDecoder.TEMPLATE_ID == file.templateId() &&
                    file.recordLength() > CycleFile.MESSAGE_HEADER_LENGTH + SealDecoder.BLOCK_LENGTH)
                {
                    seals.addFirst(SealEntry.decode(file.buffer(), file.recordOffset()));
                    if (seals.size() > MAX_SEALS)
                    {
                        seals.removeLast();
                    }
                }
                item = file.next();
            }
        }
    }

    private static boolean beginsBy(final Path path, final long sequence) throws IOException
    {
        try (CycleFile file = CycleFiles.open(path))
        {
            CycleFile.Item item = file.next();
            while (CycleFile.Item.FAULT == item)
            {
                item = file.next();
            }
            return CycleFile.Item.RECORD == item && file.buffer().getLong(
                file.recordOffset() + CycleFile.MESSAGE_HEADER_LENGTH, ByteOrder.LITTLE_ENDIAN) <= sequence;
        }
    }
}
