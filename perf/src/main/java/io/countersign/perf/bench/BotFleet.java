package io.countersign.perf.bench;

import io.countersign.perf.load.LoadBot;
import io.countersign.perf.load.LoadCommand;
import io.countersign.perf.load.LoadCommand.Mode;
import io.countersign.perf.load.LoadResult;
import io.countersign.perf.load.RequestLog;
import io.countersign.perf.processes.ChildProcess;
import io.countersign.perf.processes.Latencies;
import io.countersign.perf.processes.MeasuringException;
import org.HdrHistogram.Histogram;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The bots' processes. The gateway's thread spins on a core of its own, and so does the thread of each process of bots:
 * there are as many processes as the machine has other cores, and the bots are spread over them.
 */
final class BotFleet implements AutoCloseable
{
    private static final long TIMEOUT_MS = 60_000;
    private static final long ANSWER_TIMEOUT_MS = 30_000;

    private final BenchFiles files;
    private final List<ChildProcess> processes = new ArrayList<>();

    /**
     * A load as it came back from all processes.
     *
     * @param result    sums.
     * @param histogram of all.
     * @param log       of single requests of the first process, null where there is none.
     */
    record Load(LoadResult result, Histogram histogram, RequestLog log)
    {
    }

    private BotFleet(final BenchFiles files)
    {
        this.files = files;
    }

    /**
     * Starts the processes; they connect when they are told to.
     *
     * @param aeronDirectory of the gateway's ingress.
     */
    static BotFleet start(final BenchFiles files, final Path aeronDirectory) throws IOException
    {
        final BotFleet fleet = new BotFleet(files);
        final int count = processCount();
        for (int i = 0; i < count; i++)
        {
            final int first = i * BenchToken.BOTS / count;
            final int last = (i + 1) * BenchToken.BOTS / count;
            fleet.processes.add(ChildProcess.start("the bots", files.directory(), List.of(
                files.command("jvm").toString(), "perf", LoadBot.class.getName(),
                aeronDirectory.toString(), files.apiKeys().toString(),
                Integer.toString(first + 1), Integer.toString(last - first))));
        }
        return fleet;
    }

    /** How many processes carry the bots: one for each core but the gateway's. */
    static int processCount()
    {
        return Math.clamp(Runtime.getRuntime().availableProcessors() - 1, 1, BenchToken.BOTS);
    }

    /** Processes that take part when so many bots send. */
    static int processCount(final int bots)
    {
        return Math.min(bots, processCount());
    }

    void connect() throws IOException, MeasuringException
    {
        tellAll(LoadBot.CONNECT, LoadBot.CONNECTED);
    }

    void disconnect() throws IOException, MeasuringException
    {
        tellAll(LoadBot.DISCONNECT, LoadBot.DISCONNECTED);
    }

    /**
     * Has bots send and waits for the end.
     *
     * @param id    of the series.
     * @param phase how long.
     */
    Load run(
        final String id,
        final Mode mode,
        final BenchKey key,
        final int bots,
        final long parameter,
        final Phase phase) throws IOException, MeasuringException
    {
        final int count = processCount(bots);
        final List<LoadCommand> commands = new ArrayList<>();
        for (int i = 0; i < count; i++)
        {
            final boolean isShared = Mode.OPEN == mode || Mode.COUNTED == mode;
            commands.add(new LoadCommand(
                mode, key.alias(), (bots + count - 1 - i) / count, isShared ? parameter / count : parameter,
                phase.warmUpMs(), phase.measureMs(), files.histogram(id, i)));
            processes.get(i).say(commands.getLast().line());
        }
        LoadResult result = new LoadResult(0, 0, 0, 0, 0, 0);
        final Histogram histogram = Latencies.newHistogram();
        for (int i = 0; i < count; i++)
        {
            final String line = processes.get(i).awaitLine(
                LoadResult.MARKER, phase.warmUpMs() + phase.measureMs() + ANSWER_TIMEOUT_MS, BotFleet::ignore);
            result = result.plus(LoadResult.parse(line));
            histogram.add(Latencies.read(commands.get(i).file()).named(LoadCommand.LATENCY));
        }
        return new Load(result, histogram,
            Mode.LOGGED == mode ? RequestLog.read(commands.getFirst().requestLog()) : null);
    }

    /** Process ids. */
    List<Long> pids()
    {
        return processes.stream().map(ChildProcess::pid).toList();
    }

    @Override
    public void close()
    {
        processes.forEach(ChildProcess::close);
    }

    private void tellAll(final String command, final String marker) throws IOException, MeasuringException
    {
        for (final ChildProcess process : processes)
        {
            process.say(command);
        }
        for (final ChildProcess process : processes)
        {
            process.awaitLine(marker, TIMEOUT_MS, BotFleet::ignore);
        }
    }

    private static void ignore(final String line)
    {
        // Nothing but answers comes.
    }

    /**
     * How long a load lasts.
     *
     * @param warmUpMs  before it is measured.
     * @param measureMs of it.
     */
    record Phase(long warmUpMs, long measureMs)
    {
    }
}
