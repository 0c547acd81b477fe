package io.countersign.perf.demo;

import io.countersign.hsm.TokenException;
import io.countersign.perf.processes.ChildProcess;
import io.countersign.perf.processes.MeasuringException;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The demonstration that {@code make run} runs, top to bottom.
 */
public final class Demo
{
    private static final int WARM_UP = 30_000;
    private static final int ROUND_TRIPS = 20_000;
    private static final int SLOW_WARM_UP = 8_000;
    private static final int SLOW_ROUND_TRIPS = 5_000;
    private static final int BASELINE_SIGNATURES = 5_000;
    private static final long TIMEOUT_MS = 60_000;

    private final DemoFiles files;
    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    private Demo(final DemoFiles files)
    {
        this.files = files;
    }

    /**
     * Run the demonstration.
     *
     * @param args {@code --module LIBRARY --directory DIR --root DIR}.
     */
    public static void main(final String[] args)
    {
        final Map<String, Path> options = new HashMap<>();
        for (int i = 0; i + 1 < args.length; i += 2)
        {
            options.put(args[i], Path.of(args[i + 1]));
        }
        int exitCode = 0;
        try
        {
            new Demo(new DemoFiles(options.get("--root"), options.get("--directory"), options.get("--module"))).run();
        }
        catch (final MeasuringException | TokenException | IOException ex)
        {
            System.err.println("make run: " + ex.getMessage());
            exitCode = 1;
        }
        System.exit(exitCode);
    }

    private void run() throws IOException, MeasuringException, TokenException
    {
        title("A token with the example keys that Binance publishes");
        new TokenSetup(files).run(PublishedExamples.load());
        out.println("  token " + DemoFiles.TOKEN_LABEL + " below " + files.directory().resolve("tokens") +
            ", configuration " + files.config());
        issueApiKeys();
        baseline(1);

        title("The gateway");
        try (ChildProcess gateway = startGateway())
        {
            trade();
            stop(gateway);
        }
        baseline(2);

        title("Latency");
        for (final String line : new Report(files).lines())
        {
            out.println(line);
        }

        title("The journal, replayed");
        final JournalCheck check = new JournalCheck(files);
        final int found = check.run(principals());
        out.println("  " + check.records() + " records; each of the " + found +
            " signatures that the bots received is in it");
        out.println("  " + check.seals() + " seals; the last one covers the last record, GatewayStopped, number " +
            check.lastSealed() + "; as checkpoints in " + relative(files.checkpoints()));
        out.println("  the denied order in it (bin/countersign audit replay " + relative(files.journal()) +
            " --decision denied):");
        check.replay(List.of("--decision", "denied"), (line) -> out.println("  " + line.strip()));
    }

    private void issueApiKeys() throws IOException, MeasuringException
    {
        for (final String principal : principals())
        {
            final StringBuilder apiKey = new StringBuilder();
            try (ChildProcess issue = ChildProcess.start("countersign principals issue", files.directory(), List.of(
                files.command("countersign").toString(), "principals", "issue",
                "--config", files.config().toString(), "--principal", principal, "--version", "1")))
            {
                if (0 != issue.awaitEnd(TIMEOUT_MS, apiKey::append))
                {
                    throw new MeasuringException("no API key could be issued to " + principal);
                }
            }
            Files.createFile(files.apiKey(principal), PosixFilePermissions.asFileAttribute(
                PosixFilePermissions.fromString("rw-------")));
            Files.writeString(files.apiKey(principal), apiKey);
        }
        out.println("  API keys for " + String.join(" and ", principals()) +
            ", each in a file that only its owner reads");
    }

    private void trade() throws IOException, MeasuringException
    {
        final List<ChildProcess> bots = new ArrayList<>();
        try
        {
            for (final MeasuredOrder order : MeasuredOrder.values())
            {
                bots.add(startBot(order));
            }
            String differences = "";
            for (int i = 0; i < bots.size(); i++)
            {
                title("Bot " + principals().get(i) + ": published orders");
                final String done = bots.get(i).awaitLine(DemoBot.EXAMPLES_DONE, TIMEOUT_MS, out::println);
                differences += done.substring(DemoBot.EXAMPLES_DONE.length()).replace(" 0", "");
            }
            if (!differences.isEmpty())
            {
                throw new MeasuringException("a signature differs from the published one");
            }
            for (final ChildProcess bot : bots)
            {
                bot.say("measure");
                bot.awaitLine(DemoBot.MEASURED, TIMEOUT_MS, out::println);
                if (0 != bot.awaitEnd(TIMEOUT_MS, out::println))
                {
                    throw new MeasuringException("a bot ended with an error");
                }
            }
        }
        finally
        {
            bots.forEach(ChildProcess::close);
        }
    }

    private ChildProcess startGateway() throws IOException, MeasuringException
    {
        final long startNs = System.nanoTime();
        final ChildProcess gateway = ChildProcess.start("the gateway", files.directory(), List.of(
            files.command("countersign-gateway").toString(), files.config().toString()));
        out.println("  " + gateway.awaitLine("countersign gateway", TIMEOUT_MS, out::println));
        out.println("  that is " + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNs) +
            " ms after its process was started (goal 5000 ms)");
        return gateway;
    }

    private void stop(final ChildProcess gateway) throws MeasuringException
    {
        final long startNs = System.nanoTime();
        gateway.terminate();
        final int exitCode = gateway.awaitEnd(TIMEOUT_MS, out::println);
        final long tookMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNs);
        if (0 != exitCode)
        {
            throw new MeasuringException("the gateway ended with exit code " + exitCode);
        }
        title("The gateway stopped on SIGTERM in " + tookMs + " ms; its journal is sealed");
    }

    private ChildProcess startBot(final MeasuredOrder order) throws IOException
    {
        final boolean isFast = MeasuredOrder.HMAC == order;
        return ChildProcess.start(order.principal(), files.directory(), java("DemoBot", List.of(
            files.directory().toString(),
            order.principal(),
            String.valueOf(isFast ? WARM_UP : SLOW_WARM_UP),
            String.valueOf(isFast ? ROUND_TRIPS : SLOW_ROUND_TRIPS))));
    }

    private void baseline(final int run) throws IOException, MeasuringException
    {
        try (ChildProcess baseline = ChildProcess.start("the token baseline", files.directory(), java(
            "TokenBaseline", List.of(
                files.config().toString(),
                files.baseline(run).toString(),
                String.valueOf(BASELINE_SIGNATURES)))))
        {
            if (0 != baseline.awaitEnd(TIMEOUT_MS, out::println))
            {
                throw new MeasuringException("the token baseline could not be measured");
            }
        }
    }

    private List<String> java(final String mainClass, final List<String> arguments)
    {
        final List<String> command = new ArrayList<>(List.of(
            files.command("jvm").toString(), "perf", Demo.class.getPackageName() + "." + mainClass));
        command.addAll(arguments);
        return command;
    }

    private static List<String> principals()
    {
        final List<String> principals = new ArrayList<>();
        for (final MeasuredOrder order : MeasuredOrder.values())
        {
            principals.add(order.principal());
        }
        return principals;
    }

    private Path relative(final Path path)
    {
        return files.root().relativize(path);
    }

    private void title(final String text)
    {
        out.println();
        out.println(text);
    }
}
