package io.countersign.gateway.config;

import io.countersign.venues.Operation;

import java.util.List;
import java.util.Set;

/**
 * One rule of a principal: what is allowed together.
 *
 * @param name        unique within the principal; named in decisions and in the journal.
 * @param keys        aliases of keys.
 * @param operations  what may be asked for.
 * @param symbols     instruments, or the single entry {@link #ANY_SYMBOL}; empty when no operation of the rule has one.
 * @param maxQuantity largest quantity of one new order, or null when the rule sets none.
 */
public record RuleConfig(
    String name, List<String> keys, Set<Operation> operations, List<String> symbols, DecimalConfig maxQuantity)
{
    /** Stands for every symbol. */
    public static final String ANY_SYMBOL = "*";

    /**
     * An exact decimal: mantissa x 10^exponent.
     *
     * @param mantissa zero or positive.
     * @param exponent -18 to 18.
     */
    public record DecimalConfig(long mantissa, int exponent)
    {
    }
}
