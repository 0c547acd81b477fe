package io.countersign.gateway.journal;

import net.openhft.chronicle.core.time.SetTimeProvider;
import net.openhft.chronicle.queue.rollcycles.TestRollCycles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

import static io.countersign.gateway.journal.JournalReader.Event.*;
import static org.junit.jupiter.api.Assertions.*;

@Timeout(120)
class JournalRecoveryTest
{
    private static final byte[] NOT_COMPLETE = {0, 0, 0, (byte) 0x80};

    @TempDir
    private Path directory;

    @Test
    void shouldFindNothingInANewJournal()
    {
        try (Life life = new Life(directory))
        {
            assertEquals(0, life.recovery().lastSequence());
            assertEquals(0, life.recovery().tornBytes());
            assertEquals(0, life.recovery().interruptedIntents().length);
            assertEquals(List.of(), life.errors());
        }
    }

    @Test
    void shouldFindIntentsWithoutOutcomeOnce()
    {
        final long first;
        final long second;
        try (Life life = new Life(directory).start())
        {
            first = life.records().intent(10);
            life.records().outcome(life.records().intent(10));
            second = life.records().intent(10);
        }

        try (Life life = new Life(directory))
        {
            assertEquals(5, life.recovery().lastSequence());
            assertArrayEquals(new long[]{first, second}, life.recovery().interruptedIntents());
            life.start();
        }

        try (Life life = new Life(directory))
        {
            assertArrayEquals(new long[0], life.recovery().interruptedIntents());
        }
    }

    @Test
    void shouldFindWhatARestartThatDiedHadNotYetMarked()
    {
        try (Life life = new Life(directory).start())
        {
            life.records().intent(10);
            life.records().intent(10);
            life.records().intent(10);
        }

        try (Life life = new Life(directory))
        {
            life.records().started(life.recovery().lastSequence(), 0, 3);
            life.records().interrupted(3);
        }

        try (Life life = new Life(directory))
        {
            assertArrayEquals(new long[]{2, 4}, life.recovery().interruptedIntents());
            life.records().started(life.recovery().lastSequence(), 0, 2);
        }

        try (Life life = new Life(directory))
        {
            assertArrayEquals(new long[]{2, 4}, life.recovery().interruptedIntents());
            life.start();
            life.records().intent(1);
        }

        try (Life life = new Life(directory))
        {
            assertArrayEquals(new long[]{11}, life.recovery().interruptedIntents());
        }
    }

    @Test
    void shouldLookOverCycleFilesBackToTheLastSettledStartAndNoFurther() throws Exception
    {
        final SetTimeProvider time = new SetTimeProvider(1_700_000_000_000L * 1_000_000);
        try (Life life = new Life(directory, TestRollCycles.TEST_SECONDLY, time).start())
        {
            life.records().outcome(life.records().intent(60_000));
        }

        final long open;
        final long acrossFiles;
        time.advanceMillis(2000);
        try (Life life = new Life(directory, TestRollCycles.TEST_SECONDLY, time).start())
        {
            open = life.records().intent(10);
            acrossFiles = life.records().intent(10);
            time.advanceMillis(3000);
            life.records().outcome(life.records().intent(10));
            life.records().outcome(acrossFiles);
            time.advanceMillis(3000);
            life.records().outcome(life.records().intent(10));
        }

        final JournalLock lock = JournalLock.acquire(directory);
        final JournalRecovery recovery = JournalRecovery.run(lock);
        lock.close();
        assertArrayEquals(new long[]{open}, recovery.interruptedIntents());
        assertTrue(recovery.bytesRead() < 60_000, "read the settled file: " + recovery.bytesRead());

        // Across the roll: a start whose Interrupted records fall into the next file.
        try (Life life = new Life(directory, TestRollCycles.TEST_SECONDLY, time))
        {
            life.records().started(life.recovery().lastSequence(), 0, 1);
            time.advanceMillis(1500);
            life.records().interrupted(open);
        }

        try (Life life = new Life(directory, TestRollCycles.TEST_SECONDLY, time))
        {
            assertArrayEquals(new long[0], life.recovery().interruptedIntents());
        }
    }

    @Test
    void shouldGoOnBehindATornRecordSoThatReadersAcceptIt() throws Exception
    {
        write();
        final ReadJournal whole = ReadJournal.of(directory);
        final byte[] bad = {1};
        JournalReaderTest.overwrite(whole.file(-1), whole.offset(-1) + 40, bad);

        try (Life life = new Life(directory))
        {
            assertEquals(2, life.recovery().lastSequence());
            assertEquals(whole.records().getLast().length + 8, life.recovery().tornBytes());
            assertArrayEquals(new long[]{2}, life.recovery().interruptedIntents());
            assertNull(life.recovery().retired());
            life.start();
        }

        final ReadJournal read = ReadJournal.of(directory);
        assertEquals(List.of(TORN, END), read.findings());
        assertTrue(read.hasSequencesTo(4));
        assertEquals(5, Tailed.excerpts(directory, net.openhft.chronicle.queue.RollCycles.FAST_DAILY).size());

        // The same damage elsewhere is no tear.
        final ReadJournal again = ReadJournal.of(directory);
        JournalReaderTest.overwrite(again.file(0), again.offset(1) + 40, bad);
        assertTrue(ReadJournal.of(directory).findings().contains(CORRUPT));
    }

