package io.countersign.perf.bench;

import io.countersign.perf.processes.ChildProcess;
import io.countersign.perf.processes.MeasuringException;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * One gateway process from its start to its end, by the script and with the flags of production.
 */
final class GatewayLife implements AutoCloseable
{
    private static final String READY = "countersign gateway";
    private static final long TIMEOUT_MS = 60_000;
    private static final long SIGNAL_TIMEOUT_MS = 5_000;

    private static final long PULSE_INTERVAL_NS = TimeUnit.SECONDS.toNanos(4);
    private static final long PULSE_NS = TimeUnit.MILLISECONDS.toNanos(20);

    private final ChildProcess process;
    private final Path directory;
    private final Path aeronDirectory;
    private final long readyNs;
    private Thread pulse;

    private GatewayLife(
        final ChildProcess process, final Path directory, final Path aeronDirectory, final long readyNs)
    {
        this.process = process;
        this.directory = directory;
        this.aeronDirectory = aeronDirectory;
        this.readyNs = readyNs;
    }

    /**
     * Starts a gateway and waits until it says that it is ready.
     *
     * @param life       names its configuration.
     * @param isDumpable whether tools may attach to it.
     */
    static GatewayLife start(final BenchFiles files, final String life, final boolean isDumpable)
        throws IOException, MeasuringException
    {
        final List<String> command = new ArrayList<>(List.of(files.command("countersign-gateway").toString()));
        if (isDumpable)
        {
            command.add("--dumpable");
        }
        command.add(files.config(life).toString());
        final long startNs = System.nanoTime();
        final ChildProcess process = ChildProcess.start(
            "the gateway", files.directory(), Map.of("COUNTERSIGN_TMP", files.temporary().toString()), command);
        boolean isReady = false;
        try
        {
            process.awaitLine(READY, TIMEOUT_MS, (line) ->
            {
                // What it says before is of no interest here.
            });
            final GatewayLife gateway = new GatewayLife(
                process, files.directory(), files.aeron(life), System.nanoTime() - startNs);
            isReady = true;
            return gateway;
        }
        finally
        {
            if (!isReady)
            {
                process.close();
            }
        }
    }

    /** From the start of the process to the line that says that it is ready. */
    long readyNs()
    {
        return readyNs;
    }

    long pid()
    {
        return process.pid();
    }

    Path aeronDirectory()
    {
        return aeronDirectory;
    }

    /**
     * Takes its threads off the cores, so that what is measured next has them. Where that takes long they run for a
     * moment now and then, so that neither its driver nor its bots take it for dead after 10 s.
     */
    synchronized void pause() throws IOException, MeasuringException
    {
        signal("-STOP");
        if (null == pulse)
        {
            pulse = Thread.ofPlatform().daemon().name("pulse of the gateway").start(this::keepAlive);
        }
    }

    synchronized void goOn() throws IOException, MeasuringException
    {
        if (null != pulse)
        {
            final Thread ended = pulse;
            pulse = null;
            LockSupport.unpark(ended);
        }
        signal("-CONT");
    }

    /** Ends it in good order; its journal is complete then. */
    void stop() throws MeasuringException
    {
        process.terminate();
        final int exitCode = process.awaitEnd(TIMEOUT_MS, (line) ->
        {
            // What it says at its end is of no interest here.
        });
        if (0 != exitCode)
        {
            throw new MeasuringException("the gateway ended with exit code " + exitCode);
        }
    }

    @Override
    public void close()
    {
        process.close();
    }

    private void keepAlive()
    {
        try
        {
            LockSupport.parkNanos(PULSE_INTERVAL_NS);
            while (beat())
            {
                LockSupport.parkNanos(PULSE_INTERVAL_NS);
            }
        }
        catch (final IOException | MeasuringException ex)
        {
            System.err.println("make bench: " + ex.getMessage());
        }
    }

    /** False once it goes on by itself. */
    private synchronized boolean beat() throws IOException, MeasuringException
    {
        if (pulse != Thread.currentThread())
        {
            return false;
        }
        signal("-CONT");
        LockSupport.parkNanos(PULSE_NS);
        signal("-STOP");
        return true;
    }

    private void signal(final String signal) throws IOException, MeasuringException
    {
        final Process kill = new ProcessBuilder("kill", signal, Long.toString(process.pid()))
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .start();
        try
        {
            if (!kill.waitFor(SIGNAL_TIMEOUT_MS, TimeUnit.MILLISECONDS) || 0 != kill.exitValue())
            {
                throw new MeasuringException("the gateway, process " + process.pid() + ", took no signal " + signal);
            }
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
            throw new MeasuringException("interrupted");
        }
    }
}
