package io.countersign.gateway.config;

import io.countersign.venues.Operation;
import io.countersign.venues.Scope;
import io.countersign.venues.Venue;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * At a venue that does not sign the endpoint, what is signed for a weak operation may serve a strong one. A policy that
 * looks at the weak one only would let the strong one through unseen.
 */
final class EffectivePower
{
    private final Map<String, KeyConfig> keyByAlias;
    private final Problems problems;

    EffectivePower(final Map<String, KeyConfig> keyByAlias, final Problems problems)
    {
        this.keyByAlias = keyByAlias;
        this.problems = problems;
    }

    /** Whoever grants the weak operation has to grant the strong one in so many words. */
    void checkRule(final YamlMapping rule, final Collection<String> keys, final Set<Operation> operations)
    {
        for (final String key : keys)
        {
            final Venue venue = keyByAlias.get(key).venue();
            for (final Operation operation : operations)
            {
                for (final Operation equivalent : venue.equivalents(operation))
                {
                    final boolean isQuery = Scope.QUERY == operation.scope() && Scope.QUERY == equivalent.scope();
                    if (!operations.contains(equivalent) && !isQuery)
                    {
                        problems.add(rule.error(rule.has("scopes") ? "scopes" : "operations",
                            alsoValid(venue, operation, equivalent) +
                                "; expected the rule to grant both or neither"));
                    }
                }
            }
        }
    }

    /** An access token that the strong operation requires would not be asked for. */
    void checkAccessToken(
        final YamlMapping principal, final AccessTokenConfig accessToken, final List<RuleConfig> rules)
    {
        for (final RuleConfig rule : rules)
        {
            for (final String key : rule.keys())
            {
                final Venue venue = keyByAlias.get(key).venue();
                for (final Operation operation : rule.operations())
                {
                    venue.equivalents(operation).forEach(
                        (equivalent) -> check(principal, accessToken, venue, operation, equivalent));
                }
            }
        }
    }

    private void check(
        final YamlMapping principal,
        final AccessTokenConfig accessToken,
        final Venue venue,
        final Operation operation,
        final Operation equivalent)
    {
        final Scope scope = operation.scope();
        if (accessToken.requiredFor().contains(equivalent.scope()) && !accessToken.requiredFor().contains(scope))
        {
            final String what = alsoValid(venue, operation, equivalent) + "; expected '" + scope.configName() +
                "' beside '" + equivalent.scope().configName() + "' in 'required-for'";
            problems.add(principal.has("access-token") ?
                principal.mapping("access-token", "subject and required-for", problems).error("required-for", what) :
                principal.error("roles", what + " of its role"));
        }
    }

    private static String alsoValid(final Venue venue, final Operation operation, final Operation equivalent)
    {
        return "at " + venue.name() + " a signed " + operation.configName() + " is also a valid " +
            equivalent.configName();
    }
}
