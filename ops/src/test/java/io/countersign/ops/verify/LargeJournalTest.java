package io.countersign.ops.verify;

import io.countersign.gateway.journal.ChronicleJournal;
import io.countersign.gateway.journal.JournalLock;
import io.countersign.gateway.journal.JournalRecovery;
import io.countersign.gateway.seal.Frontier;
import io.countersign.gateway.seal.TreeHasher;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.*;

/**
 * Verifies ten million records in the heap of all commands, and prints how fast.
 */
@Tag("soak")
@Timeout(3600)
class LargeJournalTest
{
    private static final int RECORDS_BETWEEN_SEALS = 10_000;
    private static final int SEQUENCE_OFFSET = 8;
    private static final int REQUEST_OFFSET = 40;
    private static final int INTENT_SEQUENCE_OFFSET = 32;
    private static final int OUTCOME_REQUEST_OFFSET = 48;

    @TempDir
    private Path directory;

    private final SealedJournal journal = new SealedJournal();
    private final TreeHasher hasher = new TreeHasher();
    private final Frontier tree = new Frontier(hasher);
    private final byte[] hash = new byte[TreeHasher.HASH_LENGTH];

    @Test
    void shouldVerifyTenMillionRecordsInASmallHeap() throws IOException
    {
        final long count = Long.getLong("countersign.test.records", 10_000_000);
        write(count);
        final long beginNs = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        final Report report = new JournalVerifier(new VerifyContext(directory).areSignaturesChecked(false)).run();
        final long takenNs = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - beginNs;
        final String text = report.text(count, false);
        System.out.println(text + "records/s of one core: " +
            count * TimeUnit.SECONDS.toNanos(1) / takenNs + ", largest heap " + Runtime.getRuntime().maxMemory());
        assertEquals(0, report.exitCode(), text);
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
