package io.countersign.perf.bench;

import io.countersign.hsm.TokenException;
import io.countersign.perf.processes.ChildProcess;
import io.countersign.perf.processes.Latencies;
import io.countersign.perf.processes.MeasuringException;
import io.countersign.perf.report.Conditions;
import io.countersign.perf.report.ResultDirectory;
import io.countersign.perf.report.Run;
import io.countersign.perf.report.RunWriter;
import io.countersign.perf.report.SeriesKind;
import org.HdrHistogram.Histogram;
import org.agrona.CloseHelper;
import org.agrona.IoUtil;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The rig that {@code make bench} and {@code make bench-quick} run, top to bottom.
 */
public final class Bench implements AutoCloseable
{
    /** Everything was measured. */
    private static final int EXIT_OK = 0;

    /** A scenario has failed; the others were measured. */
    private static final int EXIT_FAILED = 1;

    /** The rig could not be set up; nothing was measured. */
    private static final int EXIT_SET_UP = 2;

    /** Ctrl-C: what is begun now would be left over. */
    private static volatile boolean isEnding;

    private final BenchFiles files;
    private final BenchPlan plan;
    private final Path results;
    private final Instant startedAt = Instant.now();
    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private final Measurements measurements = new Measurements();
    private final Progress progress = new Progress(out);
    private final List<AutoCloseable> closeables = new ArrayList<>();

    private Bench(final BenchFiles files, final BenchPlan plan, final Path results)
    {
        this.files = files;
        this.plan = plan;
        this.results = results;
    }

    /**
     * Run the rig.
     *
     * @param args {@code --module LIBRARY --directory DIR --shared DIR --root DIR --results DIR}, and {@code --plan
     *             full|quick|tiny}, {@code --null-module LIBRARY} where there is one.
     */
    public static void main(final String[] args)
    {
        final Map<String, String> options = new HashMap<>();
        for (int i = 0; i + 1 < args.length; i += 2)
        {
            options.put(args[i], args[i + 1]);
        }
        final BenchPlan plan = switch (options.getOrDefault("--plan", "full"))
        {
            case "quick" -> BenchPlan.quick();
            case "tiny" -> BenchPlan.tiny();
            default -> BenchPlan.full();
        };
        final BenchFiles files = BenchFiles.of(options);
        int exitCode = EXIT_SET_UP;
        // Also where Ctrl-C ends it.
        Runtime.getRuntime().addShutdownHook(new Thread(() ->
        {
            isEnding = true;
            ChildProcess.endAll();
            IoUtil.delete(files.shared().toFile(), true);
        }));
        try (Bench bench = new Bench(files, plan, Path.of(options.get("--results"))))
        {
            exitCode = bench.run();
        }
        catch (final IOException ex)
        {
            complain("the results cannot be written: " + ex.getMessage());
        }
        System.exit(exitCode);
    }

    private int run() throws IOException
    {
        final BenchSteps steps;
        final HiccupProbe hiccups;
        try
        {
            hiccups = closing(HiccupProbe.start(files));
            steps = closing(new BenchSteps(files, plan, setUpToken(), hiccups, measurements, progress));
        }
        catch (final IOException | TokenException | MeasuringException ex)
        {
            complain("cannot be set up: " + ex.getMessage());
            return EXIT_SET_UP;
        }
        final List<Step> all = steps.all();
        progress.expect(all);
        int failures = 0;
        for (final Step step : all)
        {
            if (isEnding)
            {
                return EXIT_FAILED;
            }
            progress.begin(step);
            failures += run(step) ? 0 : 1;
        }
        keep(hiccups);
        steps.compare();
        report(steps);
        return 0 == failures ? EXIT_OK : EXIT_FAILED;
    }

