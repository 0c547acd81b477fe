package io.countersign.gateway.sealing;

import io.countersign.gateway.journal.SealEntry;
import io.countersign.hsm.SigningAlgorithm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class SealRestartTest
{
    @TempDir
    private Path directory;

    @Test
    void shouldGoOnFromTheLastSealOverRestartsWithoutAnyNotice() throws Exception
    {
        final SealRig rig = rig();
        for (int life = 0; life < 4; life++)
        {
            rig.start();
            rig.life.request();
            rig.assertSound(rig.seal());
            for (int i = 0; i < life; i++)
            {
                rig.life.request(); // Not sealed in this life.
            }
            rig.stop();
        }
        rig.start();
        rig.assertSound(rig.seal());
        rig.stop();
        assertEquals(List.of(), rig.notices);
    }

    @Test
    void shouldGoOnOverATornTailWhichIsNoLeaf() throws Exception
    {
        final SealRig rig = rig().start();
        rig.life.request();
        rig.seal();
        rig.life.request();
        final long last = rig.life.lastSequence();
        rig.stop();
        tear(rig.journalDirectory);
        rig.start();
        assertEquals(last - 1, rig.life.foundSequence(), "the last record is torn");
        rig.life.request();
        final SealEntry seal = rig.seal();
        rig.assertSound(seal);
        assertEquals(rig.life.lastSequence() - 1, seal.treeSize());
        rig.stop();
        assertEquals(List.of(), rig.notices);
    }

    @Test
    void shouldGoOnBehindASealThatDoesNotVerifyFromTheOneBefore() throws Exception
    {
        final SealRig rig = rig().start();
        rig.life.request();
        rig.seal();
        rig.life.request();
        final SealEntry good = rig.seal();
        rig.life.request();
        final byte[] root = good.root().clone();
        root[3] ^= 1;
        rig.life.seal(new SealEntry(rig.life.lastSequence(), root, good.sealedUtcNs(), good.clockErrorNs(), "kernel",
            good.frontier(), good.checkpoint()));
        rig.stop();
        rig.start();
        rig.assertSound(rig.seal());
        rig.stop();
        assertEquals(List.of("alarm"), rig.firstWords());
    }

    @Test
    void shouldBeginAtTheFirstRecordWhenNoSealIsGood() throws Exception
    {
        final SealRig rig = rig().start();
        rig.life.request();
        rig.life.seal(new SealEntry(2, new byte[32], 0, -1, "", new byte[32], new byte[]{1}));
        rig.stop();
        rig.start();
        rig.assertSound(rig.seal());
        rig.stop();
        assertEquals(List.of("alarm"), rig.firstWords());
    }

    @Test
    void shouldGoOnFromASealOfTheAuditKeyBeforeAndSaySo() throws Exception
    {
        final SealRig before = rig().start();
        before.life.request();
        before.seal();
        before.stop();
        final SealRig rig = rig().start();
        rig.life.request();
        rig.assertSound(rig.seal());
        rig.stop();
        assertEquals(1, rig.notices.size(), rig.notices.toString());
        assertTrue(rig.notices.getFirst().contains("is of another audit key or origin"), rig.notices.getFirst());
    }

    @Test
    void shouldReadOnIntoTheNextCycleFileAndRecoverWhatStandsInTheOneBefore() throws Exception
    {
        final SealRig rig = rig().start();
        rig.life.request();
        rig.seal();
        rig.life.nextDay();
        rig.life.request();
        rig.assertSound(rig.seal());
        rig.life.request();
        rig.life.nextDay();
        rig.life.request();
        final SealEntry overMidnight = rig.seal();
        rig.assertSound(overMidnight);
        rig.stop();
        rig.start();
        rig.life.request();
        rig.assertSound(rig.seal());
        rig.stop();
        try (Stream<Path> files = Files.list(rig.journalDirectory))
        {
            assertEquals(3, files.filter((file) -> file.toString().endsWith(".cq4")).count());
        }
        assertEquals(List.of(), rig.notices);
    }

    @Test
    void shouldGoOnFromASealWhoseNextRecordsStandInTheFileBefore() throws Exception
    {
        final SealRig rig = rig().start();
        rig.life.request();
        rig.signer.isSlow = true;
        rig.pass(SealRig.INTERVAL_MS);
        rig.life.request();
        rig.life.nextDay();
        rig.life.request();
        rig.signer.isSlow = false;
        assertEquals(3, rig.pass(1).getFirst().treeSize(), "of the first day, recorded on the second");
        rig.stop();
        rig.start();
        rig.assertSound(rig.seal());
        rig.stop();
        assertEquals(List.of(), rig.notices);
    }

    @Test
    void shouldReadOnIntoAFileThatTookTheRetiredOnesPlace() throws Exception
    {
        final SealRig rig = rig().start();
        rig.life.request();
        rig.seal();
        rig.life.request();
        rig.stop();
        final Path file = cycleFile(rig.journalDirectory);
        Files.move(file, file.resolveSibling(file.getFileName() + ".retired-1"));
        rig.start();
        assertTrue(rig.life.foundSequence() > 4);
        rig.life.request();
        rig.assertSound(rig.seal());
        rig.stop();
        assertEquals(List.of(), rig.notices);
    }

    @Test
    void shouldRaiseTheAlarmWhenTheJournalIsShorterThanWhatWasExported() throws Exception
    {
        final SealRig rig = rig().start();
        rig.life.request();
        rig.seal();
        rig.stop();
        Files.delete(cycleFile(rig.journalDirectory));
        rig.start();
        rig.seal();
        rig.stop();
        assertEquals(List.of("alarm"), rig.firstWords());
        assertTrue(rig.notices.getFirst().contains("covers 3 records, and the journal has 0"));
    }

    private SealRig rig() throws Exception
    {
        return new SealRig(directory, FakeSigner.ed25519(), SigningAlgorithm.ED25519);
    }

    private static Path cycleFile(final Path journal) throws IOException
    {
        try (Stream<Path> files = Files.list(journal))
        {
            return files.filter((file) -> file.toString().endsWith(".cq4")).findFirst().orElseThrow();
        }
    }

    /** Damages the last record, as a loss of power does. */
    private static void tear(final Path journal) throws IOException
    {
        final byte[] bytes = Files.readAllBytes(cycleFile(journal));
        int last = bytes.length - 1;
        while (0 == bytes[last])
        {
            last--;
        }
        try (RandomAccessFile file = new RandomAccessFile(cycleFile(journal).toFile(), "rw"))
        {
            file.seek(last - 20);
            file.write(new byte[]{1, 2, 3, 4});
        }
    }
}
