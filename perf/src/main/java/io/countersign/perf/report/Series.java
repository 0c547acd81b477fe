package io.countersign.perf.report;

import org.HdrHistogram.Histogram;

/**
 * One measured series.
 *
 * @param id                unique in its run, parts separated by {@code /}: {@code closed/softhsm/hmac/1},
 *                          {@code open/null/hmac/1/200000}, {@code stage/hmac/sign}, {@code peer/p11-kit/hmac},
 *                          {@code hiccup/cpu0}. The first part of a closed loop says which: {@code closed} has one
 *                          request of each bot in flight.
 * @param kind              what it is of.
 * @param token             {@code softhsm} or {@code null}; empty where there is none.
 * @param key               the algorithm, {@code HMAC-SHA256}; empty where there is none.
 * @param bots              how many asked at a time, 0 where there are none.
 * @param targetPerSecond   requests a second that were to be sent, 0 in a closed loop.
 * @param achievedPerSecond requests a second that were answered.
 * @param lost              requests that were sent and never answered, or answered otherwise than signed.
 * @param histogram         of nanoseconds.
 */
public record Series(
    String id,
    SeriesKind kind,
    String token,
    String key,
    int bots,
    double targetPerSecond,
    double achievedPerSecond,
    long lost,
    Histogram histogram)
{
    private static final double LEAST_SHARE_OF_TARGET = 0.99;

    /**
     * Whether the rate was missed: then its percentiles say nothing about that rate.
     *
     * @return true when requests were lost, or in an open loop less than 99 % of the rate was reached.
     */
    public boolean isMissed()
    {
        return lost > 0 ||
            SeriesKind.OPEN_LOOP == kind && achievedPerSecond < targetPerSecond * LEAST_SHARE_OF_TARGET;
    }

    /** One part of the id, from 0; empty when it has no such part. */
    String part(final int index)
    {
        final String[] parts = id.split("/");
        return index < parts.length ? parts[index] : "";
    }

    /** The last part of the id. */
    String lastPart()
    {
        return id.substring(id.lastIndexOf('/') + 1);
    }

    /** Whether both had the same payload signed by the same key. */
    boolean isLike(final Series other)
    {
        return token.equals(other.token) && key.equals(other.key);
    }

    /** Key and token, for people. */
    String title()
    {
        return key + (token.isEmpty() ? "" : " on token " + token);
    }
}
