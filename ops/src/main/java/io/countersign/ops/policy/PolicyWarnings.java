package io.countersign.ops.policy;

import io.countersign.codecs.wire.OrderType;
import io.countersign.gateway.config.GatewayConfig;
import io.countersign.gateway.config.KeyConfig;
import io.countersign.gateway.config.OrderLimits;
import io.countersign.gateway.config.PolicyConfig;
import io.countersign.gateway.config.PrincipalConfig;
import io.countersign.gateway.config.RuleConfig;
import io.countersign.gateway.config.WindowLimit;
import io.countersign.venues.Operation;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What a configuration allows that its author may not have meant.
 */
final class PolicyWarnings
{
    private final PolicyConfig config;
    private final List<String> warnings = new ArrayList<>();

    private PolicyWarnings(final PolicyConfig config)
    {
        this.config = config;
    }

    static List<String> of(final GatewayConfig gateway, final PolicyConfig config)
    {
        final PolicyWarnings policyWarnings = new PolicyWarnings(config);
        gateway.unusedTokens().forEach((token) -> policyWarnings.warnings.add("token " + token.name() +
            ": has no key; the gateway connects to it all the same, and does not start without it"));
        config.keys().forEach(policyWarnings::lookAtKey);
        config.principals().forEach((principal) ->
        {
            policyWarnings.lookAtPrincipal(principal);
            principal.rules().forEach((rule) -> policyWarnings.lookAtRule(principal, rule));
        });
        config.operators().forEach(policyWarnings::lookAtOperator);
        return policyWarnings.warnings;
    }

    private void lookAtKey(final KeyConfig key)
    {
        final String alias = key.spec().alias();
        final List<String> holders = config.principals().stream()
            .filter((principal) -> principal.rules().stream().anyMatch((rule) -> rule.keys().contains(alias)))
            .map(PrincipalConfig::name)
            .toList();
        if (holders.isEmpty())
        {
            warnings.add("key " + alias + ": no rule grants it");
        }
        if (holders.size() > 1)
        {
            warnings.add("key " + alias + ": granted to " + String.join(", ", holders) +
                "; the venue cannot tell them apart");
        }
        if (key.venueKey().isExample())
        {
            warnings.add("key " + alias + ": has example-timestamp-ms, so no venue accepts what it signs");
        }
    }

    private void lookAtPrincipal(final PrincipalConfig principal)
    {
        final String where = "principal " + principal.name() + ": ";
        if (principal.rules().isEmpty())
        {
            warnings.add(where + "has no rule, so everything that it asks for is denied");
        }
        if (principal.apiKeyVersions().isEmpty())
        {
            warnings.add(where + "has no api-key-versions, so nobody can be it");
        }
        if (principal.expiresNs() <= nowNs())
        {
            warnings.add(where + "has expired");
        }
        lookAtWindows(where, principal.limits());
        principal.limits().stream().filter((limit) -> null != limit.maxNotional()).findFirst().ifPresent((limit) ->
            lookAtSymbols(where, principal.rules().stream()
                .filter((rule) -> rule.operations().stream().anyMatch(Operation::isLimited))
                .flatMap((rule) -> unitsOf(rule).stream()).distinct().toList()));
    }

    /** What notional is counted in: all recipients get the same coin. */
    private static List<String> unitsOf(final RuleConfig rule)
    {
        return rule.operations().contains(Operation.NEW_ORDER) ? rule.symbols() : List.of("ether");
    }

    private void lookAtOperator(final PrincipalConfig operator)
    {
        if (operator.apiKeyVersions().isEmpty())
        {
            warnings.add("operator " + operator.name() + ": has no api-key-versions, so nobody can be it");
        }
    }

    /** A limit that a stricter one for a longer time always meets first. */
    private void lookAtWindows(final String where, final List<WindowLimit> limits)
    {
        for (final WindowLimit limit : limits)
        {
            final boolean neverBites = WindowLimit.NO_MAX_ORDERS != limit.maxOrders() && limits.stream().anyMatch(
                (other) -> WindowLimit.DAY != limit.perNs() && WindowLimit.DAY != other.perNs() &&
                    other.perNs() > limit.perNs() && WindowLimit.NO_MAX_ORDERS != other.maxOrders() &&
                    other.maxOrders() <= limit.maxOrders());
            if (neverBites)
            {
                warnings.add(where + "max-orders " + limit.maxOrders() +
                    " can never bite: a longer time allows no more");
            }
        }
    }

    private void lookAtSymbols(final String where, final List<String> symbols)
    {
        if (symbols.size() > 1 || symbols.contains(RuleConfig.ANY_SYMBOL))
        {
            warnings.add(where + "sums notional over several symbols; it is only one amount if all have the same " +
                "quote asset");
        }
    }

    private static long nowNs()
    {
        return TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
    }

    private void lookAtRule(final PrincipalConfig principal, final RuleConfig rule)
    {
        final String where = "principal " + principal.name() + ", rule " + rule.name() + ": ";
        if (rule.symbols().contains(RuleConfig.ANY_SYMBOL))
        {
            warnings.add(where + "allows every symbol");
        }
        final OrderLimits limits = rule.limits();
        if (null == limits.maxQuantity() && null == limits.maxNotional())
        {
            lookAtSize(where, rule);
        }
        if (rule.operations().contains(Operation.NEW_ORDER) &&
            rule.operations().stream().noneMatch(Operation::isCancel))
        {
            warnings.add(where + "allows new orders but no cancel of them");
        }
        if (rule.operations().contains(Operation.LOGIN))
        {
            warnings.add(where + "allows login: what is sent in that session no rule and no limit sees");
        }
        if (!rule.terms().acknowledged().isEmpty())
        {
            warnings.add(where + "its signatures are also valid as " + String.join(", ", rule.terms().acknowledged()) +
                ", as it acknowledges");
        }
        if (rule.operations().contains(Operation.NEW_ORDER))
        {
            lookAtNewOrders(where, rule, limits);
        }
        else if (!rule.operations().contains(Operation.TRANSACT) &&
            (!rule.windows().isEmpty() || null != rule.throttle()))
        {
            warnings.add(where + "has limits on new orders but allows none");
        }
        lookAtWindows(where, rule.windows());
    }

    private void lookAtSize(final String where, final RuleConfig rule)
    {
        if (rule.operations().contains(Operation.NEW_ORDER))
        {
            warnings.add(where + "allows orders of any size; it has neither max-quantity nor max-notional");
        }
        if (rule.operations().contains(Operation.TRANSACT))
        {
            warnings.add(where + "allows transactions of any value; it has neither max-quantity nor max-notional");
        }
    }

    private void lookAtNewOrders(final String where, final RuleConfig rule, final OrderLimits limits)
    {
        final boolean hasTurnover = rule.windows().stream().anyMatch((limit) -> null != limit.maxNotional());
        final boolean hasMarket = limits.orderTypes().contains(OrderType.MARKET) ||
            limits.orderTypes().contains(OrderType.STOP_LOSS) || limits.orderTypes().contains(OrderType.TAKE_PROFIT);
        if ((null != limits.maxNotional() || hasTurnover) && hasMarket && isChosen(limits))
        {
            warnings.add(where + "names order types without a price, whose notional is known only when they name a " +
                "quote quantity: others are denied under max-notional");
        }
        if (hasTurnover)
        {
            lookAtSymbols(where, rule.symbols());
        }
    }

    /** All order types is what a rule has that says nothing of them. */
    private static boolean isChosen(final OrderLimits limits)
    {
        return limits.orderTypes().size() < OrderType.LIMIT_MAKER.value();
    }
}
