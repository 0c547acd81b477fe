package io.countersign.perf.peer;

import org.HdrHistogram.Histogram;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What was measured of one peer, round by round. Rounds with the same index are neighbours in time.
 */
public final class PeerSamples
{
    private static final long HIGHEST_NS = TimeUnit.SECONDS.toNanos(60);
    private static final int SIGNIFICANT_DIGITS = 3;

    private final String name;
    private final Histogram all = histogram();
    private final List<Histogram> rounds = new ArrayList<>();

    PeerSamples(final String name)
    {
        this.name = name;
    }

    /**
     * The peer.
     *
     * @return its name.
     */
    public String name()
    {
        return name;
    }

    /**
     * All rounds together.
     *
     * @return ns; not to be changed.
     */
    public Histogram all()
    {
        return all;
    }

    /**
     * Each round.
     *
     * @return ns, in the order of time; not to be changed.
     */
    public List<Histogram> rounds()
    {
        return rounds;
    }

    /**
     * How much longer this peer takes than another: the median of the differences between their neighbouring rounds.
     * The speed of a machine drifts, and only neighbours can be compared.
     *
     * @param base       measured in the same run, for example the bare call.
     * @param percentile of each round, 0 to 100.
     * @return in ns.
     */
    public long aboveNs(final PeerSamples base, final double percentile)
    {
        final long[] differences = new long[rounds.size()];
        for (int i = 0; i < differences.length; i++)
        {
            differences[i] = rounds.get(i).getValueAtPercentile(percentile) -
                base.rounds.get(i).getValueAtPercentile(percentile);
        }
        Arrays.sort(differences);
        final int middle = differences.length / 2;
        return 0 == differences.length % 2 ? (differences[middle - 1] + differences[middle]) / 2 : differences[middle];
    }

    /**
     * As many ns as any peer may take.
     *
     * @return an empty histogram.
     */
    static Histogram histogram()
    {
        return new Histogram(HIGHEST_NS, SIGNIFICANT_DIGITS);
    }

    void add(final Histogram round)
    {
        rounds.add(round);
        all.add(round);
    }
}
