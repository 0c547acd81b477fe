package io.countersign.gateway.config;

/**
 * The time in which policy lets a key sign.
 *
 * @param alias   of the key.
 * @param fromNs  UTC nanoseconds since 1970 of the first instant, {@link Long#MIN_VALUE} for always.
 * @param untilNs UTC nanoseconds since 1970 of the first instant behind it, {@link Long#MAX_VALUE} for never.
 */
public record KeyWindow(String alias, long fromNs, long untilNs)
{
}
