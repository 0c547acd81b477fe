package io.countersign.ops.jwks;

import io.countersign.gateway.access.JwkSet;
import io.countersign.gateway.access.JwksException;
import io.countersign.gateway.config.FileErrors;
import io.countersign.ops.CommandException;
import io.countersign.ops.ExitCode;
import io.countersign.ops.StopSignal;
import io.countersign.ops.VersionProvider;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code countersign jwks follow}.
 */
@Command(
    name = "follow",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = {
        "Fetches a JWKS again and again and keeps it in a file, until SIGTERM or SIGINT.",
        "The gateway runs this as a process of its own where jwks-url is configured. A max-age of the answer " +
            "counts between a tenth of --every and --every. After an error it is tried again after 1 s, then twice " +
            "as long, up to --every. Each change and each new error is one line on standard error."
    },
    footerHeading = "%nExample:%n",
    footer = {
        "  countersign jwks follow --url https://idp.example/jwks --file jwks.json",
        "",
        "Exit codes: 0 stopped by a signal or the end of its input, 2 wrong usage or files."
    })
public final class JwksFollowCommand implements Callable<Integer>
{
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,5})([smh])");
    private static final long MIN_BACKOFF_NS = TimeUnit.SECONDS.toNanos(1);

    @Spec
    private CommandSpec spec;

    @Mixin
    private JwksSource source;

    @Option(names = "--every", paramLabel = "TIME", defaultValue = "300s", description =
        "Time between two fetches, such as 300s, 5m or 1h; 300s when absent.")
    private String every;

    @Option(names = "--end-with-input", description =
        "Ends when standard input does, so that it never outlives the process that started it.")
    private boolean isToEndWithInput;

    private long everyNs;
    private long backoffNs = MIN_BACKOFF_NS;
    private String lastError;

    /**
     * For picocli.
     */
    public JwksFollowCommand()
    {
    }

    /**
     * Follows the JWKS.
     *
     * @return exit code.
     */
    @Override
    public Integer call()
    {
        everyNs = everyNs();
        final KeptJwks kept = source.kept();
        try (JwksDownload download = source.download();
            StopSignal signal = new StopSignal(download::stop))
        {
            if (isToEndWithInput)
            {
                final Thread watch = new Thread(() -> awaitEndOfInput(signal), "end-of-input");
                watch.setDaemon(true);
                watch.start();
            }
            while (!signal.isRaised())
            {
                final long nextNs = System.nanoTime() + fetch(download, kept, signal);
                while (!signal.isRaised() && System.nanoTime() - nextNs < 0)
                {
                    signal.await(nextNs - System.nanoTime());
                }
            }
        }
        return ExitCode.OK;
    }

    /** Fetches once; returns how long to wait then. */
    private long fetch(final JwksDownload download, final KeptJwks kept, final StopSignal signal)
    {
        try
        {
            final Fetched fetched = download.fetch();
            final JwkSet keys = kept.replace(download.name(), fetched.body());
            if (null != keys)
            {
                tell(kept.text(keys) + " of " + download.name());
            }
            else if (null != lastError)
            {
                tell(download.name() + " can be fetched again");
            }
            lastError = null;
            backoffNs = MIN_BACKOFF_NS;
            return delayNs(everyNs, fetched.maxAgeS());
        }
        catch (final JwksException ex)
        {
            return signal.isRaised() ? 0 : postpone(ex.getMessage());
        }
        catch (final IOException ex)
        {
            return postpone(kept.file() + " cannot be written: " + FileErrors.reason(ex));
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    /** How long to wait after an answer. */
    static long delayNs(final long everyNs, final long maxAgeS)
    {
        return maxAgeS < 0 ?
            everyNs : Math.max(everyNs / 10, Math.min(everyNs, TimeUnit.SECONDS.toNanos(maxAgeS)));
    }

    private long postpone(final String error)
    {
        if (!error.equals(lastError))
        {
            lastError = error;
            tell(error);
        }
        final long delayNs = Math.min(everyNs, backoffNs);
        backoffNs = Math.min(everyNs, 2 * backoffNs);
        return delayNs;
    }

    private void tell(final String line)
    {
        spec.commandLine().getErr().println("countersign jwks: " + line.replaceAll("[\\s\\p{Cntrl}]+", " "));
        spec.commandLine().getErr().flush();
    }

    private long everyNs()
    {
        final Matcher matcher = DURATION.matcher(every);
        final long seconds = !matcher.matches() ? 0 : Long.parseLong(matcher.group(1)) * switch (matcher.group(2))
        {
            case "h" -> 3_600;
            case "m" -> 60;
            default -> 1;
        };
        if (seconds < 1 || TimeUnit.DAYS.toSeconds(1) < seconds)
        {
            throw new CommandException("--every is '" + every + "'; expected 1s to 24h, such as 300s, 5m or 1h");
        }
        return TimeUnit.SECONDS.toNanos(seconds);
    }

    private static void awaitEndOfInput(final StopSignal signal)
    {
        try
        {
            final byte[] ignored = new byte[64];
            while (0 <= System.in.read(ignored))
            {
                // Whatever is said there means nothing; only its end does.
            }
        }
        catch (final IOException ex)
        {
            // As good as its end.
        }
        signal.raise();
    }
}
