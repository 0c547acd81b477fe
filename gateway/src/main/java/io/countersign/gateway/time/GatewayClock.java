package io.countersign.gateway.time;

/**
 * Monotonic time, and the UTC that belongs to it.
 */
public interface GatewayClock
{
    /**
     * Read the monotonic clock.
     *
     * @return nanoseconds since an arbitrary origin.
     */
    long monotonicNs();

    /**
     * The UTC at a monotonic time, without another clock read.
     *
     * @param monotonicNs from {@link #monotonicNs()}.
     * @return nanoseconds since 1970 UTC.
     */
    long utcNs(long monotonicNs);
}
