package io.countersign.gateway.config;

/**
 * A rate of requests with room for a burst: a bucket of {@code burst} messages that fills with {@code count} each
 * {@code perNs}.
 *
 * @param perNs 1 ms to 24 h, in nanoseconds.
 * @param count 1 or more.
 * @param burst 1 or more; {@code burst x perNs} and {@code count x perNs} are at most 2^62, and an empty bucket is full
 *              again within 24 h.
 */
public record MessageLimit(long perNs, long count, long burst)
{
}
