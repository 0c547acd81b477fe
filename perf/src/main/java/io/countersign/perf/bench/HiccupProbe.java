package io.countersign.perf.bench;

import io.countersign.perf.processes.ChildProcess;
import io.countersign.perf.processes.Latencies;
import io.countersign.perf.processes.MeasuringException;

import java.io.IOException;
import java.util.List;

/**
 * The process of the {@link HiccupMeter}.
 */
final class HiccupProbe implements AutoCloseable
{
    private static final long TIMEOUT_MS = 30_000;

    private final BenchFiles files;
    private final ChildProcess process;
    private String scheduling = "";

    private HiccupProbe(final BenchFiles files, final ChildProcess process)
    {
        this.files = files;
        this.process = process;
    }

    static HiccupProbe start(final BenchFiles files) throws IOException
    {
        return new HiccupProbe(files, ChildProcess.start("the hiccup meter", files.directory(), List.of(
            files.command("jvm").toString(), "perf", HiccupMeter.class.getName())));
    }

    /** Measures on cores that nothing else uses meanwhile. */
    void spin(final long durationMs) throws IOException, MeasuringException
    {
        tell("spin " + durationMs);
    }

    /** From here on measures beside the load. */
    void sleep() throws IOException, MeasuringException
    {
        tell("sleep");
    }

    void stop() throws IOException, MeasuringException
    {
        scheduling = tell("stop").substring(HiccupMeter.DONE.length()).strip();
    }

    /** How the sleeping threads were scheduled: {@code first} or {@code like others}. */
    String scheduling()
    {
        return scheduling;
    }

    /** What was measured so far. */
    Latencies read() throws IOException, MeasuringException
    {
        tell("write " + files.directory().resolve("hiccups.hlog"));
        return Latencies.read(files.directory().resolve("hiccups.hlog"));
    }

    @Override
    public void close()
    {
        process.close();
    }

    private String tell(final String line) throws IOException, MeasuringException
    {
        process.say(line);
        return process.awaitLine(HiccupMeter.DONE, TIMEOUT_MS, (other) ->
        {
            // Nothing but answers comes.
        });
    }
}
