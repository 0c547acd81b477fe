package io.countersign.ops.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.countersign.ops.CommandRun;
import io.countersign.ops.audit.RemovedRecords;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A journal is as sound as before when its days were compressed, and when the oldest were removed.
 */
@Timeout(120)
class VerifyArchivedTest
{
    @TempDir
    private Path temporary;

    private Path directory;
    private Path removedFile;
    private Path keys;
    private CommandRun plain;

    @BeforeEach
    void before() throws Exception
    {
        directory = temporary.resolve("journal");
        removedFile = directory.resolve(RemovedRecords.FILE_NAME);
        final SealedJournal journal = new SealedJournal(directory);
        for (int daysAgo = 10; daysAgo >= 4; daysAgo--)
        {
            journal.day(daysAgo, 5);
        }
        keys = Files.writeString(temporary.resolve("audit-key.txt"), journal.verifierKey() + "\n");
        plain = verify();
        assertEquals(0, plain.exitCode(), plain.out() + plain.err());
        archive();
        assertTrue(Files.exists(cycle(10)));
    }

    @Test
    void shouldVerifyCompressedCyclesAsPlainOnes()
    {
        assertEquals(plain, verify());
    }

    @Test
    void shouldSayWhatWasRemoved() throws Exception
    {
        archive("--below-minimum", "--keep-days", "8");
        final long first = RemovedRecords.read(directory).firstSequence();
        final CommandRun run = verify();
        assertEquals(0, run.exitCode(), run.out() + run.err());
        assertTrue(run.out().contains("\nremoved: records 1 to " + (first - 1) + ", as removed.json says"), run.out());
        assertEquals(root(plain), root(run));
    }

    @Test
    void shouldNotBelieveInARemovalThatNothingTellsOf() throws Exception
    {
        archive("--below-minimum", "--keep-days", "8");
        Files.delete(removedFile);
        final CommandRun run = verify();
        assertEquals(1, run.exitCode(), run.out());
        assertTrue(run.out().contains("are missing, and removed.json is not there to tell of them"), run.out());
    }

    @Test
    void shouldNotBelieveInAnotherFrontier() throws Exception
    {
        archive("--below-minimum", "--keep-days", "8");
        falsify();
        final CommandRun run = verify();
        assertEquals(1, run.exitCode(), run.out());
        assertTrue(run.out().contains("was changed, added or removed"), run.out());
    }

    @Test
    void shouldBearWithARemovalThatDidNotBegin() throws Exception
    {
        final byte[] oldest = Files.readAllBytes(cycle(10));
        final byte[] second = Files.readAllBytes(cycle(9));
        archive("--below-minimum", "--keep-days", "8");
        final long last = RemovedRecords.read(directory).firstSequence() - 1;
        Files.write(cycle(10), oldest);
        Files.write(cycle(9), second);
        final CommandRun run = verify();
        assertEquals(0, run.exitCode(), run.out() + run.err());
        assertTrue(run.out().contains("and 1 to " + last + " are still there; the next"), run.out());
        assertEquals(root(plain), root(run));

        falsify();
        final CommandRun falsified = verify();
        assertEquals(1, falsified.exitCode(), falsified.out());
        assertTrue(falsified.out().contains(
            "removed.json has another frontier than records 1 to " + last + ", which are still there"),
            falsified.out());
    }

    @Test
    void shouldBearWithARemovalThatWasCutShort() throws Exception
    {
        final byte[] second = Files.readAllBytes(cycle(9));
        archive("--below-minimum", "--keep-days", "8");
        Files.write(cycle(9), second);
        final CommandRun run = verify();
        assertEquals(0, run.exitCode(), run.out() + run.err());
        assertTrue(run.out().contains("\nremoval not ended: removed.json says that records 1 to "), run.out());
        assertTrue(run.out().contains(" are still there, where the tree is not known before"), run.out());
        assertEquals(root(plain), root(run));

        falsify();
        assertEquals(1, verify().exitCode());
    }

    private void falsify() throws Exception
    {
        final String text = Files.readString(removedFile);
        final int at = text.indexOf("\"frontier\":\"") + 12;
        Files.writeString(removedFile,
            text.substring(0, at) + ('A' == text.charAt(at) ? 'B' : 'A') + text.substring(at + 1));
    }

    private Path cycle(final int daysAgo)
    {
        return directory.resolve(SealedJournal.name(daysAgo) + ".zst");
    }

    private void archive(final Object... options)
    {
        final Object[] arguments = new Object[3 + options.length];
        arguments[0] = "audit";
        arguments[1] = "archive";
        arguments[2] = directory;
        System.arraycopy(options, 0, arguments, 3, options.length);
        final CommandRun run = CommandRun.of(arguments);
        assertEquals(0, run.exitCode(), run.out() + run.err());
    }

    private CommandRun verify()
    {
        return CommandRun.of("audit", "verify", directory, "--keys", keys, "--no-signatures");
    }

    private static String root(final CommandRun run)
    {
        return run.lines().stream().filter((line) -> line.startsWith("tree: ")).findFirst().orElseThrow();
    }
}
