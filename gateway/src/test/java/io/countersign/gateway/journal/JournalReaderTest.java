package io.countersign.gateway.journal;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

import static io.countersign.gateway.journal.JournalReader.Event.*;
import static org.junit.jupiter.api.Assertions.*;

@Timeout(120)
class JournalReaderTest
{
    private static final int RECORDS = 201;

    @TempDir
    private Path temporary;

    @Test
    void shouldChangeNothingAndNeedNoMetadata() throws Exception
    {
        writeLife(temporary);
        Files.delete(temporary.resolve("metadata.cq4t"));
        final TreeMap<Path, FileTime> before = listing(temporary);
        assertTrue(ReadJournal.of(temporary).hasSequencesTo(RECORDS));
        assertEquals(before, listing(temporary));
    }

    @Test
    void shouldFollowALiveJournal() throws Exception
    {
        try (JournalReader reader = new JournalReader(temporary))
        {
            assertEquals(END, reader.poll());
            try (Life life = new Life(temporary).start())
            {
                for (int i = 0; i < 1000; i++)
                {
                    assertEquals(RECORD, reader.poll());
                    assertEquals(life.records().lastSequence(), reader.sequence());
                    assertEquals(END, reader.poll());
                    assertEquals(END, reader.poll());
                    life.records().intent(i);
                }
            }
        }
    }

    @Test
    void shouldFollowAWriterOnAnotherThreadWithoutEverFindingAFault() throws Exception
    {
        final int count = 200_000;
        try (Life life = new Life(temporary); JournalReader reader = new JournalReader(temporary))
        {
            final Thread writer = new Thread(() ->
            {
                for (int i = 0; i < count; i++)
                {
                    life.records().intent(i % 300);
                }
            });
            writer.start();

            try
            {
                long records = 0;
                while (records < count)
                {
                    final JournalReader.Event event = reader.poll();
                    assertTrue(RECORD == event || END == event || INCOMPLETE == event, () -> event + " " +
                        reader.description() + " at " + reader.fileOffset());
                    records += RECORD == event ? 1 : 0;
                    assertTrue(END != event || writer.isAlive() || life.records().lastSequence() == count);
                }
            }
            finally
            {
                // The journal must not be unmapped under its writer, whatever was found.
                writer.join();
            }
        }
    }

    @Test
    void shouldFindARecordBegunWithoutItsHeader() throws Exception
    {
        writeLife(temporary);
        overwrite(newest(), tail() + 4, new byte[]{72, 0, 10, 0, 1, 2, 3});
        final ReadJournal read = ReadJournal.of(temporary);
        assertTrue(read.hasSequencesTo(RECORDS));
        assertEquals(List.of(INCOMPLETE), read.findings());
    }

    @Test
    void shouldTellATornTailFromACorruptRecordAndAGap() throws Exception
    {
        writeLife(temporary);
        final ReadJournal whole = ReadJournal.of(temporary);
        final long last = whole.offset(-1);
        final long middle = whole.offset(50);

        flip(last + 30);
        assertEquals(List.of(TORN), ReadJournal.of(temporary).findings());
        flip(middle + 30);
        assertEquals(List.of(CORRUPT, GAP, TORN), ReadJournal.of(temporary).findings());
        flip(last + 30);
        final ReadJournal read = ReadJournal.of(temporary);
        assertEquals(List.of(CORRUPT, GAP, END), read.findings());
        assertEquals(RECORDS - 1, read.records().size());
        flip(middle + 30);
        // An excerpt whose metadata bit is set is skipped by any reader of the queue: the sequence shows it.
        flip(middle + 3, 0x40);
        assertEquals(List.of(GAP, END), ReadJournal.of(temporary).findings());
    }

    @Test
    void shouldFindRepeatedSequences() throws Exception
    {
        try (Life life = new Life(temporary).start())
        {
            life.records().intent(5);
            life.records().skipSequences(-1);
            life.records().intent(5);
            life.records().skipSequences(3);
            life.records().intent(5);
        }

        assertEquals(List.of(GAP, GAP, END), ReadJournal.of(temporary).findings());
    }

