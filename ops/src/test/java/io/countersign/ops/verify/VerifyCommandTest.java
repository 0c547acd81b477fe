package io.countersign.ops.verify;

import io.countersign.gateway.journal.ChronicleJournal;
import io.countersign.gateway.journal.JournalLock;
import io.countersign.gateway.journal.JournalRecovery;
import io.countersign.ops.CommandRun;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.*;

@Timeout(60)
class VerifyCommandTest
{
    private static final int TEMPLATE_OFFSET = 2;

    @TempDir
    private Path temporary;

    private final SealedJournal journal = SealedJournal.ofTwoLives();

    @Test
    void shouldFindAJournalSoundByItself() throws IOException
    {
        journal.write(temporary.resolve("j"), 19);
        final CommandRun run = verify();
        assertEquals(0, run.exitCode(), run.out() + run.err());
        assertLine(run, "journal: 2 files, 32 records, sequences 1 to 32");
        assertLine(run, "lives: 2, ended in order 2");
        assertTrue(run.out().contains("the journal vouches for itself"), run.out());
        assertLine(run, "signatures: 2 ECDSA-P256-SHA256 verified, 3 Ed25519 verified, " +
            "1 MACs not verifiable without the token");
        assertLine(run, "after the last seal: 1 record, from sequence 32, protected by their checksums only");
        assertLine(run, "verdict: sound");
    }

    @Test
    void shouldSayTheSameOfACopyElsewhere() throws IOException
    {
        journal.write(temporary.resolve("j"), 19);
        journal.records.get(16)[60] ^= 1;
        journal.write(temporary.resolve("changed"), 19);
        for (final String name : List.of("j", "changed"))
        {
            final Path copy = Files.createDirectories(temporary.resolve("elsewhere").resolve(name));
            try (Stream<Path> files = Files.list(temporary.resolve(name)))
            {
                for (final Path file : files.toList())
                {
                    Files.copy(file, copy.resolve(file.getFileName()));
                }
            }
            final CommandRun run = CommandRun.of("audit", "verify", temporary.resolve(name));
            assertTrue(run.lines().getLast().matches("report sha256 [0-9a-f]{64}"), run.out());
            assertEquals(run, CommandRun.of("audit", "verify", copy));
        }
    }

    @Test
    void shouldCallAnEndTornThatADyingProcessOrALossOfPowerLeft() throws IOException
    {
        final List<byte[]> whole = List.copyOf(journal.records);
        final byte[] bytes = CycleFileBuilder.build(whole, false);
        final ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        final int last = (int) file.getLong(0x40);
        final int lastButOne = last - Integer.BYTES - (whole.get(30).length + Integer.BYTES + 3 & ~3);
        final Path directory = Files.createDirectories(temporary.resolve("j"));
        final Path path = directory.resolve("20261130F.cq4");

        final byte[] died = bytes.clone();
        ByteBuffer.wrap(died).order(ByteOrder.LITTLE_ENDIAN).putInt(last, 0x8000_0000 | file.getInt(last));
        Files.write(path, died);
        assertTorn(verify(), 31);

        final byte[] powerless = bytes.clone();
        Arrays.fill(powerless, lastButOne + 20, powerless.length, (byte) 0);
        Files.write(path, powerless);
        assertTorn(verify(), 30);
        final CommandRun checked =
            verify("--checkpoints", journal.writeCheckpoints(temporary.resolve("checkpoints.txt")));
        assertEquals(1, checked.exitCode(), checked.out());
        assertTrue(checked.out().contains("the checkpoint is of 31 records, and the journal ends with 30"),
            checked.out());
    }

    @Test
    void shouldNotTellOfRecordsOfAKindThatItDoesNotKnow() throws IOException
    {
        final SealedJournal strange = new SealedJournal();
        strange.start(0).policy("principals: []\n").opened().denial();
        strange.records.getLast()[TEMPLATE_OFFSET] = 99;
        strange.closed().stop().seal(0);
        strange.write(temporary.resolve("j"));
        final CommandRun run = verify();
        assertEquals(2, run.exitCode(), run.out());
        assertTrue(run.out().contains("cannot tell: 1 record is of a kind that the schema of version "), run.out());
        assertTrue(run.out().contains("the first is record 4, 20261130F.cq4 offset "), run.out());
        strange.records.get(1)[60] ^= 1;
        strange.write(temporary.resolve("j"));
        assertEquals(1, verify().exitCode());
    }

    @Test
    void shouldWriteCycleFilesInTheTestsAsChronicleDoes() throws IOException
    {
        final Path directory = temporary.resolve("chronicle");
        try (JournalLock lock = JournalLock.acquire(directory))
        {
            JournalRecovery.run(lock);
            try (ChronicleJournal chronicle = new ChronicleJournal(new ChronicleJournal.Context()
                .directory(directory).lock(lock).errorHandler((ex) -> fail(ex))))
            {
                for (int i = 0; i < 9; i++)
                {
                    for (final byte[] record : journal.records)
                    {
                        chronicle.append(new UnsafeBuffer(record), 0, record.length);
                    }
                }
            }
        }
        final byte[] expected = CycleFileBuilder.build(
            Stream.generate(() -> journal.records).limit(9).flatMap(List::stream).toList(), false);
        try (Stream<Path> files = Files.list(directory);
            InputStream in = Files.newInputStream(
                files.filter((file) -> file.toString().endsWith(".cq4")).findFirst().orElseThrow()))
        {
            assertArrayEquals(expected, in.readNBytes(expected.length));
        }
    }

    private CommandRun verify(final Object... options)
    {
        final Object[] args = new Object[3 + options.length];
        args[0] = "audit";
        args[1] = "verify";
        args[2] = temporary.resolve("j");
        System.arraycopy(options, 0, args, 3, options.length);
        return CommandRun.of(args);
    }

    private static void assertTorn(final CommandRun run, final int lastSequence)
    {
        assertEquals(0, run.exitCode(), run.out());
        assertTrue(run.out().contains("\ntorn: 20261130F.cq4 offset "), run.out());
        assertTrue(run.out().contains(" bytes behind record " + lastSequence + ": "), run.out());
    }

    private static void assertLine(final CommandRun run, final String line)
    {
        assertTrue(run.lines().contains(line), run.out());
    }
}
