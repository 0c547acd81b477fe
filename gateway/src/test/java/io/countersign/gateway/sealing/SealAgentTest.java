package io.countersign.gateway.sealing;

import io.countersign.gateway.journal.SealEntry;
import io.countersign.gateway.seal.Checkpoint;
import io.countersign.gateway.seal.SignedNote;
import io.countersign.hsm.SigningAlgorithm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class SealAgentTest
{
    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"Ed25519", "ECDSA-P256-SHA256"})
    void shouldSealWhatIsThereWithinTheIntervalInTheFormatOfCheckpoints(final String algorithm) throws Exception
    {
        final SigningAlgorithm signing = SigningAlgorithm.ofConfigName(algorithm);
        try (SealRig rig = new SealRig(directory, SigningAlgorithm.ED25519 == signing ?
            FakeSigner.ed25519() : FakeSigner.p256(), signing).start())
        {
            for (int round = 0; round < 5; round++)
            {
                rig.life.request();
                final long last = rig.life.lastSequence();
                final SealEntry seal = rig.seal();
                assertEquals(last, seal.treeSize());
                assertEquals(1500, seal.clockErrorNs());
                assertEquals("kernel", seal.clockSource());
                assertEquals(0, seal.sealedUtcNs() % 1000);
                rig.assertSound(seal);
            }
            assertEquals(List.of(), rig.notices);
            assertEquals(5, notes(rig).size());
        }
    }

    @Test
    void shouldSayThatTheClockErrorIsUnknown() throws Exception
    {
        try (SealRig rig = rig().start())
        {
            rig.clockErrorNs(-1);
            final SealEntry seal = rig.seal();
            assertEquals(-1, seal.clockErrorNs());
            assertEquals("", seal.clockSource());
            rig.assertSound(seal);
        }
    }

    @Test
    void shouldNotSealSealsForEver() throws Exception
    {
        try (SealRig rig = rig().start())
        {
            rig.seal();
            assertEquals(List.of(), rig.pass(10 * SealRig.INTERVAL_MS));
            assertEquals(0, rig.counters.lagRecords().get());
            assertEquals(0, rig.counters.ageMs().get());
            rig.life.request();
            final SealEntry seal = rig.seal();
            assertEquals(rig.life.lastSequence() - 1, seal.treeSize(), "the seal before is a leaf, too");
            rig.assertSound(seal);
        }
    }

    @Test
    void shouldSealUnderSteadyTrafficNoLessOftenThanTheIntervalSays() throws Exception
    {
        try (SealRig rig = rig().start())
        {
            int sinceLast = 0;
            long lastSize = 0;
            for (int ms = 0; ms < 2000; ms++)
            {
                rig.life.request();
                final List<SealEntry> seals = rig.pass(1);
                sinceLast = seals.isEmpty() ? sinceLast + 1 : 0;
                assertTrue(sinceLast < SealRig.INTERVAL_MS, "no seal for " + sinceLast + " ms");
                for (final SealEntry seal : seals)
                {
                    assertTrue(seal.treeSize() > lastSize);
                    lastSize = seal.treeSize();
                }
            }
            rig.assertSound(rig.seal());
        }
    }

    @Test
    void shouldCoverAllWithOneSealWhenTheTokenIsBack() throws Exception
    {
        try (SealRig rig = rig().start())
        {
            rig.seal();
            rig.signer.isAway = true;
            for (int i = 0; i < 20; i++)
            {
                rig.life.request();
                assertEquals(List.of(), rig.pass(SealRig.INTERVAL_MS / 4));
            }
            assertEquals(1, rig.notices.size(), rig.notices.toString());
            assertTrue(rig.notices.getFirst().contains("not sealed at present: the token is away"));
            assertTrue(rig.counters.failures().get() >= 3 && rig.counters.failures().get() <= 6);
            assertEquals(40, rig.counters.lagRecords().get());
            assertTrue(rig.counters.ageMs().get() >= 4 * SealRig.INTERVAL_MS);
            rig.signer.isAway = false;
            final long last = rig.life.lastSequence();
            final List<SealEntry> seals = rig.pass(SealRig.INTERVAL_MS);
            assertEquals(1, seals.size());
            assertEquals(last, seals.getFirst().treeSize());
            rig.assertSound(seals.getFirst());
            assertEquals("the journal is sealed again, up to record " + last, rig.notices.getLast());
        }
    }

    @Test
    void shouldNeverHandOverASignatureThatDoesNotVerify() throws Exception
    {
        try (SealRig rig = rig().start())
        {
            rig.signer.isForger = true;
            rig.life.request();
            assertEquals(List.of(), rig.pass(3 * SealRig.INTERVAL_MS));
            assertFalse(Files.exists(rig.checkpoints));
            assertTrue(rig.notices.getFirst().contains("does not fit its pinned public key"), rig.notices.toString());
        }
    }

    @Test
    void shouldReadOnWhileTheTokenTakesItsTime() throws Exception
    {
        try (SealRig rig = rig().start())
        {
            rig.signer.isSlow = true;
            rig.life.request();
            rig.pass(SealRig.INTERVAL_MS);
            assertEquals(1, rig.signer.asked);
            final long asked = rig.life.lastSequence();
            rig.life.request();
            rig.pass(2 * SealRig.INTERVAL_MS);
            assertEquals(1, rig.signer.asked);
            rig.signer.isSlow = false;
            final List<SealEntry> seals = rig.pass(2);
            assertEquals(asked, seals.getFirst().treeSize());
            assertEquals(asked + 2, seals.getLast().treeSize(), "what came meanwhile is due at once");
            rig.assertSound(seals.getFirst());
            rig.assertSound(seals.getLast());
        }
    }

    @Test
    void shouldSealAtOnceWhenTheGatewayStops() throws Exception
    {
        try (SealRig rig = rig().start())
        {
            rig.life.request();
            final long last = rig.life.lastSequence();
            rig.proxy.stoppedAt(last);
            final List<SealEntry> seals = rig.pass(2);
            assertEquals(last, seals.getFirst().treeSize());
            assertEquals(1, seals.size());
            assertFalse(rig.proxy.isGivenUp());
        }
    }

    @Test
    void shouldKeepNobodyWaitingAtAStopWithoutItsToken() throws Exception
    {
        try (SealRig rig = rig().start())
        {
            rig.signer.isAway = true;
            rig.life.request();
            rig.proxy.stoppedAt(rig.life.lastSequence());
            rig.pass(2);
            assertTrue(rig.proxy.isGivenUp());
        }
    }

    @Test
    void shouldSealNothingBehindARecordThatIsMissing() throws Exception
    {
        try (SealRig rig = rig().start())
        {
            rig.seal();
            rig.life.loseOne();
            rig.life.request();
            assertEquals(List.of(), rig.pass(3 * SealRig.INTERVAL_MS));
            assertEquals(List.of("alarm"), rig.firstWords());
            assertTrue(rig.notices.getFirst().contains("record 3 is missing"), rig.notices.getFirst());
            assertTrue(rig.proxy.isGivenUp());
        }
    }

    @Test
    void shouldExportToAFileOfItsOwnersThatMayBeRenamedAtAnyTime() throws Exception
    {
        try (SealRig rig = rig().start())
        {
            final List<SealEntry> seals = new ArrayList<>();
            seals.add(rig.seal());
            rig.life.request();
            seals.add(rig.seal());
            assertEquals(notesOf(seals), notes(rig));
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(rig.checkpoints)));
            Files.move(rig.checkpoints, directory.resolve("checkpoints.1"));
            rig.life.request();
            assertEquals(notesOf(List.of(rig.seal())), notes(rig));
        }
    }

    @Test
    void shouldSealOnWhenTheExportFileCannotBeWritten() throws Exception
    {
        try (SealRig rig = rig().start())
        {
            Files.createDirectory(rig.checkpoints);
            rig.seal();
            rig.life.request();
            rig.assertSound(rig.seal());
            assertEquals(2, rig.counters.exportFailures().get());
            assertTrue(rig.notices.getLast().contains("checkpoints cannot be written to"), rig.notices.getLast());
            assertEquals(1, rig.notices.stream().filter((notice) -> notice.contains("cannot be written")).count());
            Files.delete(rig.checkpoints);
            rig.life.request();
            rig.seal();
            assertEquals(1, notes(rig).size());
            assertTrue(rig.notices.getLast().contains("again; 2 in between are only in the journal"));
        }
    }

    private SealRig rig() throws Exception
    {
        return new SealRig(directory, FakeSigner.ed25519(), SigningAlgorithm.ED25519);
    }

    private static List<String> notes(final SealRig rig) throws Exception
    {
        final List<String> notes = new ArrayList<>();
        final StringBuilder note = new StringBuilder();
        boolean isSigned = false;
        for (final String line : Files.readAllLines(rig.checkpoints))
        {
            isSigned |= line.startsWith(SignedNote.LINE_PREFIX);
            if (isSigned && line.isEmpty())
            {
                Checkpoint.parse(SignedNote.parse(note.toString()).text());
                notes.add(note.toString());
                note.setLength(0);
                isSigned = false;
            }
            else
            {
                note.append(line).append('\n');
            }
        }
        assertEquals("", note.toString());
        return notes;
    }

    private static List<String> notesOf(final List<SealEntry> seals)
    {
        return seals.stream().map((seal) -> new String(seal.checkpoint(), StandardCharsets.UTF_8)).toList();
    }
}
