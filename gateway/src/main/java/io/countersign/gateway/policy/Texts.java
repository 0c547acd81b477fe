package io.countersign.gateway.policy;

import io.countersign.gateway.config.OrderLimits.Limit;
import io.countersign.gateway.config.WindowLimit;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * Values of a policy in words.
 */
final class Texts
{
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private Texts()
    {
    }

    static String instant(final long utcNs)
    {
        return Long.MIN_VALUE == utcNs || Long.MAX_VALUE == utcNs ? "not set" : Instant.ofEpochSecond(
            Math.floorDiv(utcNs, NANOS_PER_SECOND), Math.floorMod(utcNs, NANOS_PER_SECOND)).toString();
    }

    static String limit(final Limit limit)
    {
        return null == limit ? "not set" : decimal(limit).stripTrailingZeros().toPlainString();
    }

    static BigDecimal decimal(final Limit limit)
    {
        return limit.toDecimal();
    }

    static String window(final long perNs)
    {
        return WindowLimit.DAY == perNs ? "day" :
            Duration.ofNanos(perNs).toString().substring("PT".length()).toLowerCase(Locale.ROOT);
    }
}
