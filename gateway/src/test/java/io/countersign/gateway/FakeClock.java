package io.countersign.gateway;

import io.countersign.gateway.time.GatewayClock;

/**
 * A clock that stands still until it is told to move.
 */
final class FakeClock implements GatewayClock
{
    static final long UTC_OFFSET_NS = 1_700_000_000_000_000_000L;

    private long nowNs = -5_000_000_000L;
    private long stepNs;
    private Runnable onRead = () ->
    {
    };

    @Override
    public long monotonicNs()
    {
        nowNs += stepNs;
        onRead.run();
        return nowNs;
    }

    @Override
    public long utcNs(final long monotonicNs)
    {
        return monotonicNs + UTC_OFFSET_NS;
    }

    long nowNs()
    {
        return nowNs;
    }

    void advance(final long ns)
    {
        nowNs += ns;
    }

    /** Runs whenever the time is read. */
    void onRead(final Runnable onRead)
    {
        this.onRead = onRead;
    }

    /** From now on every reading moves it on. */
    void stepNs(final long stepNs)
    {
        this.stepNs = stepNs;
    }
}
