package io.countersign.gateway.config;

import io.countersign.gateway.config.EffectivePower.Power;
import io.countersign.venues.Operation;
import io.countersign.venues.Scope;
import io.countersign.venues.Venue;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Refuses policies that let a principal reach more than they say, unless they say that, too.
 */
final class PowerSection
{
    private static final String NAMES =
        "operations such as cancel-order, at another venue binance-um/cancel-order";

    private final Map<String, KeyConfig> keyByAlias;
    private final EffectivePower effectivePower;
    private final Problems problems;

    PowerSection(final Map<String, KeyConfig> keyByAlias, final Problems problems)
    {
        this.keyByAlias = keyByAlias;
        effectivePower = new EffectivePower(List.copyOf(keyByAlias.values()));
        this.problems = problems;
    }

    /**
     * What a rule grants.
     *
     * @param keys       aliases, all known.
     * @param operations of the rule.
     * @param symbols    of the rule.
     */
    record Grant(List<String> keys, Set<Operation> operations, List<String> symbols)
    {
    }

    /** What a rule says that it reaches beyond its operations; null when anything is wrong with it. */
    Set<String> acknowledged(final YamlMapping rule)
    {
        if (!rule.has("acknowledge"))
        {
            return Set.of();
        }
        final int before = problems.count();
        final List<String> names = rule.choices("acknowledge", (name) ->
            null == Operation.ofConfigName(name.substring(name.indexOf('/') + 1)) ? null : name, NAMES, problems);
        return before == problems.count() ? new LinkedHashSet<>(names) : null;
    }

    /** Whoever grants the weak operation has to grant the strong one in so many words, or to acknowledge it. */
    void checkRule(final YamlMapping rule, final Grant grant, final Set<String> acknowledged)
    {
        final Set<String> unused = new LinkedHashSet<>(acknowledged);
        final String field = rule.has("scopes") ? "scopes" : "operations";
        for (final String alias : grant.keys)
        {
            final KeyConfig key = keyByAlias.get(alias);
            for (final Operation operation : grant.operations)
            {
                for (final Power power : effectivePower.beyond(key, operation))
                {
                    final String name = power.name(key.venue());
                    if (isMore(grant, operation, power) && !unused.remove(name) && !acknowledged.contains(name))
                    {
                        problems.add(rule.error(field, alsoValid(key.venue(), operation, power) +
                            "; expected the rule to grant both or neither, or 'acknowledge: [" + name + "]' in it"));
                    }
                }
                checkParameters(rule, field, grant, key, operation, unused, acknowledged);
            }
        }
        unused.forEach((name) -> problems.add(rule.error("acknowledge", "what this rule grants is not valid for '" +
            name + "'; expected no more in 'acknowledge' than what its signatures reach")));
    }

    /** An access token that the strong operation requires would not be asked for. */
    void checkAccessToken(
        final YamlMapping principal, final AccessTokenConfig accessToken, final List<RuleConfig> rules)
    {
        for (final RuleConfig rule : rules)
        {
            for (final String alias : rule.keys())
            {
                final KeyConfig key = keyByAlias.get(alias);
                for (final Operation operation : rule.operations())
                {
                    effectivePower.beyond(key, operation).forEach(
                        (power) -> check(principal, accessToken, key.venue(), operation, power));
                }
            }
        }
    }

    /** Limits and symbols hold for what was asked for; of these, anything may be sent. */
    private void checkParameters(
        final YamlMapping rule,
        final String field,
        final Grant grant,
        final KeyConfig key,
        final Operation operation,
        final Set<String> unused,
        final Set<String> acknowledged)
    {
        final String name = operation.configName();
        final boolean isLimited = operation.isLimited() ||
            operation.hasSymbol() && !grant.symbols.equals(List.of(RuleConfig.ANY_SYMBOL));
        if (isLimited && effectivePower.leavesParametersOpen(key, operation) &&
            !unused.remove(name) && !acknowledged.contains(name))
        {
            problems.add(rule.error(field, "at " + key.venue().name() + " a signed " + name +
                " is valid with any parameters, whatever the rule says of symbols and limits; expected the rule " +
                "without, or 'acknowledge: [" + name + "]' in it"));
        }
    }

    /** One query more is not more than a query. */
    private boolean isMore(final Grant grant, final Operation operation, final Power power)
    {
        final boolean isGranted = grant.operations.contains(power.operation()) &&
            grant.keys.stream().anyMatch((alias) -> power.venue() == keyByAlias.get(alias).venue());
        final boolean isQuery = Scope.QUERY == operation.scope() && Scope.QUERY == power.operation().scope();
        return !isGranted && !isQuery;
    }

    private void check(
        final YamlMapping principal,
        final AccessTokenConfig accessToken,
        final Venue own,
        final Operation operation,
        final Power power)
    {
        final Scope scope = operation.scope();
        final Scope reached = power.operation().scope();
        if (accessToken.requiredFor().contains(reached) && !accessToken.requiredFor().contains(scope))
        {
            final String what = alsoValid(own, operation, power) + "; expected '" + scope.configName() +
                "' beside '" + reached.configName() + "' in 'required-for'";
            problems.add(principal.has("access-token") ?
                principal.mapping("access-token", "subject and required-for", problems).error("required-for", what) :
                principal.error("roles", what + " of its role"));
        }
    }

    private static String alsoValid(final Venue own, final Operation operation, final Power power)
    {
        return "at " + own.name() + " a signed " + operation.configName() + " is also a valid " +
            power.operation().configName() + (own == power.venue() ? "" : " at " + power.venue().name());
    }
}
