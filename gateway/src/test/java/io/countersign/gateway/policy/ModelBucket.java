package io.countersign.gateway.policy;

import io.countersign.gateway.config.MessageLimit;

import java.math.BigInteger;

/** What was taken out of a token bucket and has not come back, in messages x perNs. */
final class ModelBucket
{
    private BigInteger taken = BigInteger.ZERO;
    private long sinceNs;

    boolean hasRoom(final MessageLimit limit, final long utcNs)
    {
        final BigInteger one = BigInteger.valueOf(limit.perNs());
        return takenAt(limit, utcNs).add(one).compareTo(one.multiply(BigInteger.valueOf(limit.burst()))) <= 0;
    }

    void take(final MessageLimit limit, final long utcNs)
    {
        final BigInteger one = BigInteger.valueOf(limit.perNs());
        taken = takenAt(limit, utcNs).add(one).min(one.multiply(BigInteger.valueOf(limit.burst())));
        sinceNs = utcNs;
    }

    private BigInteger takenAt(final MessageLimit limit, final long utcNs)
    {
        return taken.subtract(
            BigInteger.valueOf(utcNs - sinceNs).multiply(BigInteger.valueOf(limit.count())))
            .max(BigInteger.ZERO);
    }
}
