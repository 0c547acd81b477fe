package io.countersign.perf.bench;

/**
 * What one read of the clock costs: the stages are taken by such reads.
 */
final class ClockCost
{
    private static final int READS = 2_000_000;
    private static final int ROUNDS = 5;

    private ClockCost()
    {
    }

    /** Nanoseconds of one {@link System#nanoTime()}, the least of some rounds, after warm-up. */
    static double measureNs()
    {
        double leastNs = Double.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++)
        {
            final long startNs = System.nanoTime();
            long nowNs = startNs;
            for (int i = 0; i < READS; i++)
            {
                nowNs = System.nanoTime();
            }
            leastNs = Math.min(leastNs, (double) (nowNs - startNs) / READS);
        }
        return leastNs;
    }
}
