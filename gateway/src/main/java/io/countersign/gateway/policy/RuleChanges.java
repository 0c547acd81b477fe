package io.countersign.gateway.policy;

import io.countersign.gateway.config.RuleConfig;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * In what rules differ, each pair compared once: the principals of a role share its rules, and a rule may have ten
 * thousand symbols. By identity, because comparing is what costs. For one thread.
 */
final class RuleChanges
{
    private final Map<RuleConfig, Map<RuleConfig, List<Differences.Line>>> changes = new IdentityHashMap<>();
    private final Map<RuleConfig, Map<RuleConfig, List<Differences.Line>>> choices = new IdentityHashMap<>();

    /** The old one is null where it was added, the next one where it was removed. */
    List<Differences.Line> of(final RuleConfig old, final RuleConfig next, final boolean isNarrowingDrift)
    {
        return (isNarrowingDrift ? choices : changes)
            .computeIfAbsent(old, (key) -> new IdentityHashMap<>())
            .computeIfAbsent(next, (key) -> compare(old, next, isNarrowingDrift));
    }

    private static List<Differences.Line> compare(
        final RuleConfig old, final RuleConfig next, final boolean isNarrowingDrift)
    {
        final Differences differences = new Differences();
        if (null == old)
        {
            RuleChange.added(differences, next);
        }
        else
        {
            RuleChange.compare(differences, old, next, isNarrowingDrift);
        }
        return differences.lines();
    }
}
