package io.countersign.gateway.config;

import io.countersign.venues.Operation;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads one item of {@code principals[].rules}.
 */
final class RuleSection
{
    private static final String OPERATIONS = "new-order, cancel-order, query-order, query-account";

    private RuleSection()
    {
    }

    static RuleConfig read(final YamlMapping rule, final Map<String, KeyConfig> keyByAlias) throws ConfigException
    {
        rule.allowOnly("name", "keys", "operations", "symbols", "sides", "order-types", "max-quantity", "max-notional",
            "min-price", "max-price");
        final String name = rule.name("name");
        final List<String> keys = rule.names("keys", "aliases of keys that stand under 'keys'");
        for (final String key : keys)
        {
            if (!keyByAlias.containsKey(key))
            {
                throw rule.error("keys", "'" + key + "' is no key; expected aliases that stand under 'keys'");
            }
        }
        final Set<Operation> operations = operations(rule);
        checkEffectivePower(rule, keys, keyByAlias, operations);
        return new RuleConfig(name, keys, operations, symbols(rule, operations), LimitSection.read(rule));
    }

    private static Set<Operation> operations(final YamlMapping rule) throws ConfigException
    {
        final Set<Operation> operations = EnumSet.noneOf(Operation.class);
        for (final String name : rule.names("operations", "some of " + OPERATIONS))
        {
            final Operation operation = Operation.ofConfigName(name);
            if (null == operation)
            {
                throw rule.error("operations", "'" + name + "' is no operation; expected some of " + OPERATIONS);
            }
            operations.add(operation);
        }
        return operations;
    }

    private static List<String> symbols(final YamlMapping rule, final Set<Operation> operations) throws ConfigException
    {
        final boolean anyHasSymbol = operations.stream().anyMatch((operation) -> Operation.QUERY_ACCOUNT != operation);
        if (!anyHasSymbol && !rule.has("symbols"))
        {
            return List.of();
        }
        final List<String> symbols = rule.names("symbols", "a list of symbols, or [\"*\"] for every symbol");
        if (symbols.contains(RuleConfig.ANY_SYMBOL) && 1 < symbols.size())
        {
            throw rule.error("symbols", "\"*\" stands for every symbol; expected it alone");
        }
        return symbols;
    }

    /**
     * At a venue that does not sign the endpoint, what is signed for a weak operation may serve a strong one: granting
     * only the weak one would be granting the strong one unseen.
     */
    private static void checkEffectivePower(
        final YamlMapping rule,
        final List<String> keys,
        final Map<String, KeyConfig> keyByAlias,
        final Set<Operation> operations) throws ConfigException
    {
        for (final String key : keys)
        {
            for (final Operation operation : operations)
            {
                for (final Operation equivalent : keyByAlias.get(key).venue().equivalents(operation))
                {
                    if (!operations.contains(equivalent))
                    {
                        throw rule.error("operations", "at " + keyByAlias.get(key).venue().name() + " a signed " +
                            operation.configName() + " is also a valid " + equivalent.configName() +
                            "; grant both or neither");
                    }
                }
            }
        }
    }
}
