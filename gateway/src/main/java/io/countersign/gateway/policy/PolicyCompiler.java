package io.countersign.gateway.policy;

import io.countersign.gateway.config.EffectivePower;
import io.countersign.gateway.config.KeyConfig;
import io.countersign.gateway.config.KeyWindow;
import io.countersign.gateway.config.LoginLimit;
import io.countersign.gateway.config.PolicyConfig;
import io.countersign.gateway.config.PriceBand;
import io.countersign.gateway.config.PrincipalConfig;
import io.countersign.gateway.config.RuleConfig;
import io.countersign.gateway.config.ThrottleConfig;
import io.countersign.gateway.config.WindowLimit;
import io.countersign.venues.Operation;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Turns a checked policy file into a {@link Policy}, in time that rises with the length of the file.
 */
public final class PolicyCompiler
{
    private final Map<String, Integer> keys = new HashMap<>();
    private final Map<String, Integer> symbols = new HashMap<>();
    private final List<String> symbolNames = new ArrayList<>();
    /** By identity: the principals of a role share its lists. */
    private final Map<List<String>, SymbolSet> symbolSets = new IdentityHashMap<>();
    private final List<Rule> rules = new ArrayList<>();
    private final List<byte[]> ruleNames = new ArrayList<>();
    private final List<Account> accounts = new ArrayList<>();
    private final PolicyConfig config;
    private final EffectivePower effectivePower;

    private PolicyCompiler(final PolicyConfig config)
    {
        this.config = config;
        effectivePower = new EffectivePower(config.keys());
    }

    /**
     * Compile a policy.
     *
     * @param config to compile.
     * @return the policy; key indexes are positions in {@link PolicyConfig#keys()}, principal indexes those in
     * {@link PolicyConfig#everybody()}.
     */
    public static Policy compile(final PolicyConfig config)
    {
        return new Policy(new PolicyCompiler(config).tables());
    }

    private PolicyTables tables()
    {
        final List<PrincipalConfig> everybody = config.everybody();
        final List<String> aliases = config.keys().stream().map((key) -> key.spec().alias()).toList();
        aliases.forEach((alias) -> keys.put(alias, keys.size()));
        config.priceBands().keySet().forEach(this::addSymbol);
        ruleNames.add(new byte[0]);
        final Principal[] subjects = everybody.stream().map(this::compile).toArray(Principal[]::new);
        final long[] keyFromNs = new long[aliases.size()];
        final long[] keyUntilNs = new long[aliases.size()];
        Arrays.fill(keyFromNs, Long.MIN_VALUE);
        Arrays.fill(keyUntilNs, Long.MAX_VALUE);
        for (final KeyWindow window : config.keyWindows())
        {
            keyFromNs[keys.get(window.alias())] = window.fromNs();
            keyUntilNs[keys.get(window.alias())] = window.untilNs();
        }
        return new PolicyTables(
            config.policyVersion(),
            new TextTable(everybody.stream().map(PrincipalConfig::name).toList()),
            new TextTable(aliases),
            new TextTable(symbolNames),
            subjects,
            rules.toArray(new Rule[0]),
            ruleNames.toArray(new byte[0][]),
            accounts.toArray(new Account[0]),
            bands(),
            keyFromNs,
            keyUntilNs,
            config.keys().stream().map(PolicyCompiler::venue).toArray(String[]::new),
            config.keys().stream().flatMapToInt(this::effectiveScopes).toArray(),
            config.keys().stream().flatMapToInt(PolicyCompiler::receiveWindows).toArray());
    }

    private int addSymbol(final String symbol)
    {
        final Integer known = symbols.putIfAbsent(symbol, symbols.size());
        if (null == known)
        {
            symbolNames.add(symbol);
            return symbolNames.size() - 1;
        }
        return known;
    }

