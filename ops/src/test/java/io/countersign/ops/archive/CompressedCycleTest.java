package io.countersign.ops.archive;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.countersign.gateway.journal.JournalReader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

@Timeout(120)
class CompressedCycleTest
{
    @TempDir
    private Path directory;

    private Path first;
    private Path second;

    @BeforeEach
    void before() throws Exception
    {
        final SealedJournal journal = new SealedJournal(directory);
        first = journal.day(3, 3000);
        second = journal.day(2, 50);
        journal.day(1, 5);
    }

    @ParameterizedTest
    @EnumSource(CycleCompressor.Step.class)
    void shouldLoseNothingWhereverARunIsKilled(final CycleCompressor.Step last) throws Exception
    {
        final List<String> read = Reading.of(directory);
        final byte[] content = Files.readAllBytes(first);
        final Killed killed = assertThrows(Killed.class, () -> compress(first, (step) ->
        {
            if (last == step)
            {
                throw new Killed();
            }
        }));
        assertEquals(null, killed.getMessage());
        assertEquals(read, Reading.of(directory), "after " + last);
        if (CycleCompressor.Step.REMOVED != last)
        {
            assertArrayEquals(content, Files.readAllBytes(first));
            compress(first, (step) ->
            {
            });
        }
        assertEquals(read, Reading.of(directory));
        assertFalse(Files.exists(first));
        assertFalse(SealedJournal.names(directory).toString().contains("partial"));
    }

    @Test
    void shouldReadTheUncompressedFileOfTwo() throws Exception
    {
        final List<String> read = Reading.of(directory);
        Files.write(compressed(first), new byte[]{1, 2, 3});
        assertEquals(read, Reading.of(directory));
        compress(first);
        assertEquals(read, Reading.of(directory));
    }

    @Test
    void shouldReadCorruptAndTornBytesAsTheyWere() throws Exception
    {
        final byte[] bytes = Files.readAllBytes(first);
        final int end = lastUsed(bytes);
        bytes[end / 2] ^= 4;
        Arrays.fill(bytes, end / 3, end / 3 + 3000, (byte) 0x55);
        Arrays.fill(bytes, end / 4, end / 4 + 2000, (byte) 0);
        Files.write(first, bytes);
        final byte[] cut = Files.readAllBytes(second);
        Files.write(second, Arrays.copyOf(cut, lastUsed(cut) - 77));
        final List<String> read = Reading.of(directory);
        assertTrue(Reading.count(read, JournalReader.Event.CORRUPT) > 1);
        compress(first);
        compress(second);
        assertEquals(read, Reading.of(directory));
    }

    @Test
    void shouldTellOfDamagedFramesAndReadTheRest() throws Exception
    {
        compress(first);
        final Path file = compressed(first);
        final byte[] bytes = Files.readAllBytes(file);
        final Set<String> whole = Set.copyOf(Reading.of(directory));
        final long[] frames;
        try (FileChannel channel = FileChannel.open(file))
        {
            frames = SeekTable.of(channel).offsets();
        }
        for (int frame = 0; frame < 2; frame++)
        {
            final int offset = (int) (frames[frame] + frames[frame + 1]) / 2;
            final byte[] damaged = bytes.clone();
            damaged[offset] ^= 16;
            Files.write(file, damaged);
            final List<String> read = Reading.of(directory);
            assertEquals(1, Reading.count(read, JournalReader.Event.CORRUPT), () -> "frame with offset " + offset +
                ": " + read.stream().filter((line) -> !line.startsWith("RECORD")).toList());
            final List<String> records = read.stream().filter((line) -> line.startsWith("RECORD")).toList();
            assertTrue(whole.containsAll(records));
            assertTrue(records.size() > 1000, records.size() + " records left");
        }
    }

    @Test
    void shouldThrowNothingWhateverIsInTheFile() throws Exception
    {
        compress(second);
        final Path file = compressed(second);
        final byte[] bytes = Files.readAllBytes(file);
        final Set<String> whole = Set.copyOf(Reading.of(directory));
        for (int i = 0; i < bytes.length; i += 1 + bytes.length / 60)
        {
            final byte[] flipped = bytes.clone();
            flipped[i] ^= 1;
            assertReadable(file, flipped, whole);
            assertReadable(file, Arrays.copyOf(bytes, i), whole);
        }
        for (int i = bytes.length - 40; i < bytes.length; i++)
        {
            final byte[] flipped = bytes.clone();
            flipped[i] ^= (byte) 0x80;
            assertReadable(file, flipped, whole);
        }
    }

    @Test
    void shouldLeaveNothingBehindWhenTheDiskIsFull() throws Exception
    {
        final List<String> read = Reading.of(directory);
        final IOException full = assertThrows(IOException.class, () -> compress(first, (step) ->
            CompressedCycleTest.<RuntimeException>refuse(new IOException("No space left on device"))));
        assertEquals("No space left on device", full.getMessage());
        assertEquals(3, SealedJournal.names(directory).size());
        assertEquals(read, Reading.of(directory));
    }

    private static void assertReadable(final Path file, final byte[] bytes, final Set<String> whole) throws IOException
    {
        Files.write(file, bytes);
        final List<String> read = Reading.of(file.getParent());
        final List<String> records = read.stream().filter((line) -> line.startsWith("RECORD")).toList();
        assertTrue(whole.containsAll(records), "a record that was never written");
    }

    private static int lastUsed(final byte[] bytes)
    {
        int end = bytes.length;
        while (0 == bytes[end - 1])
        {
            end--;
        }
        return end;
    }

    private static Path compressed(final Path file)
    {
        return file.resolveSibling(file.getFileName() + ".zst");
    }

    private static CycleCompressor.Result compress(final Path file) throws IOException
    {
        return compress(file, (step) ->
        {
        });
    }

    private static CycleCompressor.Result compress(
        final Path file, final Consumer<CycleCompressor.Step> afterStep) throws IOException
    {
        return new CycleCompressor(afterStep, new Progress(new PrintWriter(System.err)))
            .run(file, compressed(file));
    }

    @SuppressWarnings("unchecked")
    private static <T extends Exception> void refuse(final IOException ex) throws T
    {
        throw (T) ex;
    }

    /** In place of a signal. */
    private static final class Killed extends Error
    {
        private static final long serialVersionUID = 1L;
    }
}
