package io.countersign.gateway.config;

import io.countersign.venues.Operation;
import io.countersign.venues.Scope;

import java.util.List;
import java.util.Set;

/**
 * One rule of a principal: what is allowed together.
 *
 * @param name       unique within the principal; named in decisions and in the journal.
 * @param keys       aliases of keys.
 * @param operations what may be asked for.
 * @param scopes     as the rule names them, also those that no operation is in; empty where it names operations.
 * @param symbols    instruments, or the single entry {@link #ANY_SYMBOL}; empty when no operation of the rule has one.
 * @param limits     what is allowed of one new order.
 * @param windows    what is allowed of new orders in a time.
 * @param throttle   that stops the rule, or null for none.
 * @param terms      what it says of its signatures.
 */
public record RuleConfig(
    String name,
    List<String> keys,
    Set<Operation> operations,
    Set<Scope> scopes,
    List<String> symbols,
    OrderLimits limits,
    List<WindowLimit> windows,
    ThrottleConfig throttle,
    SignatureTerms terms)
{
    /** Stands for every symbol. */
    public static final String ANY_SYMBOL = "*";
}