    @Test
    void shouldGoOnBehindZeroedPages() throws Exception
    {
        writeLife(temporary);
        final ReadJournal whole = ReadJournal.of(temporary);
        overwrite(newest(), whole.offset(60) + 4, new byte[8192]);
        final ReadJournal read = ReadJournal.of(temporary);
        assertEquals(List.of(CORRUPT, GAP, END), read.findings());
        assertEquals(RECORDS, read.sequences().getLast());
    }

    @Test
    void shouldSurviveEveryCut() throws Exception
    {
        writeLife(temporary);
        final ReadJournal whole = ReadJournal.of(temporary);
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        long length = whole.offset(-1) + 500;
        while (length > 0)
        {
            final long cut = length;
            truncate(cut);
            final ReadJournal read = ReadJournal.of(temporary);
            final long complete = whole.sequences().stream()
                .filter((s) -> end(whole, (int) (s - 1)) <= cut).count();
            assertTrue(read.hasSequencesTo(complete), () -> "cut at " + cut + ", seed " + seed);
            assertFalse(read.findings().contains(CORRUPT) || read.findings().contains(GAP), "cut at " + cut);
            length -= 1 + random.nextInt(900);
        }
    }

    @Test
    void shouldSurviveGarbageAnywhere() throws Exception
    {
        writeLife(temporary);
        final byte[] original = Files.readAllBytes(newest());
        final int end = (int) tail() + 64;
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        for (int i = 0; i < 300; i++)
        {
            final byte[] garbage = new byte[1 + random.nextInt(i % 3 == 0 ? 5000 : 8)];
            random.nextBytes(garbage);
            final int at = i % 10 == 0 ? random.nextInt(600) : random.nextInt(end);
            try (RandomAccessFile file = new RandomAccessFile(newest().toFile(), "rw"))
            {
                file.seek(at);
                file.write(garbage);
                final ReadJournal read = ReadJournal.of(temporary);
                assertTrue(read.records().size() <= RECORDS, "seed " + seed);
                file.seek(at);
                file.write(original, at, garbage.length);
            }
        }

        assertTrue(ReadJournal.of(temporary).hasSequencesTo(RECORDS));
    }

    private void writeLife(final Path directory)
    {
        try (Life life = new Life(directory).start())
        {
            for (int i = 0; i < RECORDS / 2; i++)
            {
                life.records().outcome(life.records().intent(i * 3));
            }
        }
    }

    private Path newest() throws IOException
    {
        return CycleFiles.in(temporary).newest();
    }

    private long tail() throws IOException
    {
        final ReadJournal read = ReadJournal.of(temporary);
        return end(read, read.records().size() - 1) + 3 & ~3L;
    }

    private static long end(final ReadJournal read, final int index)
    {
        return read.offset(index) + 4 + read.records().get(index).length + 4;
    }

    private void flip(final long offset) throws IOException
    {
        flip(offset, 0x01);
    }

    private void flip(final long offset, final int bits) throws IOException
    {
        try (RandomAccessFile file = new RandomAccessFile(newest().toFile(), "rw"))
        {
            file.seek(offset);
            final int value = file.read();
            file.seek(offset);
            file.write(value ^ bits);
        }
    }

    private void truncate(final long length) throws IOException
    {
        try (RandomAccessFile file = new RandomAccessFile(newest().toFile(), "rw"))
        {
            file.setLength(length);
        }
    }

    static void overwrite(final Path path, final long offset, final byte[] bytes) throws IOException
    {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw"))
        {
            file.seek(offset);
            file.write(bytes);
        }
    }

    private static TreeMap<Path, FileTime> listing(final Path directory) throws IOException
    {
        final TreeMap<Path, FileTime> listing = new TreeMap<>();
        try (Stream<Path> paths = Files.list(directory))
        {
            for (final Path path : paths.toList())
            {
                listing.put(path, Files.getLastModifiedTime(path));
            }
        }

        return listing;
    }
}
