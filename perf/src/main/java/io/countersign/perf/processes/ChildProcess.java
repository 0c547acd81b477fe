package io.countersign.perf.processes;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A process that this one started: its lines, its input, its end. Whatever is still running when this process ends in
 * good order or by SIGINT or SIGTERM is ended, too.
 */
public final class ChildProcess implements AutoCloseable
{
    private static final String END = new String("end of output");
    private static final int LINE_CAPACITY = 1024;
    private static final int END_TIMEOUT_S = 5;
    private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();

    static
    {
        Runtime.getRuntime().addShutdownHook(new Thread(ChildProcess::endAll));
    }

    private final String name;
    private final Process process;
    private final Writer input;
    private final BlockingQueue<String> lines = new ArrayBlockingQueue<>(LINE_CAPACITY);

    private ChildProcess(final String name, final Process process)
    {
        this.name = name;
        this.process = process;
        input = process.outputWriter();
        RUNNING.add(process);
    }

    /**
     * Start a process with the environment of this one.
     *
     * @param name      for messages.
     * @param directory in which it runs.
     * @param command   with its arguments.
     * @return the process.
     * @throws IOException when it cannot be started.
     */
    public static ChildProcess start(final String name, final Path directory, final List<String> command)
        throws IOException
    {
        return start(name, directory, Map.of(), command);
    }

    /**
     * Start a process.
     *
     * @param name        for messages.
     * @param directory   in which it runs.
     * @param environment beside that of this process.
     * @param command     with its arguments.
     * @return the process.
     * @throws IOException when it cannot be started.
     */
    public static ChildProcess start(
        final String name, final Path directory, final Map<String, String> environment, final List<String> command)
        throws IOException
    {
        final ProcessBuilder builder = new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(environment);
        final ChildProcess child = new ChildProcess(name, builder.start());
        final Thread reader = new Thread(child::readLines, "lines of " + name);
        reader.setDaemon(true);
        reader.start();
        return child;
    }

    /**
     * End all processes that run, at once, and wait until they are gone: what they have open can be removed then.
     */
    public static void endAll()
    {
        RUNNING.forEach(Process::destroyForcibly);
        RUNNING.forEach((running) -> running.onExit().orTimeout(END_TIMEOUT_S, TimeUnit.SECONDS).exceptionally(
            (ex) -> running).join());
    }

    /**
     * Passes lines on until one starts with the marker.
     *
     * @param marker    of the line.
     * @param timeoutMs to wait for it.
     * @param passOn    hears of the lines before it.
     * @return that line.
     * @throws MeasuringException when it does not come in time.
     */
    public String awaitLine(final String marker, final long timeoutMs, final Consumer<String> passOn)
        throws MeasuringException
    {
        final long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMs);
        while (true)
        {
            final String line = nextLine(deadlineNs);
            if (null == line)
            {
                throw new MeasuringException(name + " did not say '" + marker + "' within " + timeoutMs + " ms");
            }
            if (END == line)
            {
                throw new MeasuringException(
                    name + " ended before it said '" + marker + "', exit code " + exitCode(timeoutMs));
            }
            if (line.startsWith(marker))
            {
                return line;
            }
            passOn.accept(line);
        }
    }

    /**
     * Passes all lines on until the process ends.
     *
     * @param timeoutMs to wait.
     * @param passOn    hears of the lines.
     * @return the exit code.
     * @throws MeasuringException when it does not end in time.
     */
    public int awaitEnd(final long timeoutMs, final Consumer<String> passOn) throws MeasuringException
    {
        final long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMs);
        String line = nextLine(deadlineNs);
        while (null != line && END != line)
        {
            passOn.accept(line);
            line = nextLine(deadlineNs);
        }
        return exitCode(timeoutMs);
    }

    /**
     * Write a line to the process's input.
     *
     * @param line without its end.
     * @throws IOException when the process has closed its input, as it does at its end.
     */
    public void say(final String line) throws IOException
    {
        input.write(line);
        input.write('\n');
        input.flush();
    }

    /**
     * Id of the process.
     *
     * @return as the operating system knows it.
     */
    public long pid()
    {
        return process.pid();
    }

    /**
     * Ask the process to end: SIGTERM.
     */
    public void terminate()
    {
        process.destroy();
    }

    /**
     * End the process if it has not ended.
     */
    @Override
    public void close()
    {
        process.destroyForcibly();
        RUNNING.remove(process);
    }

    private int exitCode(final long timeoutMs) throws MeasuringException
    {
        try
        {
            if (process.waitFor(timeoutMs, TimeUnit.MILLISECONDS))
            {
                RUNNING.remove(process);
                return process.exitValue();
            }
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
        }
        throw new MeasuringException(name + " did not end within " + timeoutMs + " ms");
    }

    private String nextLine(final long deadlineNs)
    {
        try
        {
            return lines.poll(Math.max(0, deadlineNs - System.nanoTime()), TimeUnit.NANOSECONDS);
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    private void readLines()
    {
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8))
        {
            String line = reader.readLine();
            while (null != line)
            {
                lines.put(line);
                line = reader.readLine();
            }
            lines.put(END);
        }
        catch (final IOException ex)
        {
            lines.offer(END);
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
        }
    }
}
