package io.countersign.gateway.policy;

/**
 * A token bucket, kept as what has been taken out and not yet come back, in whole units of one nanosecond's refill:
 * a message takes {@code perNs} units, a nanosecond brings {@code count} back. Exact; for one thread.
 */
final class MessageBucket
{
    private long used;
    private long lastNs;

    /** Whether one more message fits at a time. */
    boolean admits(final long perNs, final long count, final long burst, final long utcNs)
    {
        return usedAt(count, utcNs) <= (burst - 1) * perNs;
    }

    /** Takes one message out. */
    void take(final long perNs, final long count, final long burst, final long utcNs)
    {
        // A burst that a swap has made smaller is owed no more than it holds.
        used = Math.min(usedAt(count, utcNs), (burst - 1) * perNs) + perNs;
        lastNs = Math.max(utcNs, lastNs);
    }

    /** Everything is taken out at a time, as far as anybody knows. */
    void empty(final long perNs, final long burst, final long utcNs)
    {
        used = burst * perNs;
        lastNs = utcNs;
    }

    private long usedAt(final long count, final long utcNs)
    {
        final long elapsedNs = Math.max(0, utcNs - lastNs);
        return elapsedNs > used / count ? 0 : used - elapsedNs * count;
    }
}
