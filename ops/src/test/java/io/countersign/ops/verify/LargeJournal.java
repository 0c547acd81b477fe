package io.countersign.ops.verify;

import io.countersign.gateway.journal.ChronicleJournal;
import io.countersign.gateway.journal.JournalLock;
import io.countersign.gateway.journal.JournalRecovery;
import io.countersign.gateway.seal.Frontier;
import io.countersign.gateway.seal.TreeHasher;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.ByteOrder;
import java.nio.file.Path;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

/**
 * Writes a journal of any length: Intent and Outcome in turns, signed with Ed25519, and a Seal each 5,000 records.
 */
final class LargeJournal
{
    private static final int RECORDS_BETWEEN_SEALS = 10_000;
    private static final int SEQUENCE_OFFSET = 8;
    private static final int REQUEST_OFFSET = 40;
    private static final int INTENT_SEQUENCE_OFFSET = 32;
    private static final int OUTCOME_REQUEST_OFFSET = 48;

    private final SealedJournal journal = new SealedJournal();
    private final TreeHasher hasher = new TreeHasher();
    private final Frontier tree = new Frontier(hasher);
    private final byte[] hash = new byte[TreeHasher.HASH_LENGTH];
    private final Path directory;

    private LargeJournal(final Path directory)
    {
        this.directory = directory;
    }

    /** So many records, and those that a life begins with; in the end they are sealed but for the last few. */
    static void write(final Path directory, final long count)
    {
        new LargeJournal(directory).write(count);
    }

    private void write(final long count)
    {
        journal.start(0).policy("principals: []\n").opened();
        try (JournalLock lock = JournalLock.acquire(directory))
        {
            JournalRecovery.run(lock);
            try (ChronicleJournal chronicle = new ChronicleJournal(new ChronicleJournal.Context()
                .directory(directory).lock(lock).errorHandler((ex) -> fail(ex))))
            {
                journal.records.forEach((record) -> append(chronicle, new UnsafeBuffer(record)));
                journal.signed("bot");
                final UnsafeBuffer intent = new UnsafeBuffer(journal.records.get(3));
                final UnsafeBuffer outcome = new UnsafeBuffer(journal.records.get(4));
                while (tree.size() < count)
                {
                    final long sequence = tree.size() + 1;
                    if (0 == sequence / 2 % (RECORDS_BETWEEN_SEALS / 2))
                    {
                        append(chronicle, new UnsafeBuffer(journal.sealOf(sequence, tree)));
                        continue;
                    }
                    intent.putLong(SEQUENCE_OFFSET, sequence, ByteOrder.LITTLE_ENDIAN);
                    intent.putLong(REQUEST_OFFSET, sequence, ByteOrder.LITTLE_ENDIAN);
                    outcome.putLong(SEQUENCE_OFFSET, sequence + 1, ByteOrder.LITTLE_ENDIAN);
                    outcome.putLong(INTENT_SEQUENCE_OFFSET, sequence, ByteOrder.LITTLE_ENDIAN);
                    outcome.putLong(OUTCOME_REQUEST_OFFSET, sequence, ByteOrder.LITTLE_ENDIAN);
                    append(chronicle, intent);
                    append(chronicle, outcome);
                }
            }
        }
    }

    private void append(final ChronicleJournal chronicle, final UnsafeBuffer record)
    {
        assertTrue(chronicle.append(record, 0, record.capacity()));
        hasher.leaf(record, 0, record.capacity(), hash, 0);
        tree.add(hash, 0);
    }
}
