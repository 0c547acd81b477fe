package io.countersign.ops.policy;

import io.countersign.gateway.config.EffectivePower;
import io.countersign.gateway.config.KeyConfig;
import io.countersign.gateway.config.PolicyConfig;
import io.countersign.gateway.config.PrincipalConfig;
import io.countersign.gateway.config.RuleConfig;
import io.countersign.venues.Binding;
import io.countersign.venues.Operation;
import io.countersign.venues.Venue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What grants come to at the venues, for people.
 */
final class PowerText
{
    private final PolicyConfig config;
    private final EffectivePower effectivePower;

    PowerText(final PolicyConfig config)
    {
        this.config = config;
        effectivePower = new EffectivePower(config.keys());
    }

    /** One line for each operation that a rule grants with a key. */
    List<String> ofAllGrants()
    {
        final List<String> lines = new ArrayList<>();
        for (final PrincipalConfig principal : config.principals())
        {
            for (final RuleConfig rule : principal.rules())
            {
                for (final KeyConfig key : keysOf(rule))
                {
                    rule.operations().forEach((operation) -> lines.add(
                        principal.name() + " " + rule.name() + " " + key.spec().alias() + ": " + of(key, operation)));
                }
            }
        }
        return lines;
    }

    /** What is signed with a key for an operation is good for. */
    String of(final KeyConfig key, final Operation operation)
    {
        final Venue venue = key.venue();
        final String name = venue.name() + "/" + operation.configName();
        if (!venue.supports(operation))
        {
            return name + ", which the venue has no request for";
        }
        final Binding binding = venue.binding(operation);
        final String beyond = effectivePower.beyond(key, operation).stream()
            .map((power) -> power.venue().name() + "/" + power.operation().configName())
            .collect(Collectors.joining(", "));
        return name + ", class " + binding + ": binds " + binding.meaning() +
            (beyond.isEmpty() ? "" : "; also valid as " + beyond);
    }

    /** Null when the configuration has no such key. */
    KeyConfig key(final String alias)
    {
        return config.keys().stream().filter((key) -> key.spec().alias().equals(alias)).findFirst().orElse(null);
    }

    private List<KeyConfig> keysOf(final RuleConfig rule)
    {
        return rule.keys().stream().map(this::key).toList();
    }
}
