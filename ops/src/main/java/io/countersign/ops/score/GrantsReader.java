package io.countersign.ops.score;

import io.countersign.gateway.config.EffectivePower;
import io.countersign.gateway.config.KeyConfig;
import io.countersign.gateway.config.PolicyConfig;
import io.countersign.gateway.config.PrincipalConfig;
import io.countersign.gateway.config.RuleConfig;
import io.countersign.gateway.config.SourceConfig;
import io.countersign.gateway.policy.AddressRange;
import io.countersign.ops.score.Grants.Blamed;
import io.countersign.ops.score.Grants.Missing;
import io.countersign.venues.Binding;
import io.countersign.venues.Operation;
import io.countersign.venues.Scope;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads from a policy what it grants with one key.
 */
public final class GrantsReader
{
    private static final int BEYOND_TRADE = Scope.LOGIN.bit() | Scope.TRANSFER.bit() | Scope.WITHDRAW.bit();

    private final EffectivePower effectivePower;
    private final KeyConfig key;
    private final List<String> principals = new ArrayList<>();
    private final Set<String> venues = new LinkedHashSet<>();
    private Blamed<SourceWidth> sources = Grants.NONE.sources();
    private Blamed<Scope> power = Grants.NONE.power();
    private Blamed<Binding> binding = Grants.NONE.binding();
    private String quantity = "";
    private String notional = "";
    private String rate = "";
    private String accessToken = "";
    private String oneScope = "";

    private GrantsReader(final EffectivePower effectivePower, final KeyConfig key)
    {
        this.effectivePower = effectivePower;
        this.key = key;
    }

    /**
     * What a policy grants with a key.
     *
     * @param policy of a gateway.
     * @param keys   of that gateway.
     * @param key    one of them.
     * @param nowMs  milliseconds since 1970: principals that have expired, and those without API key, count no more.
     * @return what the principals that may use the key are granted together.
     */
    public static Grants of(
        final PolicyConfig policy, final List<KeyConfig> keys, final KeyConfig key, final long nowMs)
    {
        final GrantsReader reader = new GrantsReader(new EffectivePower(keys), key);
        for (final PrincipalConfig principal : policy.principals())
        {
            if (!principal.apiKeyVersions().isEmpty() && nowMs < principal.expiresNs() / 1_000_000L)
            {
                reader.read(principal);
            }
        }
        return reader.grants();
    }

    private Grants grants()
    {
        return new Grants(List.copyOf(principals), sources, power,
            new Missing(quantity, notional, rate, accessToken, oneScope), binding, List.copyOf(venues));
    }

    private void read(final PrincipalConfig principal)
    {
        int scopes = 0;
        boolean isGranted = false;
        for (final RuleConfig rule : principal.rules())
        {
            if (rule.keys().contains(key.spec().alias()))
            {
                isGranted = true;
                scopes |= read(principal, rule);
            }
        }
        if (!isGranted)
        {
            return;
        }
        principals.add(principal.name());
        addSources(principal);
        for (final Scope scope : byPower())
        {
            if (0 != (scopes & scope.bit()) && 0 < rank(scope) - rank(power.worst()))
            {
                power = new Blamed<>(scope, principal.name());
            }
        }
        if (0 != (scopes & Scope.TRADE.bit()) && 0 != (scopes & BEYOND_TRADE))
        {
            oneScope = first(oneScope, principal.name());
        }
    }

    private int read(final PrincipalConfig principal, final RuleConfig rule)
    {
        final String where = principal.name() + "/" + rule.name();
        int scopes = 0;
        for (final Scope scope : rule.scopes())
        {
            scopes |= scope.bit();
        }
        for (final Operation operation : rule.operations())
        {
            if (key.venue().supports(operation))
            {
                final int reached = effectivePower.scopes(key, operation);
                scopes |= reached;
                addVenues(operation);
                addBinding(where, operation);
                addAccessToken(principal, reached);
                if (operation.isLimited())
                {
                    addLimits(where, principal, rule);
                }
            }
        }
        return scopes;
    }

    private void addSources(final PrincipalConfig principal)
    {
        final List<AddressRange> ranges = new ArrayList<>();
        for (final SourceConfig source : principal.sources())
        {
            ranges.addAll(source.addresses());
        }
        final SourceWidth width = SourceWidth.of(ranges);
        if (width.compareTo(sources.worst()) > 0)
        {
            sources = new Blamed<>(width,
                principal.name() + " from " + String.join(", ", ranges.stream().map(Object::toString).toList()));
        }
    }

    private void addVenues(final Operation operation)
    {
        venues.add(key.venue().name());
        effectivePower.beyond(key, operation).forEach((reached) -> venues.add(reached.venue().name()));
    }

    private void addBinding(final String where, final Operation operation)
    {
        final Binding own = key.venue().binding(operation);
        if (own.compareTo(binding.worst()) > 0)
        {
            binding = new Blamed<>(own, operation.configName() + " of " + where);
        }
    }

    /** Only what is more than a query is asked for here: reading without an access token is what it is meant for. */
    private void addAccessToken(final PrincipalConfig principal, final int scopes)
    {
        for (final Scope scope : Scope.values())
        {
            final boolean isRequired = null != principal.accessToken() &&
                principal.accessToken().requiredFor().contains(scope);
            if (Scope.QUERY != scope && 0 != (scopes & scope.bit()) && !isRequired)
            {
                accessToken = first(accessToken, principal.name() + " for " + scope.configName());
            }
        }
    }

    private void addLimits(final String where, final PrincipalConfig principal, final RuleConfig rule)
    {
        if (null == rule.limits().maxQuantity())
        {
            quantity = first(quantity, where);
        }
        if (null == rule.limits().maxNotional())
        {
            notional = first(notional, where);
        }
        if (rule.windows().isEmpty() && null == rule.throttle() && principal.limits().isEmpty() &&
            null == principal.messages())
        {
            rate = first(rate, where);
        }
    }

    /** Weakest first. */
    static List<Scope> byPower()
    {
        return List.of(Scope.QUERY, Scope.CANCEL, Scope.TRADE, Scope.LOGIN, Scope.TRANSFER, Scope.WITHDRAW);
    }

    private static int rank(final Scope scope)
    {
        return byPower().indexOf(scope);
    }

    private static String first(final String before, final String next)
    {
        return before.isEmpty() ? next : before;
    }
}
