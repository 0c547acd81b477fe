package io.countersign.perf.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

/**
 * A gateway, or another main class, in a JVM of its own with the flags of every Countersign process. What it prints is
 * read line by line.
 */
final class GatewayJvm implements AutoCloseable
{
    static final String READY = "countersign gateway ";

    private static final String END = new String("end of output");
    private static final long TIMEOUT_MS = 60_000;
    private static final Set<ProcessHandle> RUNNING = ConcurrentHashMap.newKeySet();

    static
    {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> RUNNING.forEach(ProcessHandle::destroyForcibly)));
    }

    private final long startNs = System.nanoTime();
    private final Process process;
    private final BlockingQueue<String> unread = new LinkedBlockingQueue<>();
    private final List<String> out = new ArrayList<>();
    private final List<String> err = new ArrayList<>();
    private final Thread outReader;
    private final Thread errReader;

    private GatewayJvm(final List<String> command, final Map<String, String> environment)
    {
        try
        {
            final ProcessBuilder builder = new ProcessBuilder(command);
            builder.environment().putAll(environment);
            process = builder.start();
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
        RUNNING.add(process.toHandle());
        outReader = reader("out", process.inputReader(), out, unread);
        errReader = reader("err", process.errorReader(), err, null);
    }

    static GatewayJvm start(final Path temporary, final String... arguments)
    {
        return start(temporary, List.of(), "io.countersign.gateway.Gateway", List.of(arguments));
    }

    static GatewayJvm start(
        final Path temporary, final Map<String, String> environment, final String... arguments)
    {
        return start(temporary, environment, List.of(), "io.countersign.gateway.Gateway", List.of(arguments));
    }

    /** By the script that operators use. */
    static GatewayJvm launch(
        final Path temporary, final Map<String, String> environment, final String... arguments)
    {
        final Map<String, String> all = new HashMap<>(environment);
        all.put("COUNTERSIGN_TMP", temporary.toString());
        all.put("JAVA_HOME", System.getProperty("java.home"));
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("countersign.root"), "bin", "countersign-gateway").toString());
        command.addAll(List.of(arguments));
        return new GatewayJvm(command, all);
    }

    /**
     * @param temporary directory for temporary files.
     * @param flags     more flags of the JVM.
     * @param main      class.
     * @param arguments of the main class.
     */
    static GatewayJvm start(
        final Path temporary, final List<String> flags, final String main, final List<String> arguments)
    {
        return start(temporary, Map.of(), flags, main, arguments);
    }

    private static GatewayJvm start(
        final Path temporary,
        final Map<String, String> environment,
        final List<String> flags,
        final String main,
        final List<String> arguments)
    {
        final List<String> command = new ArrayList<>();
        // Whoever runs the tests in the background may have left SIGINT ignored, which children inherit.
        command.addAll(List.of("/usr/bin/env", "--default-signal=INT"));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("@" + Path.of(System.getProperty("countersign.root"), "config", "jvm.args"));
        command.add("-Djava.io.tmpdir=" + temporary);
        command.addAll(flags);
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(main);
        command.addAll(arguments);
        return new GatewayJvm(command, environment);
    }

    /** The line that says that the gateway is ready. */
    String awaitReady()
    {
        return awaitLine(READY);
    }

    String awaitLine(final String marker)
    {
        final long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(TIMEOUT_MS);
        try
        {
            String line = "";
            while (!line.startsWith(marker))
            {
                line = unread.poll(deadlineNs - System.nanoTime(), TimeUnit.NANOSECONDS);
                if (null == line || END == line)
                {
                    fail("it did not say '" + marker + "' " + describe());
                }
            }
            return line;
        }
        catch (final InterruptedException ex)
        {
            throw new IllegalStateException(ex);
        }
    }

    /** Until there is a line on the error stream. */
    void awaitComplaint()
    {
        final long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(TIMEOUT_MS);
        while (err().isEmpty())
        {
            assertTrue(System.nanoTime() < deadlineNs, () -> "it does not complain " + describe());
            Thread.yield();
        }
    }

    /** From the start of the process until now. */
    long ageMs()
    {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNs);
    }

    long pid()
    {
        return process.pid();
    }

    boolean isAlive()
    {
        return process.isAlive();
    }

    // Signals go by the handle: the process object would close its output as well.

    GatewayJvm kill()
    {
        process.toHandle().destroyForcibly();
        return this;
    }

    GatewayJvm terminate()
    {
        process.toHandle().destroy();
        return this;
    }

    GatewayJvm interrupt()
    {
        try
        {
            assertEquals(0, new ProcessBuilder("kill", "-INT", Long.toString(pid())).start().waitFor());
        }
        catch (final IOException | InterruptedException ex)
        {
            throw new IllegalStateException(ex);
        }
        return this;
    }

    /** The exit code, after everything that was printed has been read. */
    int awaitExit()
    {
        try
        {
            assertTrue(process.waitFor(TIMEOUT_MS, TimeUnit.MILLISECONDS), () -> "it has not ended " + describe());
            outReader.join(TIMEOUT_MS);
            errReader.join(TIMEOUT_MS);
        }
        catch (final InterruptedException ex)
        {
            throw new IllegalStateException(ex);
        }
        RUNNING.remove(process.toHandle());
        return process.exitValue();
    }

    List<String> out()
    {
        synchronized (out)
        {
            return List.copyOf(out);
        }
    }

    List<String> err()
    {
        synchronized (err)
        {
            return List.copyOf(err);
        }
    }

    String describe()
    {
        return "(process " + pid() + (isAlive() ? " runs" : " ended with " + process.exitValue()) +
            ", out " + out() + ", err " + err() + ")";
    }

    @Override
    public void close()
    {
        process.toHandle().destroyForcibly();
        awaitExit();
    }

    private static Thread reader(
        final String name, final BufferedReader from, final List<String> lines, final BlockingQueue<String> queue)
    {
        final Thread thread = new Thread(() -> read(from, lines, queue), "gateway " + name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static void read(
        final BufferedReader from, final List<String> lines, final BlockingQueue<String> queue)
    {
        try (from)
        {
            String line = from.readLine();
            while (null != line)
            {
                synchronized (lines)
                {
                    lines.add(line);
                }
                if (null != queue)
                {
                    queue.add(line);
                }
                line = from.readLine();
            }
        }
        catch (final IOException ex)
        {
            synchronized (lines)
            {
                lines.add(ex.toString());
            }
        }
        if (null != queue)
        {
            queue.add(END);
        }
    }
}
