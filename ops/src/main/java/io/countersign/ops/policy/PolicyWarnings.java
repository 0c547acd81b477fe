package io.countersign.ops.policy;

import io.countersign.gateway.config.GatewayConfig;
import io.countersign.gateway.config.KeyConfig;
import io.countersign.gateway.config.OrderLimits;
import io.countersign.gateway.config.PrincipalConfig;
import io.countersign.gateway.config.RuleConfig;
import io.countersign.venues.Operation;

import java.util.ArrayList;
import java.util.List;

/**
 * What a configuration allows that its author may not have meant.
 */
final class PolicyWarnings
{
    private final GatewayConfig config;
    private final List<String> warnings = new ArrayList<>();

    private PolicyWarnings(final GatewayConfig config)
    {
        this.config = config;
    }

    static List<String> of(final GatewayConfig config)
    {
        final PolicyWarnings policyWarnings = new PolicyWarnings(config);
        config.keys().forEach(policyWarnings::lookAtKey);
        config.principals().forEach((principal) ->
            principal.rules().forEach((rule) -> policyWarnings.lookAtRule(principal, rule)));
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
        final long nowMs = System.currentTimeMillis();
        if (key.venueKey().timestampMs(nowMs) != nowMs)
        {
            warnings.add("key " + alias + ": has example-timestamp-ms, so no venue accepts what it signs");
        }
    }

    private void lookAtRule(final PrincipalConfig principal, final RuleConfig rule)
    {
        final String where = "principal " + principal.name() + ", rule " + rule.name() + ": ";
        if (rule.symbols().contains(RuleConfig.ANY_SYMBOL))
        {
            warnings.add(where + "allows every symbol");
        }
        final OrderLimits limits = rule.limits();
        if (rule.operations().contains(Operation.NEW_ORDER) &&
            null == limits.maxQuantity() && null == limits.maxNotional())
        {
            warnings.add(where + "allows orders of any size; it has neither max-quantity nor max-notional");
        }
        if (rule.operations().contains(Operation.NEW_ORDER) && !rule.operations().contains(Operation.CANCEL_ORDER))
        {
            warnings.add(where + "allows new orders but no cancel of them");
        }
    }
}
