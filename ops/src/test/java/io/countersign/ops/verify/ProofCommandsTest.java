package io.countersign.ops.verify;

import io.countersign.ops.CommandRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.junit.jupiter.api.Assertions.*;

@Timeout(120)
class ProofCommandsTest
{
    @TempDir
    private Path temporary;

    private final SealedJournal journal = SealedJournal.ofTwoLives();
    private Path directory;
    private Path keys;
    private Path proof;

    @BeforeEach
    void writeJournal() throws IOException
    {
        directory = temporary.resolve("j");
        proof = temporary.resolve("proof");
        journal.write(directory, 19);
        keys = temporary.resolve("audit-key.txt");
        Files.writeString(keys, SealedJournal.noteKey(journal.auditKeys).format() + "\n");
    }

    @Test
    void shouldProveEverySealedRecord()
    {
        for (int sequence = 1; sequence <= 31; sequence++)
        {
            assertEquals(0,
                CommandRun.of("audit", "prove", directory, "--seq", sequence, "--output", proof).exitCode());
            final CommandRun run = CommandRun.of("audit", "verify-proof", proof, "--keys", keys);
            assertEquals(0, run.exitCode(), run.err());
            assertEquals(1, run.lines().size());
            assertTrue(run.error().startsWith("record " + sequence + " of "), run.err());
        }
        assertEquals(0,
            CommandRun.of("audit", "prove", directory, "--seq", 5, "--latest", "--output", proof).exitCode());
        final CommandRun run = CommandRun.of("audit", "verify-proof", proof, "--keys", keys, "--json");
        assertEquals("record 5 of 31 of 'example.com/gateway-1': proven", run.error());
        assertTrue(run.out().contains("\"type\":\"Intent\""), run.out());
    }

    @Test
    void shouldSayThatARecordIsNotSealedYetOrNotThere()
    {
        final CommandRun run = CommandRun.of("audit", "prove", directory, "--seq", 32);
        assertEquals(2, run.exitCode());
        assertTrue(run.error().contains("record 32 is not sealed yet"), run.err());
        assertEquals(2, CommandRun.of("audit", "prove", directory, "--seq", 33).exitCode());
    }

    @Test
    void shouldRefuseAChangedProof() throws IOException
    {
        CommandRun.of("audit", "prove", directory, "--seq", 7, "--output", proof);
        final String text = Files.readString(proof);
        assertTrue(text.startsWith("c2sp.org/tlog-proof@v1\nextra "), text);
        Files.writeString(proof, text.replace("index 6\n", "index 5\n"));
        assertEquals(1, CommandRun.of("audit", "verify-proof", proof, "--keys", keys).exitCode());
        Files.writeString(proof, text.replace("\nexample.com/gateway-1\n9\n", "\nexample.com/gateway-1\n10\n"));
        assertEquals(1, CommandRun.of("audit", "verify-proof", proof, "--keys", keys).exitCode());
        Files.writeString(proof, text.replace("time 2026", "time 2025"));
        assertEquals(1, CommandRun.of("audit", "verify-proof", proof, "--keys", keys).exitCode());
        Files.writeString(proof, text);
        assertEquals(2, CommandRun.of("audit", "verify-proof", proof).exitCode());
        Files.writeString(proof, "no proof");
        assertEquals(2, CommandRun.of("audit", "verify-proof", proof).exitCode());
    }

    @Test
    void shouldProveThatAJournalExtendsACheckpoint() throws IOException
    {
        final Path old = Files.writeString(temporary.resolve("old"), journal.checkpoints.get(1));
        final Path recent = journal.writeCheckpoints(temporary.resolve("new"));
        assertEquals(2, CommandRun.of("audit", "consistency", old, recent).exitCode());
        final CommandRun run = CommandRun.of("audit", "consistency", old, directory, "--keys", keys);
        assertEquals(0, run.exitCode(), run.out() + run.err());
        assertEquals("NEW, 32 records, extends OLD, 14 records", run.out().strip());
        assertEquals(0, CommandRun.of(
            "audit", "consistency", old, recent, "--journal", directory, "--output", proof).exitCode());
        assertEquals(0, CommandRun.of("audit", "consistency", old, recent, "--proof", proof).exitCode());
        assertEquals(1, CommandRun.of("audit", "consistency", recent, old).exitCode());
        Files.writeString(proof, Files.readString(proof).replaceFirst("(?m)^[A-Za-z0-9+/]{43}=$",
            "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="));
        assertEquals(1, CommandRun.of("audit", "consistency", old, recent, "--proof", proof).exitCode());
    }

    @Test
    void shouldNoticeThatAJournalIsAnother() throws IOException
    {
        final Path old = Files.writeString(temporary.resolve("old"), journal.checkpoints.get(1));
        SealedJournal.ofTwoLives().write(temporary.resolve("other"));
        final CommandRun run = CommandRun.of("audit", "consistency", old, temporary.resolve("other"));
        assertEquals(1, run.exitCode());
        assertTrue(run.out().contains("OLD has another root than records 1 to 14"), run.out());
        assertEquals(1, CommandRun.of("audit", "consistency", directory, temporary.resolve("other")).exitCode());
        assertEquals(0, CommandRun.of("audit", "consistency", directory, directory).exitCode());
    }
}
