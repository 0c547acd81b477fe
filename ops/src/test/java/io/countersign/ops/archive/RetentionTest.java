package io.countersign.ops.archive;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.countersign.gateway.seal.Checkpoint;
import io.countersign.gateway.seal.Frontier;
import io.countersign.gateway.seal.SignedNote;
import io.countersign.gateway.seal.TreeHasher;
import io.countersign.ops.CommandRun;
import io.countersign.ops.audit.RemovedRecords;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

@Timeout(120)
class RetentionTest
{
    @TempDir
    private Path directory;

    private final Frontier frontierOfDay9 = new Frontier(new TreeHasher());
    private SealedJournal journal;

    @BeforeEach
    void before() throws Exception
    {
        journal = new SealedJournal(directory);
        journal.day(10, 5);
        journal.day(9, 5);
        frontierOfDay9.set(journal.frontier());
        for (int daysAgo = 8; daysAgo >= 4; daysAgo--)
        {
            journal.day(daysAgo, 5);
        }
    }

    @Test
    void shouldRemoveNothingUnlessTold() throws Exception
    {
        assertTrue(archive("--keep-days", "2000").error().contains("--below-minimum"));
        assertTrue(archive("--keep-bytes", "lots").error().contains("'lots' is no size"));
        assertEquals(0, archive("--keep-days", "2192", "--keep-bytes", "1").exitCode());
        assertEquals(7, SealedJournal.names(directory).size());
        assertNull(RemovedRecords.read(directory));
    }

    @Test
    void shouldSayWhatStoodThereBeforeItRemovesIt() throws Exception
    {
        final long first = frontierOfDay9.size() + 1;
        final List<String> read = Reading.of(directory);
        final CommandRun run = archive("--below-minimum", "--keep-days", "8");
        assertEquals(0, run.exitCode(), run.out() + run.err());
        assertTrue(run.out().contains(SealedJournal.name(9) + ".zst: removed, records "), run.out());
        assertEquals(SealedJournal.name(8) + ".zst", SealedJournal.names(directory).getFirst());

        final RemovedRecords removed = RemovedRecords.read(directory);
        assertEquals(first, removed.firstSequence());
        assertArrayEquals(frontierOfDay9.encoded(), removed.frontier());
        final Checkpoint last = Checkpoint.parse(SignedNote.parse(removed.lastCheckpoint()).text());
        assertEquals(first - 2, last.treeSize(), "the seal that ended day 9");
        final List<String> left = Reading.of(directory);
        assertEquals(read.subList(read.size() - left.size(), read.size()), left);
        assertTrue(left.getFirst().contains(" " + first + " "), left.getFirst());
    }

    @Test
    void shouldGoOnBehindWhatWasRemoved() throws Exception
    {
        assertEquals(0, archive("--below-minimum", "--keep-days", "6").exitCode());
        assertEquals(List.of(
            SealedJournal.name(6), SealedJournal.name(5), SealedJournal.name(4), RemovedRecords.FILE_NAME),
            SealedJournal.names(directory), "all that was compressed is gone");
        journal.day(3, 5);
        journal.day(2, 5);
        final CommandRun run = archive("--below-minimum", "--keep-bytes", "1");
        assertEquals(0, run.exitCode(), run.out() + run.err());
        assertTrue(run.out().contains("archived=2 staying=0 removed=2"), run.out());
        assertEquals(SealedJournal.name(4), SealedJournal.names(directory).getFirst());
    }

    @Test
    void shouldRemoveTheRestOfWhatAKilledRunHadBegunTo() throws Exception
    {
        archive();
        final Path oldest = directory.resolve(SealedJournal.name(10) + ".zst");
        final Path second = directory.resolve(SealedJournal.name(9) + ".zst");
        final byte[] bytes = Files.readAllBytes(second);
        archive("--below-minimum", "--keep-days", "8");
        assertFalse(Files.exists(oldest));
        Files.write(second, bytes);
        Files.writeString(directory.resolve(RemovedRecords.FILE_NAME + ".partial"), "{");
        final CommandRun run = archive();
        assertEquals(0, run.exitCode(), run.err());
        assertTrue(run.out().contains(second.getFileName() + ": removed, as a run before"), run.out());
        assertFalse(Files.exists(second));
        assertEquals(frontierOfDay9.size() + 1, RemovedRecords.read(directory).firstSequence());
        Files.writeString(directory.resolve(RemovedRecords.FILE_NAME), "{\"firstSequence\":5,\"frontier\":\"\"}");
        assertTrue(archive().error().contains("removed.json cannot be used"));
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
}
