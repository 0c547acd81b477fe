package io.countersign.gateway.sealing;

import io.countersign.codecs.journal.SealDecoder;
import io.countersign.gateway.journal.JournalReader;
import io.countersign.gateway.journal.SealEntry;
import io.countersign.gateway.journal.SealSearch;
import io.countersign.gateway.seal.Frontier;
import io.countersign.gateway.seal.TreeHasher;
import org.agrona.CloseHelper;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The Merkle tree over a journal that is being written, as far as it was read. One thread at a time.
 */
final class JournalTree implements AutoCloseable
{
    private final TreeHasher hasher = new TreeHasher();
    private final Frontier frontier = new Frontier(hasher);
    private final byte[] leafHash = new byte[TreeHasher.HASH_LENGTH];
    private final Path directory;
    private final SealCheck check;
    private JournalReader reader;
    private long unsealed;
    private long missingFrom;

    JournalTree(final Path directory, final SealCheck check)
    {
        this.directory = directory;
        this.check = check;
    }

    /** Goes on from the newest seal that can be relied on, or from the beginning; may read a whole cycle file. */
    void start() throws IOException
    {
        CloseHelper.quietClose(reader);
        final SealSearch search = new SealSearch(directory);
        frontier.clear();
        unsealed = 0;
        SealEntry from = null;
        for (List<SealEntry> seals = search.older(); null == from && !seals.isEmpty(); seals = search.older())
        {
            from = check.newestGood(seals);
        }
        if (null != from)
        {
            frontier.set(from.treeSize(), from.frontier());
        }
        reader = search.readerAt(frontier.size() + 1);
    }

    /** Reads on up to a record that the gateway thread has written; the number of things found. */
    int readTo(final long sequence, final int limit) throws IOException
    {
        int count = 0;
        boolean isMore = true;
        while (isMore && !isBroken() && frontier.size() < sequence && count < limit)
        {
            final JournalReader.Event event = reader.poll();
            isMore = JournalReader.Event.END != event && JournalReader.Event.INCOMPLETE != event;
            if (JournalReader.Event.RECORD == event)
            {
                onRecord();
            }
            count++;
        }
        return count;
    }

    Frontier frontier()
    {
        return frontier;
    }

    /** Records, other than Seals, that no seal covers. */
    long unsealed()
    {
        return unsealed;
    }

    /** The tree as it is now is being sealed. */
    void onSealing()
    {
        unsealed = 0;
    }

    /** The first so many are not sealed after all. */
    void onNotSealed(final long count)
    {
        unsealed += count;
    }

    /** Whether a record is missing, so that those behind it have no place in the tree. */
    boolean isBroken()
    {
        return 0 != missingFrom;
    }

    long missingFrom()
    {
        return missingFrom;
    }

    @Override
    public void close()
    {
        CloseHelper.quietClose(reader);
    }

    private void onRecord()
    {
        final long expected = frontier.size() + 1;
        if (reader.sequence() > expected)
        {
            missingFrom = expected;
        }
        else if (reader.sequence() == expected)
        {
            hasher.leaf(reader.buffer(), reader.offset(), reader.length(), leafHash, 0);
            frontier.add(leafHash, 0);
            unsealed += SealDecoder.TEMPLATE_ID == reader.templateId() ? 0 : 1;
        }
    }
}
