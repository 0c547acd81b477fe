package io.countersign.gateway.policy;

import io.countersign.gateway.config.OrderLimits;
import io.countersign.gateway.config.RuleConfig;
import io.countersign.gateway.config.ThrottleConfig;
import io.countersign.gateway.config.WindowLimit;
import io.countersign.venues.Operation;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * In what a rule differs.
 */
final class RuleChange
{
    private static final int MAX_LISTED = 8;

    private final Differences ofPrincipal;

    RuleChange(final Differences ofPrincipal)
    {
        this.ofPrincipal = ofPrincipal;
    }

    void added(final RuleConfig rule)
    {
        ofPrincipal.of("rule " + rule.name()).add(true, "added with keys " + list(rule.keys()) + "; operations " +
            list(operations(rule)) + "; symbols " + list(rule.symbols()));
    }

    /** The next one is null where it was removed. */
    void compare(final RuleConfig old, final RuleConfig next)
    {
        final Differences differences = ofPrincipal.of("rule " + old.name());
        if (null == next)
        {
            differences.add(false, "removed");
            return;
        }
        differences.allowed("key", old.keys(), next.keys());
        differences.allowed("operation", operations(old), operations(next));
        compareSymbols(differences, old.symbols(), next.symbols());
        compareLimits(differences, old.limits(), next.limits());
        compareWindows(differences, old.windows(), next.windows());
        compareThrottles(differences, old.throttle(), next.throttle());
    }

    /** Also the limits of a principal. One length may stand for orders and notional in one or two limits. */
    static void compareWindows(
        final Differences differences, final List<WindowLimit> olds, final List<WindowLimit> nexts)
    {
        final Map<Long, WindowLimit> from = byLength(olds);
        final Map<Long, WindowLimit> to = byLength(nexts);
        final TreeSet<Long> lengths = new TreeSet<>(from.keySet());
        lengths.addAll(to.keySet());
        for (final long perNs : lengths)
        {
            final WindowLimit none = new WindowLimit(perNs, WindowLimit.NO_MAX_ORDERS, null);
            final WindowLimit old = from.getOrDefault(perNs, none);
            final WindowLimit next = to.getOrDefault(perNs, none);
            final Differences ofWindow = differences.of("per " + Texts.window(perNs));
            final boolean hadMax = WindowLimit.NO_MAX_ORDERS != old.maxOrders();
            ofWindow.value("max-orders", orders(old), orders(next), hadMax &&
                (WindowLimit.NO_MAX_ORDERS == next.maxOrders() || next.maxOrders() > old.maxOrders()));
            ofWindow.ceiling("max-notional", old.maxNotional(), next.maxNotional());
        }
    }

    private static Map<Long, WindowLimit> byLength(final List<WindowLimit> limits)
    {
        final Map<Long, WindowLimit> byLength = new TreeMap<>();
        for (final WindowLimit limit : limits)
        {
            byLength.merge(limit.perNs(), limit, RuleChange::stricter);
        }
        return byLength;
    }

    private static WindowLimit stricter(final WindowLimit a, final WindowLimit b)
    {
        final boolean isOfA = WindowLimit.NO_MAX_ORDERS == b.maxOrders() ||
            WindowLimit.NO_MAX_ORDERS != a.maxOrders() && a.maxOrders() <= b.maxOrders();
        final boolean isNotionalOfA = null == b.maxNotional() || null != a.maxNotional() &&
            Texts.decimal(a.maxNotional()).compareTo(Texts.decimal(b.maxNotional())) <= 0;
        return new WindowLimit(
            a.perNs(), isOfA ? a.maxOrders() : b.maxOrders(), isNotionalOfA ? a.maxNotional() : b.maxNotional());
    }

    private static String orders(final WindowLimit limit)
    {
        return WindowLimit.NO_MAX_ORDERS == limit.maxOrders() ? "not set" : Long.toString(limit.maxOrders());
    }

    private static void compareSymbols(
        final Differences differences, final List<String> old, final List<String> next)
    {
        final boolean wasAny = old.contains(RuleConfig.ANY_SYMBOL);
        final boolean isAny = next.contains(RuleConfig.ANY_SYMBOL);
        if (wasAny == isAny)
        {
            differences.allowed("symbol", old, next);
        }
        else
        {
            differences.value("symbols", wasAny ? "any" : list(old), isAny ? "any" : list(next), isAny);
        }
    }

    private static void compareLimits(final Differences differences, final OrderLimits old, final OrderLimits next)
    {
        differences.allowed("side", names(old.sides()), names(next.sides()));
        differences.allowed("order type", names(old.orderTypes()), names(next.orderTypes()));
        differences.ceiling("max-quantity", old.maxQuantity(), next.maxQuantity());
        differences.ceiling("max-notional", old.maxNotional(), next.maxNotional());
        differences.floor("min-price", old.minPrice(), next.minPrice());
        differences.ceiling("max-price", old.maxPrice(), next.maxPrice());
    }

    /** More executions or a shorter time let more through before the rule stops. */
    private static void compareThrottles(
        final Differences differences, final ThrottleConfig old, final ThrottleConfig next)
    {
        final boolean isWider = null != old &&
            (null == next || next.executions() > old.executions() || next.perNs() < old.perNs());
        differences.value("throttle", text(old), text(next), isWider);
    }

    private static String text(final ThrottleConfig throttle)
    {
        return null == throttle ? "not set" : throttle.executions() + " per " + Texts.window(throttle.perNs());
    }

    private static List<String> operations(final RuleConfig rule)
    {
        return rule.operations().stream().map(Operation::configName).toList();
    }

    private static List<String> names(final Collection<?> values)
    {
        return values.stream().map(Object::toString).toList();
    }

    private static String list(final List<String> names)
    {
        return names.isEmpty() ? "none" : names.size() <= MAX_LISTED ? String.join(", ", names) :
            String.join(", ", names.subList(0, MAX_LISTED)) + " and " + (names.size() - MAX_LISTED) + " more";
    }
}
