package io.countersign.gateway.time;

import java.time.Instant;

/**
 * The system's clocks. UTC is the monotonic clock plus an offset, which saves the gateway thread a second clock read
 * per request (about 25 ns); {@link #renew()} follows what a time daemon does to UTC.
 */
public final class SystemGatewayClock implements GatewayClock
{
    private static final int SAMPLES = 5;

    private volatile long utcOffsetNs;

    /**
     * Construct with the present offset.
     */
    public SystemGatewayClock()
    {
        utcOffsetNs = sampleOffsetNs();
    }

    @Override
    public long monotonicNs()
    {
        return System.nanoTime();
    }

    @Override
    public long utcNs(final long monotonicNs)
    {
        return monotonicNs + utcOffsetNs;
    }

    /**
     * Measure the offset again. Call it a few times a second from a thread that may allocate: at a rate error of
     * 100 ppm the offset then drifts by less than 10 microseconds between two calls 100 ms apart.
     */
    public void renew()
    {
        utcOffsetNs = sampleOffsetNs();
    }

    /** Of a few samples, the one taken between the two closest monotonic reads is the truest. */
    private static long sampleOffsetNs()
    {
        long shortestNs = Long.MAX_VALUE;
        long offsetNs = 0;
        for (int i = 0; i < SAMPLES; i++)
        {
            final long beforeNs = System.nanoTime();
            final Instant now = Instant.now();
            final long tookNs = System.nanoTime() - beforeNs;
            if (tookNs < shortestNs)
            {
                shortestNs = tookNs;
                offsetNs = now.getEpochSecond() * 1_000_000_000L + now.getNano() - (beforeNs + tookNs / 2);
            }
        }
        return offsetNs;
    }
}
