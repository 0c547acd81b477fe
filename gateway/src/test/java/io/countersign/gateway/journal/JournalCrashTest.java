package io.countersign.gateway.journal;

import org.agrona.IoUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

import static org.junit.jupiter.api.Assertions.*;

@Timeout(240)
class JournalCrashTest
{
    private static final int KILLS = 12;
    private static final String RECORDS_PER_DAY = "1000";

    /** The first roll of a process, whose code is cold, takes about so long. */
    private static final int MAX_ROLL_NS = 20_000_000;

    @TempDir
    private Path temporary;
    private Path directory;
    private File output;
    private File acknowledgedFile;
    private UnsafeBuffer acknowledged;

    @BeforeEach
    void setUp()
    {
        directory = temporary.resolve("journal");
        output = temporary.resolve("output").toFile();
        acknowledgedFile = temporary.resolve("acknowledged").toFile();
        acknowledged = new UnsafeBuffer(IoUtil.mapNewFile(acknowledgedFile, 4096));
    }

    @Test
    void shouldLoseNoAcknowledgedRecordWhenKilledAnywhere() throws Exception
    {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        for (int i = 0; i < KILLS; i++)
        {
            final String at = "seed " + seed + ", kill " + i;
            acknowledged.putLongVolatile(JournalWriter.READY_NS, 0);
            final Process writer = ChildJvm.start(
                output, JournalWriter.class, directory.toString(), acknowledgedFile.toString(), payload(random));
            // Some die while they start, most while they append.
            final boolean killsAtStart = i % 4 == 3;
            await(writer, () -> killsAtStart || acknowledged.getLongVolatile(JournalWriter.READY_NS) > 0);
            assertFalse(
                writer.waitFor(random.nextInt(killsAtStart ? 1500 : 60), TimeUnit.MILLISECONDS), () -> at + ": ended");
            writer.destroyForcibly().waitFor();

            final long last = acknowledged.getLongVolatile(JournalWriter.ACKNOWLEDGED);
            Files.createDirectories(directory);
            final ReadJournal read = ReadJournal.sequencesOf(directory);
            assertTrue(read.sequences().size() >= last, () -> at + ": lost records up to " + last);
            assertTrue(read.hasSequencesTo(read.sequences().size()), () -> at + ": " + read.findings());
            assertTrue(acknowledged.getLongVolatile(JournalWriter.READY_NS) < TimeUnit.SECONDS.toNanos(5),
                () -> at + ": ready after ns " + acknowledged.getLongVolatile(JournalWriter.READY_NS));
            assertEquals("", Files.readString(output.toPath()), at);
        }

        try (Life life = new Life(directory))
        {
            assertTrue(life.recovery().interruptedIntents().length <= 1, "seed " + seed);
            life.start();
            final long intent = life.records().intent(10);
            life.records().outcome(intent);
        }

        final ReadJournal read = ReadJournal.sequencesOf(directory);
        assertEquals(List.of(JournalReader.Event.END), read.findings(), "seed " + seed);
        Tailed.assertSame(directory, "seed " + seed);
    }

    @Test
    void shouldLoseNoAcknowledgedRecordWhenKilledAtARoll() throws Exception
    {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        for (int i = 0; i < KILLS; i++)
        {
            final String at = "seed " + seed + ", kill " + i;
            final long day = acknowledged.getLongVolatile(JournalWriter.DAY);
            acknowledged.putLongVolatile(JournalWriter.READY_NS, 0);
            final Process writer = ChildJvm.start(
                output, JournalWriter.class, directory.toString(), acknowledgedFile.toString(), "100", RECORDS_PER_DAY);
            // The next append is what makes the new file.
            await(writer, () -> acknowledged.getLongVolatile(JournalWriter.DAY) > day);
            LockSupport.parkNanos(random.nextInt(MAX_ROLL_NS));
            writer.destroyForcibly().waitFor();

            final long last = acknowledged.getLongVolatile(JournalWriter.ACKNOWLEDGED);
            final ReadJournal read = ReadJournal.sequencesOf(directory);
            assertTrue(read.sequences().size() >= last, () -> at + ": lost records up to " + last);
            assertTrue(read.hasSequencesTo(read.sequences().size()), () -> at + ": " + read.findings());
            assertEquals("", Files.readString(output.toPath()), at);
        }
        assertTrue(acknowledged.getLongVolatile(JournalWriter.DAY) >= KILLS);
    }

    @Test
    void shouldFailClosedWhenTheDiskGivesNoMoreSpace() throws Exception
    {
        // The file grows beyond this limit when the second chunk is mapped (ulimit -f counts in KiB).
        final List<String> limited = List.of("/bin/bash", "-c", "ulimit -f 100000; exec \"$@\"", "limited");
        // The heap of ZGC is a file, too, which this limit would not let be made.
        final Process writer = ChildJvm.start(
            limited, List.of("-XX:-UseZGC", "-XX:+UseSerialGC"), output, JournalWriter.class,
            directory.toString(), acknowledgedFile.toString(), "60000");
        try
        {
            assertTrue(writer.waitFor(60, TimeUnit.SECONDS), "still appending");
        }
        finally
        {
            writer.destroyForcibly();
        }

        assertEquals(0, writer.exitValue(), () -> "output: " + text(output));
        assertEquals(1, acknowledged.getLongVolatile(JournalWriter.FAILED), "error handler is told once");
        final ReadJournal read = ReadJournal.sequencesOf(directory);
        assertTrue(read.sequences().size() >= acknowledged.getLongVolatile(JournalWriter.ACKNOWLEDGED));
        assertTrue(read.hasSequencesTo(read.sequences().size()));

        try (Life life = new Life(directory))
        {
            life.start();
        }

        assertEquals(List.of(JournalReader.Event.END), ReadJournal.sequencesOf(directory).findings());
    }

    private static String payload(final Random random)
    {
        return Integer.toString(random.nextBoolean() ? random.nextInt(400) : random.nextInt(60_000));
    }

    private static void await(final Process process, final BooleanSupplier condition)
    {
        final long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean())
        {
            assertTrue(process.isAlive(), "writer died by itself");
            assertTrue(System.nanoTime() < deadlineNs, "writer is not ready");
            Thread.yield();
        }
    }

    private static String text(final File file)
    {
        try
        {
            return Files.readString(file.toPath());
        }
        catch (final IOException ex)
        {
            return ex.toString();
        }
    }
}
