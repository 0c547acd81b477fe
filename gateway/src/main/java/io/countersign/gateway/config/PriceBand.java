package io.countersign.gateway.config;

import io.countersign.gateway.config.OrderLimits.Limit;

/**
 * Lowest and highest price of every order of a symbol.
 *
 * @param min lowest, or null for none.
 * @param max highest, or null for none; not both are null.
 */
public record PriceBand(Limit min, Limit max)
{
}
