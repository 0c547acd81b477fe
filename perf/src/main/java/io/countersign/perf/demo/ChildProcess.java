package io.countersign.perf.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A process that this one started: its lines, its input, its end.
 */
final class ChildProcess implements AutoCloseable
{
    private static final String END = new String("end of output");
    private static final int LINE_CAPACITY = 1024;

    private final String name;
    private final Process process;
    private final Writer input;
    private final BlockingQueue<String> lines = new ArrayBlockingQueue<>(LINE_CAPACITY);

    private ChildProcess(final String name, final Process process)
    {
        this.name = name;
        this.process = process;
        input = process.outputWriter();
    }

    static ChildProcess start(final String name, final Path directory, final List<String> command) throws IOException
    {
        final Process process = new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
        final ChildProcess child = new ChildProcess(name, process);
        final Thread reader = new Thread(child::readLines, "lines of " + name);
        reader.setDaemon(true);
        reader.start();
        return child;
    }

    /** Passes lines on until one starts with the marker, and returns that one. */
    String awaitLine(final String marker, final long timeoutMs, final Consumer<String> passOn) throws DemoException
    {
        final long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMs);
        while (true)
        {
            final String line = nextLine(deadlineNs);
            if (null == line)
            {
                throw new DemoException(name + " did not say '" + marker + "' within " + timeoutMs + " ms");
            }
            if (END == line)
            {
                throw new DemoException(
                    name + " ended before it said '" + marker + "', exit code " + exitCode(timeoutMs));
            }
            if (line.startsWith(marker))
            {
                return line;
            }
            passOn.accept(line);
        }
    }

    /** Passes all lines on until the process ends. */
    int awaitEnd(final long timeoutMs, final Consumer<String> passOn) throws DemoException
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

    void say(final String line) throws IOException
    {
        input.write(line);
        input.write('\n');
        input.flush();
    }

    void terminate()
    {
        process.destroy();
    }

    @Override
    public void close()
    {
        process.destroyForcibly();
    }

    private int exitCode(final long timeoutMs) throws DemoException
    {
        try
        {
            if (process.waitFor(timeoutMs, TimeUnit.MILLISECONDS))
            {
                return process.exitValue();
            }
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
        }
        throw new DemoException(name + " did not end within " + timeoutMs + " ms");
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
