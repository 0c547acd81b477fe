package io.countersign.gateway.policy;

import io.countersign.gateway.config.KeyWindow;
import io.countersign.gateway.config.PolicyConfig;
import io.countersign.gateway.config.PriceBand;
import io.countersign.gateway.config.PrincipalConfig;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * In what a policy differs from the one before, in words, and where it became wider. In doubt it says that something
 * did: a reader who looks once too often loses nothing.
 */
public final class PolicyChange
{
    private final Differences differences = new Differences("");
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
     * @return one line per difference, sorted; one that says so when only the text differs.
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
        final List<PolicyDifference> found = differences.sorted();
        return found.isEmpty() ?
            List.of(new PolicyDifference(false, "only the text differs, nothing that it grants")) : found;
    }

    private void comparePrincipals(
        final boolean areOperators,
        final Map<String, PrincipalConfig> olds,
        final Map<String, PrincipalConfig> nexts)
    {
        final TreeSet<String> names = new TreeSet<>(olds.keySet());
        names.addAll(nexts.keySet());
        for (final String name : names)
        {
            final Differences ofOne = differences.of((areOperators ? "operator " : "principal ") + name);
            new PrincipalChange(ofOne).compare(olds.get(name), nexts.get(name));
        }
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
            final Differences ofOne = differences.of("key " + alias);
            ofOne.value("valid-from", Texts.instant(from.fromNs()), Texts.instant(to.fromNs()),
                to.fromNs() < from.fromNs());
            ofOne.value("valid-until", Texts.instant(from.untilNs()), Texts.instant(to.untilNs()),
                to.untilNs() > from.untilNs());
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
            final Differences ofOne = differences.of("price band of " + symbol);
            ofOne.floor("min", from.min(), to.min());
            ofOne.ceiling("max", from.max(), to.max());
        }
    }

    private static Map<String, PrincipalConfig> byName(final List<PrincipalConfig> principals)
    {
        return by(principals, PrincipalConfig::name);
    }

    private static <T> Map<String, T> by(final List<T> items, final Function<T, String> name)
    {
        final Map<String, T> byName = new LinkedHashMap<>();
        for (final T item : new ArrayList<>(items))
        {
            byName.put(name.apply(item), item);
        }
        return byName;
    }
}
