package io.countersign.perf.report;

import org.HdrHistogram.Histogram;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures what the gate compares, and leaves it in the directory of a run: two things in turn, so that each round of
 * one has its neighbour in time.
 */
public final class GateRounds
{
    /** The round trip on the null token over {@link Calibration}: what the baseline that is kept here is of. */
    public static final String NULL_ROUND_TRIP = "null-round-trip";

    private static final int ROUNDS = 61;

    private final List<GateRatio> ratios = new ArrayList<>();

    /**
     * One side of a quotient.
     */
    @FunctionalInterface
    public interface Side
    {
        /**
         * Measure one round: a few ten thousand times, in a small part of a second, already warmed up.
         *
         * @return in ns.
         * @throws Exception when it cannot be measured.
         */
        Histogram measure() throws Exception;
    }

    /**
     * Nothing measured yet.
     */
    public GateRounds()
    {
    }

    /**
     * Measure a quotient. Takes {@value #ROUNDS} rounds of each side.
     *
     * @param name  of it.
     * @param over  the gateway's side.
     * @param under what it is compared with.
     * @return this.
     * @throws Exception when a side cannot be measured.
     */
    public GateRounds measure(final String name, final Side over, final Side under) throws Exception
    {
        final List<Double> overNs = new ArrayList<>();
        final List<Double> underNs = new ArrayList<>();
        double before = median(under);
        for (int i = 0; i < ROUNDS; i++)
        {
            overNs.add(median(over));
            final double after = median(under);
            underNs.add((before + after) / 2);
            before = after;
        }
        ratios.add(new GateRatio(name, overNs, underNs));
        return this;
    }

    /**
     * Leave what was measured for {@link Gate}.
     *
     * @param conditions of the run, of which the processor counts.
     * @param directory  of the run, made if it is not there.
     * @throws IOException when it cannot be written.
     */
    public void write(final Conditions conditions, final Path directory) throws IOException
    {
        GateFile.write(new GateFile.Rounds(conditions.value(Conditions.CPU), ratios), directory);
    }

    private static double median(final Side side) throws Exception
    {
        return side.measure().getValueAtPercentile(50);
    }
}
