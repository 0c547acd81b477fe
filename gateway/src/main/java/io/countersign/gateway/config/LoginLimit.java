package io.countersign.gateway.config;

/**
 * How often a rule has a log-on signed.
 *
 * @param logins most log-ons in a rolling window, 1 or more.
 * @param perNs  1 ms to 24 h, in nanoseconds.
 */
public record LoginLimit(long logins, long perNs)
{
}
