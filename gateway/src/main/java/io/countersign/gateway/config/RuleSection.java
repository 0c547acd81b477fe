package io.countersign.gateway.config;

import io.countersign.venues.Operation;
import io.countersign.venues.Scope;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads the rules of a principal or role.
 */
final class RuleSection
{
    private static final String OPERATIONS = "some of " + Operation.configNames();
    private static final String SCOPES = "some of query, trade, cancel, login, transfer, withdraw";
    private static final Set<Scope> TO_ACKNOWLEDGE = EnumSet.of(Scope.LOGIN, Scope.TRANSFER, Scope.WITHDRAW);

    private final Map<String, KeyConfig> keyByAlias;
    private final Set<Scope> acknowledged;
    private final Problems problems;

    RuleSection(final Map<String, KeyConfig> keyByAlias, final Set<Scope> acknowledged, final Problems problems)
    {
        this.keyByAlias = keyByAlias;
        this.acknowledged = acknowledged;
        this.problems = problems;
    }

    static Set<Scope> acknowledged(final YamlMapping root) throws ConfigException
    {
        final Set<Scope> scopes = EnumSet.noneOf(Scope.class);
        if (root.has("acknowledge"))
        {
            scopes.addAll(root.choices("acknowledge", (name) ->
            {
                final Scope scope = Scope.ofConfigName(name);
                return null != scope && TO_ACKNOWLEDGE.contains(scope) ? scope : null;
            }, "some of login, transfer, withdraw"));
        }
        return scopes;
    }

    static Set<Scope> scopes(final YamlMapping mapping, final String field) throws ConfigException
    {
        return EnumSet.copyOf(mapping.choices(field, Scope::ofConfigName, SCOPES));
    }

    List<RuleConfig> read(final YamlMapping owner, final String ownerName)
    {
        final List<RuleConfig> rules = new ArrayList<>();
        final Set<String> names = new HashSet<>();
        for (final YamlMapping rule : owner.mappings("rules", "a rule", problems))
        {
            final RuleConfig config = rule(rule);
            if (!config.name().isEmpty() && !names.add(config.name()))
            {
                problems.add(rule.error("name",
                    "the rule '" + config.name() + "' stands twice in '" + ownerName + "'"));
            }
            rules.add(config);
        }
        return rules;
    }

    private RuleConfig rule(final YamlMapping rule)
    {
        problems.attempt(null, () ->
        {
            rule.allowOnly("name", "keys", "scopes", "operations", "symbols", "sides", "order-types", "max-quantity",
                "max-notional", "min-price", "max-price", "limits", "repeated-execution-throttle");
            return null;
        });
        final String name = problems.attempt("", () -> rule.name("name"));
        final List<String> keys = problems.attempt(List.of(), () -> keys(rule));
        final Set<Operation> operations = problems.attempt(null, () -> operations(rule));
        if (null != operations)
        {
            checkEffectivePower(rule, keys, operations);
        }
        return new RuleConfig(
            name,
            keys,
            null == operations ? EnumSet.noneOf(Operation.class) : operations,
            problems.attempt(List.of(), () -> symbols(rule, operations)),
            LimitSection.read(rule, problems),
            LimitSection.windows(rule, problems),
            rule.has("repeated-execution-throttle") ?
                problems.attempt(null, () -> LimitSection.throttle(rule)) : null);
    }

    private List<String> keys(final YamlMapping rule) throws ConfigException
    {
        final String expected = "aliases of keys that stand under 'keys' of the gateway's configuration";
        return rule.choices("keys", (alias) -> keyByAlias.containsKey(alias) ? alias : null, expected);
    }

    private Set<Operation> operations(final YamlMapping rule) throws ConfigException
    {
        if (rule.has("scopes") && rule.has("operations"))
        {
            throw rule.error("operations", "the rule has 'scopes' and 'operations'; expected one of them");
        }
        final Set<Operation> operations = EnumSet.noneOf(Operation.class);
        if (!rule.has("scopes"))
        {
            operations.addAll(rule.choices("operations", Operation::ofConfigName, OPERATIONS));
            for (final Operation operation : operations)
            {
                checkAcknowledged(rule, "operations", operation.scope());
            }
            return operations;
        }
        final Set<Scope> scopes = scopes(rule, "scopes");
        for (final Scope scope : scopes)
        {
            checkAcknowledged(rule, "scopes", scope);
        }
        for (final Operation operation : Operation.values())
        {
            if (scopes.contains(operation.scope()))
            {
                operations.add(operation);
            }
        }
        return operations;
    }

    private void checkAcknowledged(final YamlMapping rule, final String field, final Scope scope)
        throws ConfigException
    {
        if (TO_ACKNOWLEDGE.contains(scope) && !acknowledged.contains(scope))
        {
            throw rule.error(field, "the rule grants " + scope.configName() + "; expected a top-level " +
                "'acknowledge: [" + scope.configName() + "]' beside it, or a rule without");
        }
    }

    private static List<String> symbols(final YamlMapping rule, final Set<Operation> operations) throws ConfigException
    {
        final boolean anyHasSymbol = null != operations &&
            operations.stream().anyMatch(Operation::hasSymbol);
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
    private void checkEffectivePower(
        final YamlMapping rule, final List<String> keys, final Set<Operation> operations)
    {
        for (final String key : keys)
        {
            for (final Operation operation : operations)
            {
                for (final Operation equivalent : keyByAlias.get(key).venue().equivalents(operation))
                {
                    final boolean isQuery = Scope.QUERY == operation.scope() && Scope.QUERY == equivalent.scope();
                    if (!operations.contains(equivalent) && !isQuery)
                    {
                        problems.add(rule.error(rule.has("scopes") ? "scopes" : "operations",
                            "at " + keyByAlias.get(key).venue().name() + " a signed " + operation.configName() +
                                " is also a valid " + equivalent.configName() + "; grant both or neither"));
                        return;
                    }
                }
            }
        }
    }
}
