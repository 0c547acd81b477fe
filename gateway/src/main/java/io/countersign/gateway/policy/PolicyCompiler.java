package io.countersign.gateway.policy;

import io.countersign.gateway.config.GatewayConfig;
import io.countersign.gateway.config.PrincipalConfig;
import io.countersign.gateway.config.RuleConfig;
import io.countersign.venues.Operation;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * Turns a checked configuration into a {@link Policy}.
 */
public final class PolicyCompiler
{
    private final GatewayConfig config;
    private final List<String> keys = new ArrayList<>();
    private final List<String> symbols = new ArrayList<>();

    private PolicyCompiler(final GatewayConfig config)
    {
        this.config = config;
    }

    /**
     * Compile the principals and rules of a configuration.
     *
     * @param config to compile.
     * @return the policy; key indexes are positions in {@link GatewayConfig#keys()}.
     */
    public static Policy compile(final GatewayConfig config)
    {
        return new PolicyCompiler(config).policy();
    }

    private Policy policy()
    {
        final List<String> principals = new ArrayList<>();
        final LinkedHashSet<String> distinctSymbols = new LinkedHashSet<>();
        config.keys().forEach((key) -> keys.add(key.spec().alias()));
        for (final PrincipalConfig principal : config.principals())
        {
            principals.add(principal.name());
            principal.rules().forEach((rule) -> distinctSymbols.addAll(rule.symbols()));
        }
        symbols.addAll(distinctSymbols);

        final List<Rule> rules = new ArrayList<>();
        final List<byte[]> ruleNames = new ArrayList<>();
        ruleNames.add(new byte[0]);
        final int[] firstRuleOfPrincipal = new int[principals.size() + 1];
        for (int i = 0; i < principals.size(); i++)
        {
            for (final RuleConfig rule : config.principals().get(i).rules())
            {
                rules.add(compile(rule));
                ruleNames.add(rule.name().getBytes(StandardCharsets.UTF_8));
            }
            firstRuleOfPrincipal[i + 1] = rules.size();
        }
        return new Policy(
            config.policyVersion(),
            new TextTable(principals),
            new TextTable(keys),
            new TextTable(symbols),
            rules.toArray(new Rule[0]),
            ruleNames.toArray(new byte[0][]),
            firstRuleOfPrincipal,
            config.principals().stream()
                .map((principal) -> principal.apiKeyVersions().stream().mapToInt(Integer::intValue).toArray())
                .toArray(int[][]::new));
    }

    private Rule compile(final RuleConfig rule)
    {
        final boolean[] operations = new boolean[Operation.values().length];
        rule.operations().forEach((operation) -> operations[operation.ordinal()] = true);
        return new Rule(
            flags(keys, rule.keys()),
            operations,
            flags(symbols, rule.symbols()),
            rule.symbols().contains(RuleConfig.ANY_SYMBOL),
            new LimitCheck(rule.limits()));
    }

    private static boolean[] flags(final List<String> all, final List<String> some)
    {
        final boolean[] flags = new boolean[all.size()];
        some.forEach((name) -> flags[all.indexOf(name)] = true);
        return flags;
    }
}
