package io.countersign.ops.verify;

import io.countersign.gateway.journal.ChronicleJournal;
import io.countersign.gateway.journal.JournalLock;
import io.countersign.gateway.journal.JournalRecovery;
import io.countersign.hsm.PublicKeyVerifier;
import io.countersign.hsm.SigningAlgorithm;
import io.countersign.ops.Countersign;
import org.HdrHistogram.Histogram;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.*;

/**
 * Ten million records in the heap of all commands: verified, shown, and written while others are verified. Prints how
 * fast.
 */
@Tag("soak")
@Timeout(3600)
class LargeJournalTest
{
    private static final long RECORDS = Long.getLong("countersign.test.records", 10_000_000);
    private static final int SIGNED_RECORDS = 400_000;
    private static final int APPEND_ROUNDS = 10;
    private static final long ROUND_NS = TimeUnit.SECONDS.toNanos(2);
    private static final long APPEND_INTERVAL_NS = 20_000;
    private static final double LEAST_SHARE_OF_PRIMITIVE = 0.7;

    @TempDir
    private Path directory;

    @Test
    void shouldVerifyAndShowTenMillionRecordsInASmallHeap() throws IOException
    {
        LargeJournal.write(directory, RECORDS);
        final long beginNs = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        final Report report = new JournalVerifier(new VerifyContext(directory).areSignaturesChecked(false)).run();
        final long takenNs = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - beginNs;
        final String text = report.text(RECORDS, false);
        System.out.println(text + "records/s of one core: " + perSecond(RECORDS, takenNs) + ", largest heap " +
            Runtime.getRuntime().maxMemory());
        assertEquals(0, report.exitCode(), text);

        final long[] lines = {0};
        final long replayNs = System.nanoTime();
        assertEquals(0, Countersign.commandLine().setOut(new PrintWriter(new CountingWriter(lines)))
            .execute("audit", "replay", directory.toString(), "--json", "--quiet"));
        System.out.println("JSON lines/s: " + perSecond(lines[0], System.nanoTime() - replayNs));
        assertTrue(lines[0] >= RECORDS, "lines " + lines[0]);
    }

    @Test
    void shouldVerifySignaturesAtTheSpeedOfThePrimitiveOnAllCores() throws IOException
    {
        LargeJournal.write(directory, SIGNED_RECORDS);
        final int cores = Runtime.getRuntime().availableProcessors();
        final double primitive = primitivePerSecond() * cores;
        final long beginNs = System.nanoTime();
        final Report report = new JournalVerifier(new VerifyContext(directory)).run();
        final double verified = perSecond(SIGNED_RECORDS / 2, System.nanoTime() - beginNs);
        System.out.println("signatures/s: " + verified + ", the primitive alone on " + cores + " cores: " + primitive);
        assertEquals(0, report.exitCode(), () -> report.text(SIGNED_RECORDS, false));
        assertTrue(verified > LEAST_SHARE_OF_PRIMITIVE * primitive, "signatures/s " + verified + " of " + primitive);
    }

    @Test
    void shouldAppendAsFastBesideARunningVerify() throws Exception
    {
        LargeJournal.write(directory.resolve("verified"), RECORDS);
        final Histogram alone = new Histogram(3);
        final Histogram beside = new Histogram(3);
        final UnsafeBuffer record = new UnsafeBuffer(new byte[400]);
        try (JournalLock lock = JournalLock.acquire(directory.resolve("written")))
        {
            JournalRecovery.run(lock);
            try (ChronicleJournal journal = new ChronicleJournal(new ChronicleJournal.Context()
                .directory(directory.resolve("written")).lock(lock).errorHandler((ex) -> fail(ex))))
            {
                for (int round = 0; round < APPEND_ROUNDS; round++)
                {
                    append(journal, record, alone);
                    final VerifyBeside verify = new VerifyBeside(directory.resolve("verified"));
                    append(journal, record, beside);
                    verify.end();
                    if (0 == round)
                    {
                        alone.reset();
                        beside.reset();
                    }
                }
            }
        }
        print("append alone", alone);
        print("append beside a verify", beside);
        assertTrue(beside.getValueAtPercentile(50) < 2 * alone.getValueAtPercentile(50), "a verify delays appends");
    }

    /** Counts lines and forgets them. */
    private static final class CountingWriter extends Writer
    {
        private final long[] lines;

        private CountingWriter(final long[] lines)
        {
            this.lines = lines;
        }

        @Override
        public void write(final char[] text, final int offset, final int length)
        {
            for (int i = offset; i < offset + length; i++)
            {
                lines[0] += '\n' == text[i] ? 1 : 0;
            }
        }

        @Override
        public void flush()
        {
            // Nothing is kept.
        }

        @Override
        public void close()
        {
            // As above.
        }
    }

    /** A verify that goes on until it is ended, on a thread of its own. */
    private static final class VerifyBeside
    {
        private volatile boolean isEnded;
        private final Thread thread;

        private VerifyBeside(final Path directory)
        {
            thread = Thread.ofPlatform().start(() ->
            {
                while (!isEnded)
                {
                    try
                    {
                        new JournalVerifier(new VerifyContext(directory).areSignaturesChecked(false)).run();
                    }
                    catch (final IOException ex)
                    {
                        throw new IllegalStateException(ex);
                    }
                }
            });
        }

        private void end() throws InterruptedException
        {
            isEnded = true;
            thread.join();
        }
    }

    private static void append(final ChronicleJournal journal, final UnsafeBuffer record, final Histogram times)
    {
        final long startNs = System.nanoTime();
        long dueNs = startNs;
        for (long sequence = 1; dueNs - startNs < ROUND_NS; sequence++)
        {
            while (System.nanoTime() - dueNs < 0)
            {
                Thread.onSpinWait();
            }
            record.putLong(8, sequence, ByteOrder.LITTLE_ENDIAN);
            final long beforeNs = System.nanoTime();
            assertTrue(journal.append(record, 0, record.capacity()));
            times.recordValue(System.nanoTime() - beforeNs);
            dueNs += APPEND_INTERVAL_NS;
        }
    }

    private static double primitivePerSecond()
    {
        final SealedJournal keys = new SealedJournal();
        final byte[] message = "symbol=LTCBTC&n=4".getBytes(StandardCharsets.UTF_8);
        final byte[] signature = SealedJournal.sign(keys.botKeys, message);
        final PublicKeyVerifier verifier =
            PublicKeyVerifier.of(SigningAlgorithm.ED25519, keys.botKeys.getPublic().getEncoded());
        final int count = 10_000;
        long takenNs = 0;
        for (int round = 0; round < 2; round++)
        {
            final long beginNs = System.nanoTime();
            for (int i = 0; i < count; i++)
            {
                assertTrue(verifier.verifies(message, signature));
            }
            takenNs = System.nanoTime() - beginNs;
        }
        return perSecond(count, takenNs);
    }

    private static long perSecond(final long count, final long takenNs)
    {
        return count * TimeUnit.SECONDS.toNanos(1) / takenNs;
    }

    private static void print(final String what, final Histogram times)
    {
        System.out.printf("%s: p50 %.2f us, p99 %.2f us, p99.9 %.2f us, max %.1f us, %d appends%n", what,
            times.getValueAtPercentile(50) / 1e3, times.getValueAtPercentile(99) / 1e3,
            times.getValueAtPercentile(99.9) / 1e3, times.getMaxValue() / 1e3, times.getTotalCount());
    }
}
