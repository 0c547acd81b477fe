package io.countersign.ops.archive;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.ZstdInputStream;
import io.countersign.ops.CommandRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

@Timeout(120)
class ArchiveCommandTest
{
    @TempDir
    private Path temporary;

    private Path directory;
    private SealedJournal journal;

    @BeforeEach
    void before() throws Exception
    {
        directory = temporary.resolve("journal");
        journal = new SealedJournal(directory);
    }

    @Test
    void shouldCompressSealedDaysAndLeaveEveryReaderWithTheSameRecords() throws Exception
    {
        for (int daysAgo = 9; daysAgo >= 4; daysAgo--)
        {
            journal.day(daysAgo, 200);
        }
        final Path oldest = directory.resolve(SealedJournal.name(9));
        Files.setPosixFilePermissions(oldest, PosixFilePermissions.fromString("rw-------"));
        final byte[] content = Files.readAllBytes(oldest);
        final List<String> read = Reading.of(directory);
        final CommandRun replay = CommandRun.of("audit", "replay", directory, "--json");
        final CommandRun stages = CommandRun.of("audit", "stages", directory);
        assertEquals(0, replay.exitCode(), replay.err());

        final CommandRun dry = archive("--dry-run");
        assertEquals(0, dry.exitCode(), dry.err());
        assertTrue(dry.lines().getFirst().contains("would be compressed, records 1 to 404"), dry.out());
        assertTrue(Files.exists(oldest));

        final CommandRun run = archive();
        assertEquals(0, run.exitCode(), run.out() + run.err());
        assertEquals(List.of(
            SealedJournal.name(9) + ".zst", SealedJournal.name(8) + ".zst", SealedJournal.name(7) + ".zst",
            SealedJournal.name(6), SealedJournal.name(5), SealedJournal.name(4)), SealedJournal.names(directory));
        assertTrue(run.out().contains(SealedJournal.name(9) + ": compressed, records 1 to 404, sealed by record 407"),
            run.out());
        assertTrue(run.lines().getLast().startsWith("archived=3 staying=0 removed=0 "), run.out());

        assertEquals(read, Reading.of(directory));
        assertEquals(replay, CommandRun.of("audit", "replay", directory, "--json"));
        assertEquals(stages, CommandRun.of("audit", "stages", directory));
        final Path compressed = directory.resolve(SealedJournal.name(9) + ".zst");
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(compressed)));
        assertTrue(Files.size(compressed) < content.length / 50, "zeros that nobody has written take no room");
        try (InputStream in = new ZstdInputStream(Files.newInputStream(compressed)).setContinuous(false))
        {
            assertArrayEquals(content, in.readAllBytes(), "as any decompressor restores it");
        }

        final CommandRun again = archive();
        assertEquals(0, again.exitCode());
        assertEquals(1, again.lines().size(), again.out());
    }

    @Test
    void shouldGoOnFromWhatWasArchivedBefore() throws Exception
    {
        for (int daysAgo = 12; daysAgo >= 8; daysAgo--)
        {
            journal.day(daysAgo, 20);
        }
        assertEquals(0, archive().exitCode());
        journal.day(7, 20);
        journal.day(6, 20);
        final List<String> read = Reading.of(directory);
        final CommandRun run = archive();
        assertEquals(0, run.exitCode(), run.out() + run.err());
        assertTrue(run.out().contains("archived=2 "), run.out());
        assertEquals(read, Reading.of(directory));
        assertTrue(archive("--older-than", "100").out().contains("archived=0 "));
    }

    @Test
    void shouldLeaveWhatNoSealCovers() throws Exception
    {
        for (int daysAgo = 9; daysAgo >= 5; daysAgo--)
        {
            journal.unsealedDay(daysAgo, 3);
        }
        final CommandRun run = archive();
        assertEquals(1, run.exitCode());
        assertEquals(SealedJournal.name(9) + " stays: no seal covers its records 1 to 8", run.lines().getFirst());
        assertEquals(5, SealedJournal.names(directory).size());
        assertFalse(SealedJournal.names(directory).toString().contains("zst"));
    }

    @Test
    void shouldLeaveWhatDoesNotFitItsSeal() throws Exception
    {
        journal.day(9, 3);
        journal.falsify();
        for (int daysAgo = 8; daysAgo >= 5; daysAgo--)
        {
            journal.day(daysAgo, 3);
        }
        final CommandRun run = archive();
        assertEquals(1, run.exitCode());
        assertTrue(run.lines().getFirst().contains(
            "stays: the root of the seal in record 13 does not fit the records"), run.out());
        assertFalse(SealedJournal.names(directory).toString().contains("zst"));
    }

    @Test
    void shouldLeaveWhatWasChanged() throws Exception
    {
        final Path changed = journal.day(9, 30);
        for (int daysAgo = 8; daysAgo >= 5; daysAgo--)
        {
            journal.day(daysAgo, 3);
        }
        Bytes.flip(changed, Bytes.indexOf(changed, "n=19"));
        final CommandRun run = archive();
        assertEquals(1, run.exitCode());
        assertTrue(run.lines().getFirst().contains("stays: records 20 to 20 are missing or damaged"), run.out());
        assertTrue(run.lines().get(1).startsWith(SealedJournal.name(8) + ": compressed"), run.out());
        assertTrue(Files.exists(changed));
    }

    @Test
    void shouldAskForTheGivenKey() throws Exception
    {
        for (int daysAgo = 9; daysAgo >= 5; daysAgo--)
        {
            journal.day(daysAgo, 3);
        }
        final Path others = Files.writeString(
            temporary.resolve("others"), new SealedJournal(temporary.resolve("none")).verifierKey() + "\n");
        final CommandRun refused = archive("--keys", others);
        assertEquals(1, refused.exitCode());
        assertTrue(refused.lines().getFirst().contains("none of the given keys has signed"), refused.out());
        final Path own = Files.writeString(temporary.resolve("own"), "# audit\n" + journal.verifierKey() + "\n");
        assertEquals(0, archive("--keys", own).exitCode());
        assertEquals(2, archive("--keys", temporary.resolve("missing")).exitCode());
        Files.writeString(own, "no key\n");
        assertTrue(archive("--keys", own).error().contains("no verifier key"));
    }

    @Test
    void shouldLeaveIntentsThatANextStartWouldLookFor() throws Exception
    {
        journal.day(9, 3);
        journal.day(8, () ->
        {
            journal.seal();
            journal.intent();
            journal.seal();
        });
        journal.day(7, 3);
        for (int daysAgo = 6; daysAgo >= 4; daysAgo--)
        {
            journal.day(daysAgo, 3);
        }
        // Each life starts with no interrupted intents to announce, so the one of day 8 is settled at the next start.
        assertEquals(0, archive("--keep-uncompressed", "2").exitCode());
        final Path other = temporary.resolve("other");
        final SealedJournal oneLife = new SealedJournal(other);
        oneLife.day(9, () ->
        {
            oneLife.seal();
            oneLife.intent();
            oneLife.seal();
        });
        for (int daysAgo = 8; daysAgo >= 5; daysAgo--)
        {
            oneLife.continuedDay(daysAgo, 3);
        }
        final CommandRun run = CommandRun.of("audit", "archive", other);
        assertEquals(1, run.exitCode());
        assertTrue(run.lines().getFirst().contains("intent 4 has neither an outcome nor an interrupted"), run.out());
    }

    @Test
    void shouldKeepTheDaysThatAStartReads() throws Exception
    {
        journal.day(30, 3);
        journal.day(29, 3);
        journal.day(28, 3);
        for (int daysAgo = 27; daysAgo >= 20; daysAgo--)
        {
            journal.day(daysAgo, 0);
        }
        assertTrue(archive().out().contains("archived=0 "), "three days with requests, however old");
        assertTrue(archive("--keep-uncompressed", "2").out().contains("archived=1 "));
        assertTrue(archive("--keep-uncompressed", "1").error().contains("2 days or more"));
        assertTrue(archive("--older-than", "0").error().contains("1 day or more"));
    }

    @Test
    void shouldTakeRetiredFilesToo() throws Exception
    {
        final Path retired = journal.day(9, 3);
        Files.move(retired, retired.resolveSibling(retired.getFileName() + ".retired-1"));
        for (int daysAgo = 8; daysAgo >= 5; daysAgo--)
        {
            journal.day(daysAgo, 3);
        }
        final List<String> read = Reading.of(directory);
        assertEquals(0, archive().exitCode());
        assertEquals(SealedJournal.name(9) + ".retired-1.zst", SealedJournal.names(directory).getFirst());
        assertEquals(read, Reading.of(directory));
    }

    @Test
    void shouldNotRunTwiceAtOnce() throws Exception
    {
        journal.day(9, 3);
        try (ArchiveLock lock = ArchiveLock.acquire(directory))
        {
            assertNotNull(lock);
            final CommandRun run = archive();
            assertEquals(2, run.exitCode());
            assertTrue(run.error().contains("is being archived by another run"), run.err());
        }
        assertEquals(0, archive().exitCode());
        assertEquals(2, CommandRun.of("audit", "archive", temporary).exitCode());
    }

    private CommandRun archive(final Object... options)
    {
        final Object[] arguments = new Object[3 + options.length];
        arguments[0] = "audit";
        arguments[1] = "archive";
        arguments[2] = directory;
        System.arraycopy(options, 0, arguments, 3, options.length);
        return CommandRun.of(arguments);
    }

    /** Bytes of files. */
    static final class Bytes
    {
        private Bytes()
        {
        }

        static void flip(final Path file, final int offset) throws IOException
        {
            final byte[] bytes = Files.readAllBytes(file);
            bytes[offset] ^= 1;
            Files.write(file, bytes);
        }

        static int indexOf(final Path file, final String text) throws IOException
        {
            return new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1).indexOf(text);
        }
    }
}