    private BenchToken setUpToken() throws IOException, TokenException, MeasuringException
    {
        out.println("setting up: a SoftHSM token with keys of its own, its gateways, and " + BenchToken.BOTS + " bots");
        final long freeGib = Files.getFileStore(files.directory()).getUsableSpace() >> 30;
        if (freeGib < plan.gib())
        {
            throw new MeasuringException("the journals may take " + plan.gib() + " GiB, and " + files.directory() +
                " has " + freeGib + " GiB left: make room there");
        }
        final BenchToken token = new BenchToken(files);
        token.create();
        token.configureSoftHsm(BenchSteps.START);
        token.configureSoftHsm(BenchSteps.SOFT_HSM);
        token.configureSoftHsm(BenchSteps.UNSEALED);
        if (files.hasNullToken())
        {
            token.configureNullToken(BenchSteps.NULL);
            token.configureNullToken(BenchSteps.MEMORY);
        }
        else
        {
            out.println("  without the null token: run 'make native' to have it, which needs a C compiler");
            token.configureSoftHsm(BenchSteps.MEMORY);
        }
        token.issueApiKeys(BenchSteps.SOFT_HSM);
        return token;
    }

    private boolean run(final Step step)
    {
        try
        {
            step.action().run();
            return true;
        }
        catch (final IOException | TokenException | MeasuringException | RuntimeException ex)
        {
            if (!isEnding)
            {
                complain(step.name() + ": " + (null == ex.getMessage() ? ex : ex.getMessage()));
            }
            return false;
        }
    }

    private void keep(final HiccupProbe hiccups)
    {
        try
        {
            final Latencies latencies = hiccups.read();
            for (int core = 0; core < Runtime.getRuntime().availableProcessors(); core++)
            {
                final String tag = HiccupMeter.spinTag(core);
                measurements.add("hiccup/" + tag, SeriesKind.HICCUP, latencies.named(tag));
                final Histogram beside = latencies.named(HiccupMeter.sleepTag(core));
                measurements.condition("wake-ups beside the load, cpu" + core, String.format(Locale.ROOT,
                    "p50 %.0f us, p99 %.0f us, p99.9 %.0f us, max %.0f us, scheduled %s",
                    beside.getValueAtPercentile(50) / 1e3, beside.getValueAtPercentile(99) / 1e3,
                    beside.getValueAtPercentile(99.9) / 1e3, beside.getMaxValue() / 1e3, hiccups.scheduling()));
            }
        }
        catch (final IOException | MeasuringException ex)
        {
            complain("the hiccups: " + ex.getMessage());
        }
    }

    private void report(final BenchSteps steps) throws IOException
    {
        final Run run = new Run(conditions(), measurements.series(), measurements.figures());
        final Path directory = results.resolve(ResultDirectory.name(startedAt));
        RunWriter.write(run, directory);
        steps.writeGate(run.conditions(), directory);
        out.println();
        out.println(RunWriter.table(run));
        out.println("results: " + directory);
    }

    private Conditions conditions()
    {
        Conditions conditions = Conditions.collect(files.root())
            .with(Conditions.STARTED, startedAt.truncatedTo(ChronoUnit.SECONDS).toString())
            .with(Conditions.TOKEN, files.module().getFileName() +
                (files.hasNullToken() ? ", " + files.nullModule().getFileName() : ""))
            .with(Conditions.IDLE, "spin, one gateway thread")
            .with(Conditions.DURABILITY, "process; sessions, policy, journal and seals are on")
            .with("bots", "16 at most, on spinning threads, each in a process of its own: " + BotFleet.processCount())
            .with("window", BenchPlan.WINDOW + " requests of each bot in flight")
            .with("one read of the clock", String.format(Locale.ROOT, "%.0f ns", ClockCost.measureNs()));
        for (final Map.Entry<String, String> condition : measurements.conditions().entrySet())
        {
            conditions = conditions.with(condition.getKey(), condition.getValue());
        }
        return conditions;
    }

    private static void complain(final String message)
    {
        System.err.println("make bench: " + message);
    }

    private <T extends AutoCloseable> T closing(final T closeable)
    {
        closeables.add(closeable);
        return closeable;
    }

    @Override
    public void close()
    {
        CloseHelper.quietCloseAll(closeables.reversed());
    }
}
