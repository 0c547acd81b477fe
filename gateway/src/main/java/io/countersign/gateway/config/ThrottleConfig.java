package io.countersign.gateway.config;

/**
 * A repeated-execution throttle: the new order above {@code executions} in a rolling window stops the rule.
 *
 * @param executions 1 or more.
 * @param perNs      1 ms to 24 h, in nanoseconds.
 */
public record ThrottleConfig(long executions, long perNs)
{
}
