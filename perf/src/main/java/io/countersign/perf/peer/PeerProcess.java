package io.countersign.perf.peer;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * A process of a peer: takes lines, answers with lines and bytes. It is ended when it does not answer in time, and with
 * this process. One thread at a time.
 */
final class PeerProcess implements AutoCloseable
{
    /** How a line begins that says that the process cannot go on. */
    static final String FAILED = "failed ";

    private static final long TIMEOUT_S = 300;
    private static final long END_TIMEOUT_MS = 5_000;
    private static final int BUFFER_LENGTH = 1 << 16;
    private static final Set<ProcessHandle> RUNNING = ConcurrentHashMap.newKeySet();

    static
    {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> RUNNING.forEach(ProcessHandle::destroyForcibly)));
    }

    private final String name;
    private final Process process;
    private final Writer input;
    private final DataInputStream output;

    private PeerProcess(final String name, final Process process)
    {
        this.name = name;
        this.process = process;
        input = process.outputWriter(StandardCharsets.US_ASCII);
        output = new DataInputStream(new BufferedInputStream(process.getInputStream(), BUFFER_LENGTH));
        RUNNING.add(process.toHandle());
    }

    /**
     * Start a process.
     *
     * @param name        for messages.
     * @param command     of the process.
     * @param environment what it has beside this process's environment.
     * @return the process.
     * @throws PeerException when it does not start.
     */
    static PeerProcess start(final String name, final List<String> command, final Map<String, String> environment)
        throws PeerException
    {
        try
        {
            final ProcessBuilder builder =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
            builder.environment().putAll(environment);
            return new PeerProcess(name, builder.start());
        }
        catch (final IOException ex)
        {
            throw new PeerException("peer " + name + " does not start (" + ex.getMessage() + "): run 'make native'");
        }
    }

    void say(final String line) throws PeerException
    {
        try
        {
            input.write(line);
            input.write('\n');
            input.flush();
        }
        catch (final IOException ex)
        {
            throw ended(line);
        }
    }

    /**
     * Wait for a line.
     *
     * @param prefix how it begins; other lines before it are skipped.
     * @return the rest of it.
     * @throws PeerException when the process says that it failed, ends or is silent.
     */
    String awaitLine(final String prefix) throws PeerException
    {
        final CompletableFuture<Void> watchdog = watchdog();
        try
        {
            String line = readLine();
            while (!line.startsWith(prefix))
            {
                if (line.startsWith(FAILED))
                {
                    throw new PeerException("peer " + name + ": " + line.substring(FAILED.length()));
                }
                line = readLine();
            }
            return line.substring(prefix.length()).strip();
        }
        catch (final IOException ex)
        {
            throw ended(prefix.strip());
        }
        finally
        {
            watchdog.cancel(false);
        }
    }

    byte[] awaitBytes(final int length) throws PeerException
    {
        final byte[] bytes = new byte[length];
        final CompletableFuture<Void> watchdog = watchdog();
        try
        {
            output.readFully(bytes);
            return bytes;
        }
        catch (final IOException ex)
        {
            throw ended(length + " bytes");
        }
        finally
        {
            watchdog.cancel(false);
        }
    }

    @Override
    public void close()
    {
        process.destroy();
        try
        {
            process.waitFor(END_TIMEOUT_MS, TimeUnit.MILLISECONDS);
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
        RUNNING.remove(process.toHandle());
    }

    private String readLine() throws IOException
    {
        final StringBuilder line = new StringBuilder();
        int next = output.read();
        while ('\n' != next)
        {
            if (next < 0)
            {
                throw new EOFException();
            }
            line.append((char) next);
            next = output.read();
        }
        return line.toString();
    }

    /** A cancelled one does nothing. */
    private CompletableFuture<Void> watchdog()
    {
        return CompletableFuture.runAsync(
            process::destroyForcibly, CompletableFuture.delayedExecutor(TIMEOUT_S, TimeUnit.SECONDS));
    }

    private PeerException ended(final String expected)
    {
        return new PeerException("peer " + name + " ended, or was ended after " + TIMEOUT_S +
            " s, instead of answering with '" + expected + "'");
    }
}
