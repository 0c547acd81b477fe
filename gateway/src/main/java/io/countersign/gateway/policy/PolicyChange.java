package io.countersign.gateway.policy;

import io.countersign.gateway.config.KeyWindow;
import io.countersign.gateway.config.PolicyConfig;
import io.countersign.gateway.config.PriceBand;
import io.countersign.gateway.config.PrincipalConfig;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * In what a policy differs from the one before, in words, and where it became wider. In doubt it says that something
 * did: a reader who looks once too often loses nothing.
 */
public final class PolicyChange
{
    /** Most lines of one comparison; the last then says how many more there are. */
    static final int MAX_LINES = 1_000;

    private final List<PolicyDifference> found = new ArrayList<>();
    private final RuleChanges ruleChanges = new RuleChanges();
    private final PolicyConfig old;
    private final PolicyConfig next;

    private PolicyChange(final PolicyConfig old, final PolicyConfig next)
    {
        this.old = old;
        this.next = next;
    }

    /**
     * Compare two policies.
     *
     * @param old  in force.
     * @param next to follow.
     * @return one line per difference, sorted, with drift first where there are too many to tell; what differs alike in
     *         several principals is one line; one that says so when only the text differs.
     */
    public static List<PolicyDifference> between(final PolicyConfig old, final PolicyConfig next)
    {
        return new PolicyChange(old, next).all();
    }

    private List<PolicyDifference> all()
    {
        comparePrincipals(false, byName(old.principals()), byName(next.principals()));
        comparePrincipals(true, byName(old.operators()), byName(next.operators()));
        compareKeyWindows();
        comparePriceBands();
        return found.isEmpty() ?
            List.of(new PolicyDifference(false, "only the text differs, nothing that it grants")) : bounded();
    }

    private List<PolicyDifference> bounded()
    {
        if (found.size() <= MAX_LINES)
        {
            return found.stream().sorted().toList();
        }
        found.sort(Comparator.comparing(PolicyDifference::isDrift).reversed().thenComparing(Comparator.naturalOrder()));
        final List<PolicyDifference> untold = found.subList(MAX_LINES - 1, found.size());
        final long drift = untold.stream().filter(PolicyDifference::isDrift).count();
        final List<PolicyDifference> told = new ArrayList<>(found.subList(0, MAX_LINES - 1));
        told.sort(null);
        told.add(new PolicyDifference(drift > 0, "and " + Differences.number(untold.size()) + " more, " +
            Differences.number((int) drift) + " of them drift"));
        return List.copyOf(told);
    }

    private void comparePrincipals(
        final boolean areOperators,
        final Map<String, PrincipalConfig> olds,
        final Map<String, PrincipalConfig> nexts)
    {
        final TreeSet<String> names = new TreeSet<>(olds.keySet());
        names.addAll(nexts.keySet());
        final Map<Differences.Line, Set<String>> namesByLine = new LinkedHashMap<>();
        for (final String name : names)
        {
            final Differences ofOne = new Differences();
            new PrincipalChange(ofOne, ruleChanges).compare(olds.get(name), nexts.get(name));
            ofOne.lines().forEach((line) -> namesByLine.computeIfAbsent(line, (key) -> new TreeSet<>()).add(name));
        }
        final String what = areOperators ? "operator" : "principal";
        namesByLine.forEach((line, ofLine) -> found.add(line.of(1 == ofLine.size() ?
            what + " " + ofLine.iterator().next() :
            Differences.number(ofLine.size()) + " " + what + "s (" + Differences.list(ofLine) + ")")));
    }

    private void compareKeyWindows()
    {
        final Map<String, KeyWindow> olds = by(old.keyWindows(), KeyWindow::alias);
        final Map<String, KeyWindow> nexts = by(next.keyWindows(), KeyWindow::alias);
        final TreeSet<String> aliases = new TreeSet<>(olds.keySet());
        aliases.addAll(nexts.keySet());
        for (final String alias : aliases)
        {
            final KeyWindow always = new KeyWindow(alias, Long.MIN_VALUE, Long.MAX_VALUE);
            final KeyWindow from = olds.getOrDefault(alias, always);
            final KeyWindow to = nexts.getOrDefault(alias, always);
            final Differences ofOne = new Differences();
            ofOne.value("valid-from", Texts.instant(from.fromNs()), Texts.instant(to.fromNs()),
                to.fromNs() < from.fromNs());
            ofOne.value("valid-until", Texts.instant(from.untilNs()), Texts.instant(to.untilNs()),
                to.untilNs() > from.untilNs());
            ofOne.lines().forEach((line) -> found.add(line.of("key " + alias)));
        }
    }

    private void comparePriceBands()
    {
        final TreeSet<String> symbols = new TreeSet<>(old.priceBands().keySet());
        symbols.addAll(next.priceBands().keySet());
        final PriceBand none = new PriceBand(null, null);
        for (final String symbol : symbols)
        {
            final PriceBand from = old.priceBands().getOrDefault(symbol, none);
            final PriceBand to = next.priceBands().getOrDefault(symbol, none);
            final Differences ofOne = new Differences();
            ofOne.floor("min", from.min(), to.min());
            ofOne.ceiling("max", from.max(), to.max());
            ofOne.lines().forEach((line) -> found.add(line.of("price band of " + symbol)));
        }
    }

    private static Map<String, PrincipalConfig> byName(final List<PrincipalConfig> principals)
    {
        return by(principals, PrincipalConfig::name);
    }

    private static <T> Map<String, T> by(final List<T> items, final Function<T, String> name)
    {
        final Map<String, T> byName = new LinkedHashMap<>();
        for (final T item : items)
        {
            byName.put(name.apply(item), item);
        }
        return byName;
    }
}
