package io.countersign.perf.bench;

import io.countersign.perf.processes.Latencies;
import org.HdrHistogram.Histogram;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A process with one thread on each core that measures what the platform takes away, in two ways:
 * <ul>
 * <li><b>Spinning</b>, when nothing else runs, on the line {@code spin MILLISECONDS}: pieces of work that read the
 * clock a fixed number of times, 10 us in all, about the length of a request. A value is what a piece took above the
 * median of its phase: what a request of that length would suffer on the platform alone.</li>
 * <li><b>Sleeping</b>, beside the load, from {@code sleep} to {@code stop}: a sleep of 10 ms, whose overrun above the
 * shortest is recorded, corrected for the sleeps that a long one displaced. It runs before all others where it may
 * (SCHED_FIFO). It holds the time that the timer and the wake-up take, which a thread that spins does not suffer: not
 * to be taken off a tail.</li>
 * </ul>
 * Answers each line with {@link #DONE}; {@code write FILE} leaves the histograms under the tags {@code cpu0} and
 * {@code sleeper/cpu0} and so on. Ends with its input.
 */
final class HiccupMeter
{
    static final String DONE = "DONE";

    private static final long SLEEP_NS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long PIECE_NS = TimeUnit.MICROSECONDS.toNanos(10);
    private static final int CALIBRATION_READS = 1_000_000;

    private final Latencies latencies = new Latencies();
    private final int cores = Runtime.getRuntime().availableProcessors();
    private final long[] shortestSleepNs = new long[cores];
    private final int readsPerPiece = readsPerPiece();
    private List<Thread> sleepers = List.of();
    private volatile boolean isSleeping;
    private volatile boolean isFirst = true;

    private HiccupMeter()
    {
        Arrays.fill(shortestSleepNs, Long.MAX_VALUE);
        for (int core = 0; core < cores; core++)
        {
            latencies.named(spinTag(core));
            latencies.named(sleepTag(core));
        }
    }

    /**
     * Run the meter.
     *
     * @param args none.
     * @throws Exception when it cannot go on; the rig reports that it ended.
     */
    public static void main(final String[] args) throws Exception
    {
        new HiccupMeter().run();
    }

    static String spinTag(final int core)
    {
        return "cpu" + core;
    }

    static String sleepTag(final int core)
    {
        return "sleeper/cpu" + core;
    }

    private void run() throws IOException, InterruptedException
    {
        final BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        String line = in.readLine();
        while (null != line)
        {
            final String[] words = line.split(" ", 2);
            switch (words[0])
            {
                case "spin" -> spin(Long.parseLong(words[1]));
                case "sleep" -> sleep();
                case "stop" -> stop();
                case "write" -> latencies.write(Path.of(words[1]));
                default -> throw new IllegalArgumentException(line);
            }
            System.out.println(DONE + (isFirst ? " first" : " like others"));
            line = in.readLine();
        }
    }

    private void spin(final long durationMs) throws InterruptedException
    {
        final List<Thread> spinners = new ArrayList<>();
        for (int core = 0; core < cores; core++)
        {
            final int index = core;
            final Histogram histogram = latencies.named(spinTag(core));
            spinners.add(Thread.ofPlatform().start(
                () -> spin(index, histogram, TimeUnit.MILLISECONDS.toNanos(durationMs))));
        }
        for (final Thread spinner : spinners)
        {
            spinner.join();
        }
    }

    private void sleep()
    {
        isSleeping = true;
        sleepers = new ArrayList<>();
        for (int core = 0; core < cores; core++)
        {
            final int index = core;
            final Histogram histogram = latencies.named(sleepTag(core));
            sleepers.add(Thread.ofPlatform().start(() -> sleep(index, histogram)));
        }
    }

    private void stop() throws InterruptedException
    {
        isSleeping = false;
        for (final Thread sleeper : sleepers)
        {
            sleeper.join();
        }
    }

    private void spin(final int core, final Histogram histogram, final long durationNs)
    {
        CoreThread.pin(core);
        final long[] pieces = new long[(int) (durationNs / PIECE_NS) + 1];
        final long startNs = System.nanoTime();
        long beganNs = startNs;
        int count = 0;
        while (beganNs - startNs < durationNs && count < pieces.length)
        {
            final long endedNs = read(readsPerPiece);
            pieces[count++] = endedNs - beganNs;
            beganNs = endedNs;
        }
        final long[] sorted = Arrays.copyOf(pieces, count);
        Arrays.sort(sorted);
        for (int i = 0; i < count; i++)
        {
            histogram.recordValue(Math.max(0, pieces[i] - sorted[count / 2]));
        }
    }

    private void sleep(final int core, final Histogram histogram)
    {
        CoreThread.pin(core);
        isFirst &= CoreThread.runFirst(true);
        while (isSleeping)
        {
            final long startNs = System.nanoTime();
            LockSupport.parkNanos(SLEEP_NS);
            final long tookNs = System.nanoTime() - startNs;
            shortestSleepNs[core] = Math.min(shortestSleepNs[core], tookNs);
            histogram.recordValueWithExpectedInterval(tookNs - shortestSleepNs[core], SLEEP_NS);
        }
    }

    /** How often the clock is read in a piece; calibrating warms up what spins, too. */
    private static int readsPerPiece()
    {
        read(CALIBRATION_READS);
        final long startNs = System.nanoTime();
        return (int) Math.max(1, PIECE_NS * CALIBRATION_READS / (read(CALIBRATION_READS) - startNs));
    }

    private static long read(final int times)
    {
        long nowNs = 0;
        for (int i = 0; i < times; i++)
        {
            nowNs = System.nanoTime();
        }
        return nowNs;
    }
}