    private Principal compile(final PrincipalConfig principal)
    {
        final int firstAccount = accounts.size();
        principal.limits().forEach((limit) -> addAccounts(principal.name(), "", limit));
        final Account[] own = accounts.subList(firstAccount, accounts.size()).toArray(new Account[0]);
        final int firstRule = rules.size();
        principal.rules().forEach((rule) -> addRule(principal.name(), rule));
        return new Principal(principal, firstRule, rules.size(), own, firstAccount);
    }

    private void addRule(final String principal, final RuleConfig rule)
    {
        final boolean[] ruleKeys = new boolean[keys.size()];
        rule.keys().forEach((alias) -> ruleKeys[keys.get(alias)] = true);
        final boolean[] operations = new boolean[Operation.values().length];
        rule.operations().forEach((operation) -> operations[operation.ordinal()] = true);
        final int firstAccount = accounts.size();
        rule.windows().forEach((limit) -> addAccounts(principal, rule.name(), limit));
        final Account[] own = accounts.subList(firstAccount, accounts.size()).toArray(new Account[0]);
        final ThrottleConfig throttle = rule.throttle();
        final LoginLimit logins = rule.terms().logins();
        final Rule.Places places = new Rule.Places(own, firstAccount,
            null == throttle ? Rule.NO_ACCOUNT : add(new Account(
                principal, rule.name(), Account.Kind.EXECUTIONS, throttle.perNs(), 0, throttle.executions())),
            null == logins ? Rule.NO_ACCOUNT : add(new Account(
                principal, rule.name(), Account.Kind.LOGINS, logins.perNs(), 0, logins.logins())));
        rules.add(new Rule(ruleKeys, operations, symbolSet(rule.symbols()), rule, places));
        ruleNames.add(rule.name().getBytes(StandardCharsets.UTF_8));
    }

    /** Its index. */
    private int add(final Account account)
    {
        accounts.add(account);
        return accounts.size() - 1;
    }

    private SymbolSet symbolSet(final List<String> names)
    {
        SymbolSet symbolSet = symbolSets.get(names);
        if (null == symbolSet)
        {
            final BitSet indexes = new BitSet();
            names.forEach((name) -> indexes.set(addSymbol(name)));
            symbolSet = names.contains(RuleConfig.ANY_SYMBOL) ? SymbolSet.every() : SymbolSet.of(indexes);
            symbolSets.put(names, symbolSet);
        }
        return symbolSet;
    }

    private void addAccounts(final String principal, final String rule, final WindowLimit limit)
    {
        if (WindowLimit.NO_MAX_ORDERS != limit.maxOrders())
        {
            accounts.add(new Account(
                principal, rule, Account.Kind.ORDERS, limit.perNs(), 0, limit.maxOrders()));
        }
        if (null != limit.maxNotional())
        {
            final Notional max = new Notional().of(limit.maxNotional());
            accounts.add(new Account(
                principal, rule, Account.Kind.NOTIONAL, limit.perNs(), max.high(), max.low()));
        }
    }

    private Band[] bands()
    {
        final Band[] bands = new Band[symbols.size()];
        for (final Map.Entry<String, PriceBand> band : config.priceBands().entrySet())
        {
            bands[symbols.get(band.getKey())] = new Band(band.getValue().min(), band.getValue().max());
        }
        return bands;
    }

    /** Of each operation its own scope, and those of the operations that what is signed is also valid for. */
    private IntStream effectiveScopes(final KeyConfig key)
    {
        return Arrays.stream(Operation.values()).mapToInt((operation) -> effectivePower.scopes(key, operation));
    }

    /** The longest of each operation. */
    private static IntStream receiveWindows(final KeyConfig key)
    {
        return Arrays.stream(Operation.values()).mapToInt((operation) -> null == key.venue() ?
            0 : key.venue().maxReceiveWindowMs(operation));
    }

    private static String venue(final KeyConfig key)
    {
        return null == key.venue() ? "" : key.venue().name();
    }
}
