package io.countersign.gateway.config;

import io.countersign.venues.Operation;
import io.countersign.venues.Scope;
import io.countersign.venues.Venue;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Reads the rules of a principal or role.
 */
final class RuleSection
{
    private static final String OPERATIONS = "some of " + Operation.configNames();
    private static final String SCOPES = "some of query, trade, cancel, login, transfer, withdraw";
    private static final LoginLimit DEFAULT_LOGINS = new LoginLimit(5, TimeUnit.MINUTES.toNanos(1));
    private static final Set<Scope> TO_ACKNOWLEDGE = EnumSet.of(Scope.LOGIN, Scope.TRANSFER, Scope.WITHDRAW);

    private final Map<String, KeyConfig> keyByAlias;
    private final PowerSection powerSection;
    private final Set<Scope> acknowledged;
    private final Problems problems;

    RuleSection(
        final Map<String, KeyConfig> keyByAlias,
        final PowerSection powerSection,
        final Set<Scope> acknowledged,
        final Problems problems)
    {
        this.keyByAlias = keyByAlias;
        this.powerSection = powerSection;
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
            "max-quantity", "max-notional", "min-price", "max-price", "limits", "repeated-execution-throttle",
            "max-logins", "max-receive-window", "acknowledge");
        final String name = problems.attempt("", () -> rule.name("name"));
        final List<String> keys = keys(rule);
        final Set<Operation> operations = operations(rule);
        final List<String> symbols = symbols(rule, operations);
        final boolean isKnown = null != keys && null != operations;
        final Set<String> acknowledged = powerSection.acknowledged(rule);
        if (isKnown && null != acknowledged)
        {
            powerSection.checkRule(rule, new PowerSection.Grant(keys, operations, symbols), acknowledged);
        }
        return new RuleConfig(
            name,
            null == keys ? List.of() : keys,
            null == operations ? EnumSet.noneOf(Operation.class) : operations,
            null == operations || !rule.has("scopes") ?
                EnumSet.noneOf(Scope.class) : scopes(rule, "scopes", new Problems()),
            symbols,
            LimitSection.read(rule, problems),
            LimitSection.windows(rule, problems),
            rule.has("repeated-execution-throttle") ? LimitSection.throttle(rule, problems) : null,
            new SignatureTerms(
                logins(rule, operations),
                isKnown && rule.has("max-receive-window") ? maxReceiveWindowMs(rule, keys, operations) : 0,
                null == acknowledged ? Set.of() : acknowledged));
    }

    private LoginLimit logins(final YamlMapping rule, final Set<Operation> operations)
    {
        final boolean hasLogin = null != operations && operations.contains(Operation.LOGIN);
        if (!rule.has("max-logins"))
        {
            return hasLogin ? DEFAULT_LOGINS : null;
        }
        if (null != operations && !hasLogin)
        {
            problems.add(rule.error("max-logins", "the rule grants no login; expected no 'max-logins' in it"));
        }
        return LimitSection.logins(rule, problems);
    }

    /** Only as long as every venue of the rule takes it, and where at least one operation has such a time. */
    private int maxReceiveWindowMs(
        final YamlMapping rule, final List<String> keys, final Set<Operation> operations)
    {
        final Integer windowMs = problems.attempt(null, () -> TimeText.milliseconds(rule, "max-receive-window"));
        for (final String key : keys)
        {
            final Venue venue = keyByAlias.get(key).venue();
            final int mostMs = operations.stream().filter(venue::supports)
                .mapToInt(venue::maxReceiveWindowMs).max().orElse(0);
            if (null != windowMs && mostMs < windowMs)
            {
                problems.add(rule.error("max-receive-window", 0 == mostMs ?
                    "what this rule grants at " + venue.name() + " has no receive window; expected a rule without" :
                    venue.name() + " takes receive windows up to " + mostMs + "ms; expected no longer one"));
            }
        }
        return null == windowMs ? 0 : windowMs;
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
