package io.countersign.perf.bench;

import io.countersign.perf.bench.BotFleet.Load;
import io.countersign.perf.bench.BotFleet.Phase;
import io.countersign.perf.load.LoadCommand.Mode;
import io.countersign.perf.processes.MeasuringException;
import io.countersign.perf.report.Calibration;
import io.countersign.perf.report.Conditions;
import io.countersign.perf.report.GateRounds;
import org.HdrHistogram.Histogram;

import java.io.IOException;
import java.nio.file.Path;

/**
 * The rounds that the regression gate compares: closed loops with one bot on the null token, and a fixed amount of work
 * in this process, in turn.
 */
final class GateScenario
{
    private static final int REQUESTS = 20_000;
    private static final long ROUND_LIMIT_MS = 10_000;

    private GateRounds rounds;

    /** Of a gateway with the null token that is warmed up. */
    void run(final BotFleet bots) throws IOException, MeasuringException
    {
        try
        {
            rounds = new GateRounds().measure(
                GateRounds.NULL_ROUND_TRIP, () -> round(bots), new Calibration());
        }
        catch (final IOException | MeasuringException | RuntimeException ex)
        {
            throw ex;
        }
        catch (final Exception ex)
        {
            throw new MeasuringException(ex.getMessage());
        }
    }

    void write(final Conditions conditions, final Path directory) throws IOException
    {
        if (null != rounds)
        {
            rounds.write(conditions, directory);
        }
    }

    private static Histogram round(final BotFleet bots) throws IOException, MeasuringException
    {
        final Load load = bots.run(
            "gate/null-round-trip", Mode.COUNTED, BenchKey.HMAC, 1, REQUESTS, new Phase(0, ROUND_LIMIT_MS));
        if (load.result().signed() != REQUESTS)
        {
            throw new MeasuringException(
                "the gateway signed " + load.result().signed() + " of " + REQUESTS + " orders");
        }
        return load.histogram();
    }
}
