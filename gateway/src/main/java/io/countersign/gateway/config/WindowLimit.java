package io.countersign.gateway.config;

import io.countersign.gateway.config.OrderLimits.Limit;

/**
 * How many new orders, and how much notional, may go through in a time.
 *
 * @param perNs       length of the rolling window in nanoseconds, 1 ms to 24 h, or {@link #DAY}: the UTC day.
 * @param maxOrders   most new orders in it, or {@link #NO_MAX_ORDERS}.
 * @param maxNotional largest sum of notional in it, or null for no limit.
 */
public record WindowLimit(long perNs, long maxOrders, Limit maxNotional)
{
    /** Stands for the UTC day in place of a length. */
    public static final long DAY = 0;

    /** No limit on the number of orders. */
    public static final long NO_MAX_ORDERS = -1;
}
