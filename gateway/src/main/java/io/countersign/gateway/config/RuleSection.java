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
    private final EffectivePower effectivePower;
    private final Set<Scope> acknowledged;
    private final Problems problems;

    RuleSection(
        final Map<String, KeyConfig> keyByAlias,
        final EffectivePower effectivePower,
        final Set<Scope> acknowledged,
        final Problems problems)
    {
        this.keyByAlias = keyByAlias;
        this.effectivePower = effectivePower;
        this.acknowledged = acknowledged;
        this.problems = problems;
    }

    /** Every scope when anything is wrong with the field: what a rule grants is not to be blamed for it. */
    static Set<Scope> acknowledged(final YamlMapping root, final Problems problems)
    {
        if (!root.has("acknowledge"))
        {
            return EnumSet.noneOf(Scope.class);
        }
        final int before = problems.count();
        final List<Scope> scopes = root.choices("acknowledge", (name) ->
        {
            final Scope scope = Scope.ofConfigName(name);
            return null != scope && TO_ACKNOWLEDGE.contains(scope) ? scope : null;
        }, "some of login, transfer, withdraw", problems);
        return before == problems.count() ? EnumSet.copyOf(scopes) : EnumSet.allOf(Scope.class);
    }

    /** Those that are scopes. */
    static Set<Scope> scopes(final YamlMapping mapping, final String field, final Problems problems)
    {
        final Set<Scope> scopes = EnumSet.noneOf(Scope.class);
        scopes.addAll(mapping.choices(field, Scope::ofConfigName, SCOPES, problems));
        return scopes;
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
                    "the rule '" + config.name() + "' stands twice in '" + ownerName + "'; expected it once"));
            }
            rules.add(config);
        }
        return rules;
    }

    private RuleConfig rule(final YamlMapping rule)
    {
        rule.allowOnly(problems, "name", "keys", "scopes", "operations", "symbols", "sides", "order-types",
            "max-quantity", "max-notional", "min-price", "max-price", "limits", "repeated-execution-throttle");
        final String name = problems.attempt("", () -> rule.name("name"));
        final List<String> keys = keys(rule);
        final Set<Operation> operations = operations(rule);
        if (null != keys && null != operations)
        {
            effectivePower.checkRule(rule, keys, operations);
        }
        return new RuleConfig(
            name,
            null == keys ? List.of() : keys,
            null == operations ? EnumSet.noneOf(Operation.class) : operations,
            null == operations || !rule.has("scopes") ?
                EnumSet.noneOf(Scope.class) : scopes(rule, "scopes", new Problems()),
            symbols(rule, operations),
            LimitSection.read(rule, problems),
            LimitSection.windows(rule, problems),
            rule.has("repeated-execution-throttle") ? LimitSection.throttle(rule, problems) : null);
    }

    /** Null when not all of them are known. */
    private List<String> keys(final YamlMapping rule)
    {
        final int before = problems.count();
        final List<String> keys = rule.choices("keys", (alias) -> keyByAlias.containsKey(alias) ? alias : null,
            "aliases of keys that stand under 'keys' of the gateway's configuration", problems);
        return before == problems.count() ? keys : null;
    }

    /** Null when not all of them are known. */
    private Set<Operation> operations(final YamlMapping rule)
    {
        final int before = problems.count();
        if (rule.has("scopes") && rule.has("operations"))
        {
            problems.add(rule.error("operations", "the rule has 'scopes' and 'operations'; expected one of them"));
        }
        final Set<Operation> operations = EnumSet.noneOf(Operation.class);
        if (!rule.has("scopes") || rule.has("operations"))
        {
            operations.addAll(rule.choices("operations", Operation::ofConfigName, OPERATIONS, problems));
            for (final Operation operation : operations)
            {
                checkAcknowledged(rule, "operations", operation.scope(), problems);
            }
        }
        final Set<Scope> scopes = rule.has("scopes") ? scopes(rule, "scopes", problems) : Set.of();
        final boolean isKnown = before == problems.count();
        for (final Scope scope : scopes)
        {
            checkAcknowledged(rule, "scopes", scope, problems);
        }
        for (final Operation operation : Operation.values())
        {
            if (scopes.contains(operation.scope()))
            {
                operations.add(operation);
            }
        }
        return isKnown ? operations : null;
    }

    private void checkAcknowledged(
        final YamlMapping rule, final String field, final Scope scope, final Problems problems)
    {
        if (TO_ACKNOWLEDGE.contains(scope) && !acknowledged.contains(scope))
        {
            problems.add(rule.error(field, "the rule grants " + scope.configName() + "; expected a top-level " +
                "'acknowledge: [" + scope.configName() + "]' beside it, or a rule without"));
        }
    }

    private List<String> symbols(final YamlMapping rule, final Set<Operation> operations)
    {
        final boolean anyHasSymbol = null != operations &&
            operations.stream().anyMatch(Operation::hasSymbol);
        if (!anyHasSymbol && !rule.has("symbols"))
        {
            return List.of();
        }
        final List<String> symbols = null != operations && operations.contains(Operation.TRANSACT) ?
            RecipientText.read(rule, EnumSet.of(Operation.TRANSACT).equals(operations), problems) : rule.choices(
            "symbols", (name) -> name, "a list of symbols, or [\"*\"] for every symbol", problems);
        if (symbols.contains(RuleConfig.ANY_SYMBOL) && 1 < symbols.size())
        {
            problems.add(rule.error("symbols", "\"*\" stands for every symbol; expected it alone"));
        }
        return symbols;
    }
}
