package io.countersign.gateway.sealing;

import java.util.concurrent.TimeUnit;

/**
 * How long before the end of the interval a seal is begun, so that it stands in the journal by then: twice what the
 * slowest of the last seals took from there on, within limits. One thread at a time.
 */
final class SealLead
{
    private static final long MIN_LEAD_NS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final int SAFETY_FACTOR = 2;

    /** A seal as slow as the slowest before is forgotten by half within some six seals. */
    private static final int DECAY_SHIFT = 3;

    private final long minLeadNs;
    private final long maxLeadNs;
    private long slowestNs;

    /** With the longest lead, because the first seals of a life are made by code that was never run. */
    SealLead(final long intervalNs)
    {
        minLeadNs = Math.min(MIN_LEAD_NS, intervalNs / 4);
        maxLeadNs = intervalNs / 4 * 3;
        slowestNs = maxLeadNs / SAFETY_FACTOR;
    }

    long ns()
    {
        return Math.clamp(SAFETY_FACTOR * slowestNs, minLeadNs, maxLeadNs);
    }

    /** What took longer than any lead, because the token was away, counts as the longest lead. */
    void onSealed(final long tookNs)
    {
        final long countedNs = Math.min(tookNs, maxLeadNs);
        slowestNs = countedNs > slowestNs ? countedNs : slowestNs - (slowestNs - countedNs >> DECAY_SHIFT);
    }
}
