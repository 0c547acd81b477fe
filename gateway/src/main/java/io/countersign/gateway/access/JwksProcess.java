package io.countersign.gateway.access;

import io.countersign.gateway.config.AccessIssuerConfig;
import org.agrona.ErrorHandler;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * The child process that fetches the JWKS and keeps it in the JWKS file, so that this process never speaks HTTP.
 * Started anew when it dies; it ends with this process, because its standard input does. For one thread at a time.
 *
 * <pre>
 *   RUNNING --died--&gt; WAITING --back-off--&gt; RUNNING      1 s, doubling to 60 s; 1 s again once it ran 60 s
 * </pre>
 */
public final class JwksProcess implements AutoCloseable
{
    private static final long MIN_BACKOFF_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long MAX_BACKOFF_NS = TimeUnit.SECONDS.toNanos(60);
    private static final long CLOSE_TIMEOUT_MS = 500;
    private static final Set<String> ENVIRONMENT =
        Set.of("PATH", "HOME", "JAVA_HOME", "LANG", "LC_ALL", "TZ", "COUNTERSIGN_TMP");

    private final List<String> command;
    private final ErrorHandler errorHandler;
    private Process process;
    private long startedNs;
    private long restartDeadlineNs;
    private long backoffNs = MIN_BACKOFF_NS;

    /**
     * Construct; nothing is started yet.
     *
     * @param command      with all arguments.
     * @param errorHandler is told whenever it dies or cannot be started.
     */
    public JwksProcess(final List<String> command, final ErrorHandler errorHandler)
    {
        this.command = List.copyOf(command);
        this.errorHandler = errorHandler;
    }

    /**
     * The whole command of a configuration.
     *
     * @param config     with a URL.
     * @param jwksFollow command that is used when the configuration names none: {@code countersign jwks follow}.
     * @return command and arguments.
     */
    public static List<String> command(final AccessIssuerConfig config, final List<String> jwksFollow)
    {
        final List<String> command =
            new ArrayList<>(config.jwksCommand().isEmpty() ? jwksFollow : config.jwksCommand());
        command.addAll(List.of(
            "--url", config.jwksUrl().toString(), "--file", config.jwksFile().toString(), "--end-with-input"));
        return command;
    }

    /**
     * Start it for the first time. Where that fails it is tried again by {@link #poll}.
     *
     * @param nowNs monotonic time.
     */
    public void start(final long nowNs)
    {
        startedNs = nowNs;
        try
        {
            final ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.INHERIT);
            builder.environment().keySet().retainAll(ENVIRONMENT);
            process = builder.start();
        }
        catch (final IOException ex)
        {
            process = null;
            postpone(nowNs, "cannot be started: " + ex.getMessage());
        }
    }

    /**
     * Start it anew if it has died and the time has come.
     *
     * @param nowNs monotonic time.
     * @return 1 when something was done, else 0.
     */
    public int poll(final long nowNs)
    {
        if (null != process)
        {
            if (process.isAlive())
            {
                return 0;
            }
            backoffNs = nowNs - startedNs < MAX_BACKOFF_NS ? backoffNs : MIN_BACKOFF_NS;
            final int exitCode = process.exitValue();
            process = null;
            postpone(nowNs, "ended with exit code " + exitCode);
            return 1;
        }
        if (nowNs - restartDeadlineNs < 0)
        {
            return 0;
        }
        start(nowNs);
        return 1;
    }

    /**
     * Which process it is at present.
     *
     * @return its process id, or -1 while there is none.
     */
    public long pid()
    {
        return null == process || !process.isAlive() ? -1 : process.pid();
    }

    /** Ends the child, and nothing but it: by a signal, and half a second later by force. */
    @Override
    public void close()
    {
        if (null == process)
        {
            return;
        }
        process.destroy();
        try
        {
            if (!process.waitFor(CLOSE_TIMEOUT_MS, TimeUnit.MILLISECONDS))
            {
                process.destroyForcibly().waitFor(CLOSE_TIMEOUT_MS, TimeUnit.MILLISECONDS);
            }
        }
        catch (final InterruptedException ex)
        {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        process = null;
    }

    private void postpone(final long nowNs, final String what)
    {
        restartDeadlineNs = nowNs + backoffNs;
        errorHandler.onError(new JwksException("the process that follows the JWKS " + what + "; started again in " +
            TimeUnit.NANOSECONDS.toSeconds(backoffNs) + " s: " + commandText()));
        backoffNs = Math.min(MAX_BACKOFF_NS, 2 * backoffNs);
    }

    /** Without what stands behind a question mark: the query of a URL may hold what is nobody's business. */
    private String commandText()
    {
        return command.stream().map((word) -> word.replaceFirst("(?s)\\?.*", "?...")).collect(Collectors.joining(" "));
    }
}
