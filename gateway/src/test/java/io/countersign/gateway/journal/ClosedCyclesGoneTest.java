package io.countersign.gateway.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.openhft.chronicle.core.time.SetTimeProvider;
import net.openhft.chronicle.queue.rollcycles.TestRollCycles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Closed cycle files are compressed or removed beside a gateway that goes on, and before one that starts. The files
 * that stand for compressed ones hold nothing here: a gateway must not so much as open them.
 */
@Timeout(120)
class ClosedCyclesGoneTest
{
    @TempDir
    private Path directory;

    @Test
    void shouldAppendRollAndStartWhateverBecomesOfClosedCycles() throws Exception
    {
        final SetTimeProvider time = new SetTimeProvider(1_700_000_000_000L * 1_000_000);
        try (Life life = new Life(directory, TestRollCycles.TEST_SECONDLY, time).start())
        {
            writeCycles(life, time, 5);
            compressAllBut(3);
            writeCycles(life, time, 3);
            compressAllBut(2);
            life.records().outcome(life.records().intent(10));
            time.advanceMillis(1000);
            removeCompressed();
            writeCycles(life, time, 2);
            assertEquals(List.of(), life.errors());
        }

        compressAllBut(3);
        final long last;
        try (Life life = new Life(directory, TestRollCycles.TEST_SECONDLY, time).start())
        {
            writeCycles(life, time, 2);
            last = life.records().lastSequence();
            assertEquals(List.of(), life.errors());
            assertEquals(1 + 10 * 2 + 2 + 1 + 2 * 2, last);
            assertEquals(0, life.recovery().interruptedIntents().length);
        }

        removeCompressed();
        final ReadJournal read = ReadJournal.of(directory);
        assertEquals(List.of(JournalReader.Event.END), read.findings());
        assertEquals(last, read.sequences().getLast());
    }

    @Test
    void shouldNotBeginAnewBesideRecordsThatItCannotRead() throws Exception
    {
        try (Life life = new Life(directory).start())
        {
            life.records().outcome(life.records().intent(10));
        }
        compressAllBut(0);
        final JournalException ex = assertThrows(JournalException.class, () -> new Life(directory));
        assertTrue(ex.getMessage().contains("is compressed; restore it with zstd -d"), ex.getMessage());
        final IOException unreadable = assertThrows(IOException.class, () -> ReadJournal.of(directory));
        assertTrue(unreadable.getMessage().contains("is compressed"), unreadable.getMessage());
    }

    @Test
    void shouldListCompressedFilesInTheirPlaces() throws Exception
    {
        for (final String name : new String[]{"20261103F.cq4", "20261101F.cq4.zst", "20261102F.cq4.retired-1.zst",
            "20261102F.cq4", "20261102F.cq4.zst", "20261101F.cq4.zst.partial", "20261104F.cq4.precreated"})
        {
            Files.createFile(directory.resolve(name));
        }
        final CycleFiles files = CycleFiles.in(directory);
        final List<String> names = new ArrayList<>();
        for (int i = 0; i < files.size(); i++)
        {
            names.add(files.path(i).getFileName().toString());
        }
        assertEquals(
            List.of("20261101F.cq4.zst", "20261102F.cq4.retired-1.zst", "20261102F.cq4", "20261103F.cq4"), names);
        assertEquals("20261103F.cq4", files.after(directory.resolve("20261102F.cq4.zst")).getFileName().toString());
    }

    private static void writeCycles(final Life life, final SetTimeProvider time, final int cycles)
    {
        for (int i = 0; i < cycles; i++)
        {
            life.records().outcome(life.records().intent(10));
            time.advanceMillis(1000);
        }
    }

    private void compressAllBut(final int newest) throws IOException
    {
        final CycleFiles files = CycleFiles.in(directory);
        for (int i = 0; i < files.size() - newest; i++)
        {
            if (!CycleFiles.isCompressed(files.path(i)))
            {
                Files.createFile(CycleFiles.compressed(files.path(i)));
                Files.delete(files.path(i));
            }
        }
    }

    private void removeCompressed() throws IOException
    {
        final CycleFiles files = CycleFiles.in(directory);
        for (int i = 0; i < files.size(); i++)
        {
            if (CycleFiles.isCompressed(files.path(i)))
            {
                Files.delete(files.path(i));
            }
        }
    }
}
