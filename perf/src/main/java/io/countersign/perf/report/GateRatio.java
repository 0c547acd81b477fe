package io.countersign.perf.report;

import java.util.List;
import java.util.stream.IntStream;

/**
 * A quotient that the gate watches: the medians of two things that were measured in turn, round by round. What makes
 * the machine faster or slower from one minute to the next does it to both of a round, and is not in the quotient.
 *
 * @param name  of the quotient.
 * @param over  median of each round above the line, in ns.
 * @param under median of each round below the line, in ns.
 */
record GateRatio(String name, List<Double> over, List<Double> under)
{
    /** What two sides of the normal distribution leave out, each: the interval holds the median 99 times of 100. */
    private static final double NORMAL_99 = 2.576;
    private static final int LEAST_ROUNDS = 11;

    GateRatio
    {
        over = List.copyOf(over);
        under = List.copyOf(under);
        if (over.size() != under.size() || over.size() < LEAST_ROUNDS)
        {
            throw new IllegalArgumentException(name + ": " + over.size() + " and " + under.size() +
                " rounds; as many of both are needed, and at least " + LEAST_ROUNDS);
        }
        if (under.stream().anyMatch((one) -> one <= 0))
        {
            throw new IllegalArgumentException(name + ": a round took no time");
        }
    }

    int rounds()
    {
        return over.size();
    }

    double median()
    {
        return median(quotients());
    }

    /** Below the median of all rounds that could be had, 99 times of 100. */
    double low()
    {
        return quotients().get(Math.max(0, (int) Math.floor((rounds() - 1) / 2.0 - reach())));
    }

    /** Above it. */
    double high()
    {
        return quotients().get(Math.min(rounds() - 1, (int) Math.ceil((rounds() - 1) / 2.0 + reach())));
    }

    /** Median of what is below the line, in ns: how fast the machine was. */
    double underNs()
    {
        return median(under.stream().sorted().toList());
    }

    private double reach()
    {
        return NORMAL_99 * Math.sqrt(rounds()) / 2;
    }

    private List<Double> quotients()
    {
        return IntStream.range(0, rounds()).mapToObj((i) -> over.get(i) / under.get(i)).sorted().toList();
    }

    private static double median(final List<Double> sorted)
    {
        return (sorted.get((sorted.size() - 1) / 2) + sorted.get(sorted.size() / 2)) / 2;
    }
}
