package io.countersign.gateway;

import io.countersign.gateway.config.AuditConfig;
import io.countersign.gateway.config.ConfigException;
import io.countersign.gateway.config.TokenConfig;
import io.countersign.gateway.journal.JournalException;
import io.countersign.gateway.transport.TransportException;
import io.countersign.hsm.ProcessMemory;
import io.countersign.hsm.TokenException;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A gateway as a process of the operating system: arguments, exit codes, signals, and what people read of it.
 */
final class GatewayProcess
{
    /** A stop takes 50 ms. On a machine that gives it no time to run, the seal is worth more than a quick end. */
    private static final long CLOSE_TIMEOUT_MS = 10_000;
    private static final String DUMPABLE = "--dumpable";
    private static final String USAGE = """
        Usage: countersign-gateway [--dumpable] CONFIG

        Runs the signing gateway with the configuration file CONFIG until SIGTERM or SIGINT.

          --dumpable  let debuggers, native profilers and core dumps have the memory of this
                      process, PIN and API keys with it; without it they do not get in
          --help      print this and exit
          --version   print the version and exit

        Prints one line on standard output when it is ready to take requests.
        Exit codes: 0 stopped in good order, 1 ended by itself, 2 configuration, journal or driver
        directory cannot be used, 3 the token or a key in it cannot be used.
        `countersign status --config CONFIG` shows the counters of a running gateway.
        """;

    private final CountDownLatch stopSignal = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile int exitCode = Gateway.EXIT_OK;
    private final PrintStream out;
    private final PrintStream err;

    GatewayProcess(final PrintStream out, final PrintStream err)
    {
        this.out = out;
        this.err = err;
    }

    int run(final String[] args)
    {
        if (1 == args.length && "--help".equals(args[0]))
        {
            out.print(USAGE);
            return Gateway.EXIT_OK;
        }
        if (1 == args.length && "--version".equals(args[0]))
        {
            out.println("countersign-gateway " + GatewayVersion.VERSION);
            return Gateway.EXIT_OK;
        }
        final boolean isDumpable = 2 == args.length && DUMPABLE.equals(args[0]);
        final String file = args.length == (isDumpable ? 2 : 1) ? args[args.length - 1] : "-";
        if (file.startsWith("-"))
        {
            err.print(USAGE);
            return Gateway.EXIT_CONFIGURATION;
        }
        try
        {
            protectMemory(isDumpable);
            return runGateway(Path.of(file));
        }
        catch (final ConfigException ex)
        {
            ex.errors().forEach((error) -> err.println("countersign gateway: " + error));
            return Gateway.EXIT_CONFIGURATION;
        }
        catch (final TransportException | JournalException ex)
        {
            return refuse(ex, Gateway.EXIT_CONFIGURATION);
        }
        catch (final TokenException ex)
        {
            return refuse(ex, Gateway.EXIT_TOKEN);
        }
        catch (final RuntimeException ex)
        {
            // Nobody foresaw it, and still no operator gets a stack trace.
            new ErrorReporter(err).onError(ex);
            return Gateway.EXIT_FAILED;
        }
    }

    private void protectMemory(final boolean isDumpable)
    {
        if (isDumpable)
        {
            err.println("countersign gateway: warning: " + DUMPABLE + " lets core dumps and other processes of this " +
                "user have PIN and API keys; start it without that in production");
        }
        else if (!ProcessMemory.close())
        {
            err.println("countersign gateway: warning: the memory of this process cannot be closed on this system; " +
                "forbid core dumps and tracing by its own means");
        }
    }

    private int runGateway(final Path configFile) throws ConfigException, TokenException, TransportException
    {
        final long startNs = System.nanoTime();
        try (Gateway gateway = Gateway.launch(configFile, new ErrorReporter(err), this::onLoss))
        {
            Runtime.getRuntime().addShutdownHook(new Thread(this::onSignal, "countersign-shutdown"));
            gateway.config().tokens().stream().map((token) -> token.pin().warning()).filter(Objects::nonNull).distinct()
                .forEach((warning) -> err.println("countersign gateway: warning: " + warning));
            out.printf("countersign gateway %s ready in %d ms: process %d, heap at most %d MiB, token %s, %d keys, " +
                "%d principals, ingresses %s, journal %s, %s%n",
                GatewayVersion.VERSION,
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNs),
                ProcessHandle.current().pid(),
                Runtime.getRuntime().maxMemory() >> 20,
                String.join("+", gateway.config().tokens().stream().map(TokenConfig::name).toList()),
                gateway.config().keys().size(),
                gateway.policy().principals().size(),
                gateway.config().ingresses(),
                gateway.config().journalDirectory(),
                sealing(gateway.config().audit()));
            out.flush();
            stopSignal.await();
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
        }
        closed.countDown();
        return exitCode;
    }

    private static String sealing(final AuditConfig audit)
    {
        return null == audit ? "which is not sealed (no 'audit' in the configuration)" :
            "sealed every " + audit.sealIntervalMs() + " ms as " + audit.origin();
    }

    /** Nobody can reach a gateway whose driver has given it up; a new one can be started in a second. */
    private void onLoss()
    {
        exitCode = Gateway.EXIT_FAILED;
        err.println("countersign gateway: lost a media driver, which happens when the process stands still for " +
            "10 s or the memory of aeron-directory cannot be written; it stops, start it again");
        stopSignal.countDown();
    }

    /** Runs in the shutdown hook: a process that a signal ends exits with 0 only if it is halted with 0. */
    private void onSignal()
    {
        stopSignal.countDown();
        boolean isClosed = false;
        try
        {
            isClosed = closed.await(CLOSE_TIMEOUT_MS, TimeUnit.MILLISECONDS);
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
        }
        if (!isClosed)
        {
            err.println("countersign gateway: not closed within " + CLOSE_TIMEOUT_MS +
                " ms; the journal of this run may lack its end");
        }
        Runtime.getRuntime().halt(isClosed ? exitCode : Gateway.EXIT_FAILED);
    }

    private int refuse(final Exception cause, final int exitCode)
    {
        err.println("countersign gateway: " + ErrorReporter.line(cause));
        return exitCode;
    }
}
