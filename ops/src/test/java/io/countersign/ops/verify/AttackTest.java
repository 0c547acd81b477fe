package io.countersign.ops.verify;

import io.countersign.ops.CommandRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

import static org.junit.jupiter.api.Assertions.*;

/**
 * What somebody can do who knows the format, writes checksums and sequences anew and has every file, but not the audit
 * key.
 */
@Timeout(120)
class AttackTest
{
    private static final int SEQUENCE_OFFSET = 8;

    @TempDir
    private Path temporary;

    private final SealedJournal journal = SealedJournal.ofTwoLives();

    @Test
    void shouldNoticeADroppedRecord() throws IOException
    {
        journal.records.remove(8);
        resequence(8);
        assertBroken("the seal is of 9 records, which is not before it");
    }

    @Test
    void shouldNoticeSwappedRecords() throws IOException
    {
        Collections.swap(journal.records, 11, 13);
        resequence(11);
        assertBroken("something in records 10 to ");
    }

    @Test
    void shouldNoticeADuplicatedRecord() throws IOException
    {
        journal.records.add(9, journal.records.get(8).clone());
        resequence(9);
        assertBroken("was changed, added or removed");
    }

    @Test
    void shouldNoticeATruncatedRecord() throws IOException
    {
        final byte[] record = journal.records.get(8);
        journal.records.set(8, Arrays.copyOf(record, record.length - 3));
        assertBroken("something in records 1 to 9 was changed, added or removed");
    }

    @Test
    void shouldNoticeAGapAndARepetition() throws IOException
    {
        final byte[] removed = journal.records.remove(12);
        assertBroken("records 13 to 13 are missing");
        journal.records.add(12, removed);
        journal.records.add(20, removed);
        assertBroken("sequence 13 follows 20: a record was put in again or moved");
    }

    @Test
    void shouldNoticeARemovedCycleFile() throws IOException
    {
        final Path directory = temporary.resolve("j");
        Files.createDirectories(directory);
        final List<byte[]> records = journal.records;
        final List<String> names = List.of("20261128F.cq4", "20261129F.cq4", "20261130F.cq4");
        for (final String removed : names)
        {
            CycleFileBuilder.write(directory.resolve(names.get(0)), records.subList(0, 14), true);
            CycleFileBuilder.write(directory.resolve(names.get(1)), records.subList(14, 25), true);
            CycleFileBuilder.write(directory.resolve(names.get(2)), records.subList(25, records.size()), false);
            Files.delete(directory.resolve(removed));
            final CommandRun run = CommandRun.of("audit", "verify", directory);
            assertEquals(removed.equals(names.get(2)) ? 2 : 1, run.exitCode(), run.out());
        }
        final CommandRun run = CommandRun.of("audit", "verify", directory, "--checkpoints",
            journal.writeCheckpoints(temporary.resolve("checkpoints.txt")));
        assertEquals(1, run.exitCode(), run.out());
        assertTrue(run.out().contains("the journal ends with 25: records were removed from its end"), run.out());
    }

    @Test
    void shouldNoticeAnOldSealInThePlaceOfANewOne() throws IOException
    {
        final byte[] old = journal.records.get(9).clone();
        journal.records.set(26, old);
        resequence(26);
        assertBroken("the seal is of 9 records, and the one before of 19: an old seal was put in again");
    }

    @Test
    void shouldNoticeASealByAnotherKey() throws IOException
    {
        final KeyPair other = SealedJournal.keyPair("Ed25519");
        final byte[] right = journal.records.removeLast();
        journal.seal(31, other);
        assertBroken("the seal is signed by another key than the audit key in force");
        journal.records.set(31, right);
        assertEquals(0, verify().exitCode());
    }

    @Test
    void shouldNoticeEverythingRewrittenBehindASeal() throws IOException
    {
        final List<byte[]> rest = List.copyOf(journal.records.subList(20, journal.records.size()));
        while (journal.records.size() > 20)
        {
            journal.records.removeLast();
        }
        journal.start(0).policy("principals: []\n").opened().denial().stop();
        final CommandRun run = verify();
        assertEquals(0, run.exitCode(), "without a checkpoint, nothing tells it from a journal without a last seal");
        assertTrue(run.out().contains("after the last seal: 6 records, from sequence 20"), run.out());
        assertEquals(12, rest.size());
        journal.writeCheckpoints(temporary.resolve("checkpoints.txt"));
        final CommandRun checked = verify("--checkpoints", temporary.resolve("checkpoints.txt"));
        assertEquals(1, checked.exitCode(), checked.out());
    }

    @Test
    void shouldNoticeAJournalThatIsWhollyMadeAnewWithAnotherKey() throws IOException
    {
        final SealedJournal forged = SealedJournal.ofTwoLives();
        forged.write(temporary.resolve("j"));
        final Path keys = temporary.resolve("audit-key.txt");
        Files.writeString(keys, SealedJournal.noteKey(journal.auditKeys).format() + "\n");
        final CommandRun run = CommandRun.of("audit", "verify", temporary.resolve("j"), "--keys", keys);
        assertEquals(1, run.exitCode(), run.out());
        assertTrue(run.out().contains("the seal is signed by another key"), run.out());
    }

    @Test
    void shouldNameTheRangeOfAChangeAndGoOnBehindIt() throws IOException
    {
        journal.records.get(16)[60] ^= 1;
        final CommandRun run = verify();
        assertEquals(1, run.exitCode());
        assertTrue(run.out().contains("record 20, 20261130F.cq4 offset "), run.out());
        assertTrue(run.out().contains("something in records 15 to 19 was changed, added or removed"), run.out());
        assertTrue(run.out().contains("broken: 1 finding\n") || run.out().contains("record 17, "), run.out());
    }

    private void assertBroken(final String finding) throws IOException
    {
        final CommandRun run = verify();
        assertEquals(1, run.exitCode(), run.out());
        assertTrue(run.out().contains(finding), run.out());
    }

    private CommandRun verify(final Object... options) throws IOException
    {
        journal.write(temporary.resolve("j"));
        final Object[] args = new Object[3 + options.length];
        args[0] = "audit";
        args[1] = "verify";
        args[2] = temporary.resolve("j");
        System.arraycopy(options, 0, args, 3, options.length);
        return CommandRun.of(args);
    }

    private void resequence(final int first)
    {
        for (int i = first; i < journal.records.size(); i++)
        {
            ByteBuffer.wrap(journal.records.get(i)).order(ByteOrder.LITTLE_ENDIAN).putLong(SEQUENCE_OFFSET, i + 1);
        }
    }
}