    @Test
    void shouldGoOnBehindARecordBegunWithoutItsHeader() throws Exception
    {
        write();
        final byte[] begun = new byte[300];
        java.util.Arrays.fill(begun, (byte) 7);
        JournalReaderTest.overwrite(newest(), tail() + 4, begun);
        restartWithin5s(304, false);
        final ReadJournal read = ReadJournal.of(directory);
        assertEquals(List.of(END), read.findings());
    }

    @Test
    void shouldRetireAFileWithAHeaderThatWasNotCompleted() throws Exception
    {
        write();
        JournalReaderTest.overwrite(newest(), tail(), NOT_COMPLETE);
        restartWithin5s(4, true);
        final ReadJournal read = ReadJournal.of(directory);
        assertEquals(List.of(END), read.findings());
        assertNotEquals(read.file(0), read.file(-1));
    }

    @Test
    void shouldRetireACycleFileThatWasBarelyCreated() throws Exception
    {
        write();
        final Path newest = newest();
        Files.move(newest, newest.resolveSibling("20200101F.cq4"));
        JournalReaderTest.overwrite(newest, 0, NOT_COMPLETE);
        restartWithin5s(4, true);
        assertEquals(List.of(END), ReadJournal.of(directory).findings());
    }

    @Test
    void shouldRetireACutFileAndOneWithLostPages() throws Exception
    {
        write();
        final long torn = ReadJournal.of(directory).offset(-1);
        try (RandomAccessFile file = new RandomAccessFile(newest().toFile(), "rw"))
        {
            file.setLength(torn + 50);
        }

        try (Life life = new Life(directory))
        {
            assertEquals(50, life.recovery().tornBytes());
            assertEquals(2, life.recovery().lastSequence());
            life.start();
            life.records().outcome(life.records().intent(100));
        }

        assertEquals(List.of(TORN, END), ReadJournal.of(directory).findings());

        // The writer's mark reached the disk, the page with the last record did not.
        final long lost = ReadJournal.of(directory).offset(-1);
        JournalReaderTest.overwrite(newest(), lost, new byte[400]);
        try (Life life = new Life(directory))
        {
            assertNotNull(life.recovery().retired());
            assertTrue(life.recovery().tornBytes() > 0);
            life.start();
        }

        final ReadJournal read = ReadJournal.of(directory);
        assertEquals(List.of(TORN, TORN, END), read.findings());
        assertTrue(read.hasSequencesTo(read.sequences().size()));
        assertEquals(3, CycleFiles.in(directory).size());
    }

    @Test
    void shouldNotWaitForLocksOrMetadataThatADeadProcessLeft() throws Exception
    {
        write();
        final Path metadata = directory.resolve("metadata.cq4t");
        for (final byte[] left : List.of(new byte[0], NOT_COMPLETE, new byte[5000], "garbage".getBytes()))
        {
            Files.write(metadata, left);
            restartWithin5s(0, false);
        }
    }

    private void restartWithin5s(final long tornBytes, final boolean isRetired) throws Exception
    {
        final long lastSequence = ReadJournal.of(directory).sequences().getLast();
        final long startNs = System.nanoTime();
        try (Life life = new Life(directory))
        {
            assertEquals(lastSequence, life.recovery().lastSequence());
            assertEquals(tornBytes, life.recovery().tornBytes());
            assertEquals(isRetired, null != life.recovery().retired());
            life.start();
            assertTrue(System.nanoTime() - startNs < TimeUnit.SECONDS.toNanos(5));
            life.records().outcome(life.records().intent(10));
            assertEquals(List.of(), life.errors());
        }

        assertTrue(ReadJournal.of(directory).hasSequencesTo(ReadJournal.of(directory).sequences().size()));
    }

    private void write()
    {
        try (Life life = new Life(directory).start())
        {
            life.records().outcome(life.records().intent(100));
        }
    }

    private Path newest() throws IOException
    {
        return CycleFiles.in(directory).newest();
    }

    private long tail() throws IOException
    {
        final ReadJournal read = ReadJournal.of(directory);
        return read.offset(-1) + 4 + read.records().getLast().length + 4 + 3 & ~3L;
    }
}
