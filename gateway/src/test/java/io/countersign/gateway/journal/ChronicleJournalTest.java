package io.countersign.gateway.journal;

import com.sun.management.ThreadMXBean;
import net.openhft.chronicle.core.time.SetTimeProvider;
import net.openhft.chronicle.queue.rollcycles.TestRollCycles;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;

import static org.junit.jupiter.api.Assertions.*;

class ChronicleJournalTest
{
    @TempDir
    private Path temporary;

    @Test
    void shouldWriteWhatATailerReadsOverManyCycles() throws Exception
    {
        final SetTimeProvider time = new SetTimeProvider(1_700_000_000_000L * 1_000_000);
        try (Life life = new Life(temporary, TestRollCycles.TEST_SECONDLY, time).start())
        {
            for (int i = 0; i < 500; i++)
            {
                final long intent = life.records().intent(i * 7 % 901);
                time.advanceMillis(i % 3 == 0 ? 97 : 0);
                life.records().outcome(intent);
            }

            assertEquals(List.of(), life.errors());
        }

        final ReadJournal read = ReadJournal.of(temporary);
        assertEquals(1001, read.records().size());
        assertEquals(List.of(JournalReader.Event.END), read.findings());
        assertTrue(read.hasSequencesTo(1001));
        assertTrue(CycleFiles.in(temporary).size() > 10);
        Tailed.assertSame(temporary, TestRollCycles.TEST_SECONDLY, "");
    }

    @Test
    void shouldKeepTheOrderWhenTheClockGoesBackBetweenAndWithinLives() throws Exception
    {
        final SetTimeProvider time = new SetTimeProvider(1_700_000_010_000L * 1_000_000);
        for (int i = 0; i < 6; i++)
        {
            time.advanceMillis(i % 2 == 0 ? 2500 : -4000);
            try (Life life = new Life(temporary, TestRollCycles.TEST_SECONDLY, time).start())
            {
                life.records().outcome(life.records().intent(10));
                time.advanceMillis(-1500);
                life.records().outcome(life.records().intent(10));
                assertEquals(List.of(), life.errors());
            }
        }

        final ReadJournal read = ReadJournal.of(temporary);
        assertEquals(List.of(JournalReader.Event.END), read.findings());
        assertTrue(read.hasSequencesTo(30));
    }

    @Test
    void shouldAllocateNothingPerAppend()
    {
        final UnsafeBuffer record = new UnsafeBuffer(new byte[300]);
        try (Life life = new Life(temporary))
        {
            append(life.journal(), record, 20_000);
            final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            final long before = threads.getCurrentThreadAllocatedBytes();
            append(life.journal(), record, 100_000);
            final long allocated = threads.getCurrentThreadAllocatedBytes() - before;

            // The index gets a new page every 1,048,576 records, a chunk is mapped every 64 MiB: nothing per append.
            assertTrue(allocated < 100_000, () -> allocated + " bytes for 100,000 appends");
        }
    }

    @Test
    void shouldAppendOnAThreadOtherThanTheOneThatOpened() throws Exception
    {
        try (Life life = new Life(temporary).start())
        {
            final Thread thread = new Thread(() -> life.records().intent(10));
            thread.start();
            thread.join();
            life.records().outcome(2);
            life.journal().sync();
            assertFalse(life.journal().isFailed());
        }

        assertEquals(3, ReadJournal.of(temporary).records().size());
    }

    @Test
    void shouldFailForGoodAndSaySoOnce()
    {
        final UnsafeBuffer record = new UnsafeBuffer(new byte[10]);
        try (Life life = new Life(temporary))
        {
            assertTrue(life.journal().append(record, 0, 10));
            assertFalse(life.journal().append(record, 0, 0));
            assertFalse(life.journal().append(record, 0, 10));
            assertFalse(life.journal().append(record, 0, 10));
            assertTrue(life.journal().isFailed());
            assertEquals(1, life.errors().size(), () -> life.errors().toString());
        }
    }

    @Test
    void shouldHoldTheLongestRecord() throws Exception
    {
        final UnsafeBuffer record = new UnsafeBuffer(new byte[Journal.MAX_RECORD_LENGTH]);
        record.putShort(4, (short) 2602);
        record.putLong(8, 1);
        try (Life life = new Life(temporary))
        {
            assertTrue(life.journal().append(record, 0, record.capacity()));
        }

        assertArrayEquals(record.byteArray(), ReadJournal.of(temporary).records().getFirst());
    }

    @Test
    void shouldRefuseToOpenWithoutTheLock()
    {
        final JournalLock lock = JournalLock.acquire(temporary);
        lock.close();
        final ChronicleJournal.Context context = new ChronicleJournal.Context()
            .directory(temporary).lock(lock).errorHandler(Throwable::printStackTrace);
        assertThrows(JournalException.class, () -> new ChronicleJournal(context));
    }

    private static void append(final Journal journal, final UnsafeBuffer record, final int count)
    {
        for (int i = 0; i < count; i++)
        {
            assertTrue(journal.append(record, 0, record.capacity()));
        }
    }
}
