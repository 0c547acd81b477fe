package io.countersign.gateway.policy;

import io.countersign.gateway.config.LoginLimit;
import io.countersign.gateway.config.OrderLimits;
import io.countersign.gateway.config.RuleConfig;
import io.countersign.gateway.config.SignatureTerms;
import io.countersign.gateway.config.ThrottleConfig;
import io.countersign.gateway.config.WindowLimit;
import io.countersign.venues.Operation;
import io.countersign.venues.Scope;

import java.util.Arrays;
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
    private RuleChange()
    {
    }

    static void added(final Differences ofPrincipal, final RuleConfig rule)
    {
        final List<String> scopes = scopesWithoutOperations(rule);
        ofPrincipal.of("rule " + rule.name()).add(true, "added with keys " + Differences.list(rule.keys()) +
            "; operations " + Differences.list(operations(rule)) + (scopes.isEmpty() ? "" :
            "; scopes " + Differences.list(scopes)) + "; symbols " + Differences.list(rule.symbols()));
    }

    /** The next one is null where it was removed. What chooses the rule may be drift also where it became narrower. */
    static void compare(
        final Differences ofPrincipal, final RuleConfig old, final RuleConfig next, final boolean isNarrowingDrift)
    {
        final Differences limits = ofPrincipal.of("rule " + old.name());
        final Differences choice = isNarrowingDrift ? limits.whereNarrowingIsDrift() : limits;
        if (null == next)
        {
            choice.add(false, "removed");
            return;
        }
        choice.allowed("key", old.keys(), next.keys());
        choice.allowed("operation", operations(old), operations(next));
        limits.allowed("scope", scopesWithoutOperations(old), scopesWithoutOperations(next));
        compareSymbols(choice, old.symbols(), next.symbols());
        compareLimits(choice, old.limits(), next.limits());
        compareWindows(limits, old.windows(), next.windows());
        compareThrottles(limits, old.throttle(), next.throttle());
        compareTerms(limits, old.terms(), next.terms());
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
            differences.value("symbols", wasAny ? "any" : Differences.list(old), isAny ? "any" : Differences.list(next),
                isAny);
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

    private static void compareTerms(final Differences differences, final SignatureTerms old, final SignatureTerms next)
    {
        final LoginLimit from = old.logins();
        final LoginLimit to = next.logins();
        differences.value("max-logins", text(from), text(to), null != from && null != to &&
            (to.logins() > from.logins() || to.perNs() < from.perNs()));
        differences.value("max-receive-window", milliseconds(old), milliseconds(next), 0 != old.maxReceiveWindowMs() &&
            (0 == next.maxReceiveWindowMs() || next.maxReceiveWindowMs() > old.maxReceiveWindowMs()));
        differences.allowed("acknowledged power", old.acknowledged(), next.acknowledged());
    }

    private static String text(final LoginLimit logins)
    {
        return null == logins ? "not set" : logins.logins() + " per " + Texts.window(logins.perNs());
    }

    private static String milliseconds(final SignatureTerms terms)
    {
        return 0 == terms.maxReceiveWindowMs() ? "not set" : terms.maxReceiveWindowMs() + " ms";
    }

    private static List<String> operations(final RuleConfig rule)
    {
        return rule.operations().stream().map(Operation::configName).toList();
    }

    /** What the operations do not tell already. */
    private static List<String> scopesWithoutOperations(final RuleConfig rule)
    {
        return rule.scopes().stream()
            .filter((scope) -> Arrays.stream(Operation.values()).noneMatch((each) -> scope == each.scope()))
            .map(Scope::configName)
            .toList();
    }

    private static List<String> names(final Collection<?> values)
    {
        return values.stream().map(Object::toString).toList();
    }
}
