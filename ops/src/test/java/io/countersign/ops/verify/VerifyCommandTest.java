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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.*;

@Timeout(60)
class VerifyCommandTest
{
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

    private static void assertLine(final CommandRun run, final String line)
    {
        assertTrue(run.lines().contains(line), run.out());
    }
}
