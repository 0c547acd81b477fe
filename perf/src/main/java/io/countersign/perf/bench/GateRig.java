package io.countersign.perf.bench;

import io.countersign.hsm.TokenException;
import io.countersign.perf.bench.BotFleet.Phase;
import io.countersign.perf.load.LoadCommand.Mode;
import io.countersign.perf.processes.ChildProcess;
import io.countersign.perf.processes.MeasuringException;
import io.countersign.perf.report.Conditions;
import io.countersign.perf.report.ResultDirectory;
import org.agrona.IoUtil;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * What {@code make bench-gate} measures, in half a minute: round trips of one bot on the null token, and before and
 * after each round a fixed amount of work. A gateway that is slower by some time can be had with the null token's delay
 * ({@code COUNTERSIGN_NULL_TOKEN_DELAY_NS=2000}).
 */
public final class GateRig
{
    private static final String LIFE = BenchSteps.NULL;
    private static final Phase WARM_UP = new Phase(0, 6_000);
    private static final int EXIT_CANNOT_TELL = 2;

    private final BenchFiles files;

    private GateRig(final BenchFiles files)
    {
        this.files = files;
    }

    /**
     * Measure.
     *
     * @param args {@code --module LIBRARY --directory DIR --shared DIR --root DIR --results DIR --null-module LIBRARY}.
     */
    public static void main(final String[] args)
    {
        final Map<String, String> options = new HashMap<>();
        for (int i = 0; i + 1 < args.length; i += 2)
        {
            options.put(args[i], args[i + 1]);
        }
        int exitCode = EXIT_CANNOT_TELL;
        if (options.containsKey("--null-module"))
        {
            final BenchFiles files = BenchFiles.of(options);
            // Also where Ctrl-C ends it.
            Runtime.getRuntime().addShutdownHook(new Thread(() ->
            {
                ChildProcess.endAll();
                IoUtil.delete(files.shared().toFile(), true);
            }));
            exitCode = new GateRig(files).run(Path.of(options.get("--results")));
        }
        else
        {
            complain("the null token is missing: run 'make native', which needs a C compiler");
        }
        System.exit(exitCode);
    }

    private int run(final Path results)
    {
        try
        {
            setUpToken();
            final Path directory = results.resolve(ResultDirectory.name(Instant.now()));
            measure().write(Conditions.collect(files.root()), directory);
            System.out.println("results: " + directory);
            return 0;
        }
        catch (final IOException | TokenException | MeasuringException | RuntimeException ex)
        {
            complain(null == ex.getMessage() ? ex.toString() : ex.getMessage());
            return EXIT_CANNOT_TELL;
        }
        finally
        {
            IoUtil.delete(files.journal(LIFE).toFile(), true);
        }
    }

    private void setUpToken() throws IOException, TokenException, MeasuringException
    {
        final BenchToken token = new BenchToken(files);
        token.create();
        token.configureSoftHsm(BenchSteps.SOFT_HSM);
        token.configureNullToken(LIFE);
        token.issueApiKeys(BenchSteps.SOFT_HSM);
    }

    private GateScenario measure() throws IOException, MeasuringException
    {
        try (GatewayLife gateway = GatewayLife.start(files, LIFE, false);
            BotFleet bots = BotFleet.start(files, gateway.aeronDirectory()))
        {
            bots.connect();
            bots.run("warm-up", Mode.CLOSED, BenchKey.HMAC, 1, 1, WARM_UP);
            final GateScenario rounds = new GateScenario();
            rounds.run(bots);
            bots.disconnect();
            gateway.stop();
            return rounds;
        }
    }

    private static void complain(final String message)
    {
        System.err.println("make bench-gate: " + message);
    }
}
