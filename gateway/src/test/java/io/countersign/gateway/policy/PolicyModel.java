package io.countersign.gateway.policy;

import io.countersign.codecs.wire.OrderType;
import io.countersign.codecs.wire.Reason;
import io.countersign.codecs.wire.Side;
import io.countersign.gateway.config.KeyWindow;
import io.countersign.gateway.config.OrderLimits;
import io.countersign.gateway.config.OrderLimits.Limit;
import io.countersign.gateway.config.PolicyConfig;
import io.countersign.gateway.config.PriceBand;
import io.countersign.gateway.config.PrincipalConfig;
import io.countersign.gateway.config.RuleConfig;
import io.countersign.gateway.config.Schedule;
import io.countersign.gateway.config.WindowLimit;
import io.countersign.venues.Operation;
import io.countersign.venues.Order;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import static io.countersign.gateway.policy.ModelAmounts.PRICED;
import static io.countersign.gateway.policy.ModelAmounts.decimal;
import static io.countersign.gateway.policy.ModelAmounts.notional;

/**
 * What a policy means, slow and plain: it remembers everything that went through and adds it up anew each time.
 */
final class PolicyModel
{
    private static final List<Integer> IN_ORDER = List.of(41, 42, 43, 45, 46, 44, 47, 48, 0);

    final Set<String> switches = new HashSet<>();
    final Set<String> stopped = new HashSet<>();
    private final Map<String, List<Entry>> accounts = new HashMap<>();
    private final Map<String, ModelBucket> buckets = new HashMap<>();
    private long latestNs;
    private PolicyConfig config;

    PolicyModel(final PolicyConfig config)
    {
        this.config = config;
    }

    Expected decide(final int principalIndex, final Order order, final long utcNs, final int accessScopes)
    {
        final PrincipalConfig principal = config.everybody().get(principalIndex);
        final String key = order.key().toString();
        if (config.keys().stream().noneMatch((each) -> each.spec().alias().equals(key)))
        {
            return new Expected(Reason.UNKNOWN_KEY.value(), "", false);
        }
        final int standing = standing(principal, key, order, utcNs, accessScopes);
        if (0 != standing)
        {
            return new Expected(standing, "", false);
        }
        RuleConfig nearest = null;
        int reason = 41;
        for (final RuleConfig rule : principal.rules())
        {
            final int ofRule = reason(rule, order);
            if (null == nearest || IN_ORDER.indexOf(ofRule) > IN_ORDER.indexOf(reason))
            {
                nearest = rule;
                reason = ofRule;
            }
        }
        if (0 == reason)
        {
            reason = limits(principal, nearest, order, Math.max(utcNs, latestNs));
        }
        return new Expected(Math.abs(reason), null == nearest ? "" : nearest.name(), -52 == reason);
    }

    void count(final int principalIndex, final String ruleName, final Order order, final long utcNs)
    {
        latestNs = Math.max(latestNs, utcNs);
        final PrincipalConfig principal = config.everybody().get(principalIndex);
        if (null != principal.messages())
        {
            bucket(principal).take(principal.messages(), latestNs);
        }
        if (Operation.LOGIN == order.operation())
        {
            principal.rules().stream().filter((rule) -> rule.name().equals(ruleName) && null != rule.terms().logins())
                .forEach((rule) -> account(logins(principal, rule)).add(new Entry(latestNs, BigDecimal.ONE)));
        }
        if (Operation.NEW_ORDER == order.operation() || Operation.TRANSACT == order.operation())
        {
            final BigDecimal notional = notional(order);
            principal.limits().forEach((limit) -> enter(principal.name() + "//", limit, notional));
            for (final RuleConfig rule : principal.rules())
            {
                if (rule.name().equals(ruleName))
                {
                    rule.windows().forEach(
                        (limit) -> enter(principal.name() + "/" + ruleName + "/", limit, notional));
                    if (null != rule.throttle())
                    {
                        account(principal.name() + "/" + ruleName + "/throttle/" + rule.throttle().perNs())
                            .add(new Entry(latestNs, BigDecimal.ONE));
                    }
                }
            }
        }
    }

    void enable(final String principal, final String rule)
    {
        final boolean isKnown = config.everybody().stream().anyMatch((each) -> each.name().equals(principal) &&
            each.rules().stream().anyMatch((its) -> its.name().equals(rule)));
        if (stopped.remove(principal + "/" + rule) && isKnown)
        {
            accounts.keySet().removeIf((name) -> name.startsWith(principal + "/" + rule + "/throttle/"));
        }
    }

    void swap(final PolicyConfig next)
    {
        config = next;
        final Set<String> known = new HashSet<>();
        final Set<String> knownBuckets = new HashSet<>();
        for (final PrincipalConfig principal : next.everybody())
        {
            if (null != principal.messages())
            {
                knownBuckets.add(bucketName(principal));
            }
            principal.limits().forEach((limit) -> addNames(known, principal.name() + "//", limit));
            for (final RuleConfig rule : principal.rules())
            {
                final String prefix = principal.name() + "/" + rule.name() + "/";
                rule.windows().forEach((limit) -> addNames(known, prefix, limit));
                if (null != rule.throttle())
                {
                    known.add(prefix + "throttle/" + rule.throttle().perNs());
                }
                if (null != rule.terms().logins())
                {
                    known.add(logins(principal, rule));
                }
            }
        }
        accounts.keySet().retainAll(known);
        buckets.keySet().retainAll(knownBuckets);
    }

    private static void addNames(final Set<String> names, final String prefix, final WindowLimit limit)
    {
        if (WindowLimit.NO_MAX_ORDERS != limit.maxOrders())
        {
            names.add(prefix + "orders/" + limit.perNs());
        }
        if (null != limit.maxNotional())
        {
            names.add(prefix + "notional/" + limit.perNs());
        }
    }

    private int standing(
        final PrincipalConfig principal,
        final String key,
        final Order order,
        final long utcNs,
        final int accessScopes)
    {
        final Set<Operation> served = served(key, order.operation());
        for (final Operation operation : served)
        {
            final boolean isCancel =
                Operation.CANCEL_ORDER == operation || Operation.CANCEL_ALL == operation;
            final String reach = isCancel ? "2/" : "1/";
            if (switches.contains(reach + "1/") || switches.contains(reach + "2/binance-spot") ||
                switches.contains(reach + "3/" + key) || switches.contains(reach + "4/" + principal.name()))
            {
                return 53;
            }
        }
        if (principal.expiresNs() <= Math.max(utcNs, latestNs))
        {
            return 55;
        }
        if (null != principal.schedule() && !ModelSchedule.isOpen(principal.schedule(), utcNs))
        {
            return 56;
        }
        for (final KeyWindow window : config.keyWindows())
        {
            if (window.alias().equals(key) &&
                (utcNs < window.fromNs() || Math.max(utcNs, latestNs) >= window.untilNs()))
            {
                return 54;
            }
        }
        return null != principal.accessToken() && served.stream().anyMatch((operation) ->
            principal.accessToken().requiredFor().contains(operation.scope()) &&
            0 == (accessScopes & operation.scope().bit())) ? 57 : 0;
    }

    /** What the venue takes a signed request for. */
    private Set<Operation> served(final String key, final Operation operation)
    {
        final Set<Operation> served = EnumSet.of(operation);
        config.keys().stream().filter((each) -> each.spec().alias().equals(key))
            .forEach((each) -> served.addAll(each.venue().equivalents(operation)));
        return served;
    }

    private int reason(final RuleConfig rule, final Order order)
    {
        if (!rule.keys().contains(order.key().toString()))
        {
            return 41;
        }
        if (!rule.operations().contains(order.operation()))
        {
            return 42;
        }
        if (Operation.QUERY_ACCOUNT != order.operation() && Operation.LOGIN != order.operation() &&
            !rule.symbols().equals(List.of("*")) &&
            !rule.symbols().contains(order.symbol().toString()))
        {
            return 43;
        }
        return Operation.NEW_ORDER == order.operation() ? reasonOfNewOrder(rule.limits(), order) :
            Operation.TRANSACT == order.operation() ? reasonOfTransaction(rule.limits(), order) : 0;
    }

    private int reasonOfTransaction(final OrderLimits limits, final Order order)
    {
        final BigDecimal quantity = decimal(order.quantity());
        if (null != limits.maxQuantity() && null != quantity && quantity.compareTo(decimal(limits.maxQuantity())) > 0)
        {
            return 44;
        }
        final BigDecimal value = notional(order);
        return null != limits.maxNotional() &&
            (null == value || value.compareTo(decimal(limits.maxNotional())) > 0) ? 48 : 0;
    }

    private int reasonOfNewOrder(final OrderLimits limits, final Order order)
    {
        final BigDecimal quantity = decimal(order.quantity());
        if (!limits.sides().contains(Side.get(order.side())))
        {
            return 45;
        }
        if (!limits.orderTypes().contains(OrderType.get(order.orderType())))
        {
            return 46;
        }
        if (null != limits.maxQuantity() && (null == quantity || null != decimal(order.quoteQuantity()) ||
            quantity.compareTo(decimal(limits.maxQuantity())) > 0))
        {
            return 44;
        }
        final PriceBand band = config.priceBands().get(order.symbol().toString());
        if (isOutside(limits.minPrice(), limits.maxPrice(), order) ||
            null != band && isOutside(band.min(), band.max(), order))
        {
            return 47;
        }
        final BigDecimal notional = notional(order);
        return null != limits.maxNotional() &&
            (null == notional || notional.compareTo(decimal(limits.maxNotional())) > 0) ? 48 : 0;
    }

    private static boolean isOutside(final Limit min, final Limit max, final Order order)
    {
        if (null == min && null == max)
        {
            return false;
        }
        final BigDecimal price = decimal(order.price());
        final BigDecimal stopPrice = decimal(order.stopPrice());
        final boolean isPriced = PRICED.contains(OrderType.get(order.orderType()));
        return null == price || !isPriced || isOutside(min, max, price) ||
            null != stopPrice && isOutside(min, max, stopPrice);
    }

    private static boolean isOutside(final Limit min, final Limit max, final BigDecimal price)
    {
        return null != min && price.compareTo(decimal(min)) < 0 || null != max && price.compareTo(decimal(max)) > 0;
    }

    private int limits(final PrincipalConfig principal, final RuleConfig rule, final Order order, final long utcNs)
    {
        if (null != principal.messages() && !bucket(principal).hasRoom(principal.messages(), utcNs))
        {
            return 49;
        }
        if (Operation.LOGIN == order.operation() && null != rule.terms().logins())
        {
            final long perNs = rule.terms().logins().perNs();
            final BigDecimal logins = sum(logins(principal, rule), perNs, utcNs);
            return logins.longValueExact() >= rule.terms().logins().logins() ? 58 : 0;
        }
        if (Operation.NEW_ORDER != order.operation() && Operation.TRANSACT != order.operation())
        {
            return 0;
        }
        if (stopped.contains(principal.name() + "/" + rule.name()))
        {
            return 52;
        }
        final List<WindowLimit> limits = new ArrayList<>(principal.limits());
        limits.addAll(rule.windows());
        for (int i = 0; i < limits.size(); i++)
        {
            final String prefix = principal.name() + "/" + (i < principal.limits().size() ? "" : rule.name()) + "/";
            final WindowLimit limit = limits.get(i);
            final String per = "/" + limit.perNs();
            if (WindowLimit.NO_MAX_ORDERS != limit.maxOrders() && BigDecimal.valueOf(limit.maxOrders()).compareTo(
                sum(prefix + "orders" + per, limit.perNs(), utcNs).add(BigDecimal.ONE)) < 0)
            {
                return 50;
            }
            final BigDecimal notional = notional(order);
            if (null != limit.maxNotional() && (null == notional || decimal(limit.maxNotional()).compareTo(
                sum(prefix + "notional" + per, limit.perNs(), utcNs).add(notional)) < 0))
            {
                return 51;
            }
        }
        if (null != rule.throttle())
        {
            final long perNs = rule.throttle().perNs();
            final BigDecimal executions =
                sum(principal.name() + "/" + rule.name() + "/throttle/" + perNs, perNs, utcNs);
            return executions.longValueExact() >= rule.throttle().executions() ? -52 : 0;
        }
        return 0;
    }

    private static String logins(final PrincipalConfig principal, final RuleConfig rule)
    {
        return principal.name() + "/" + rule.name() + "/logins/" + rule.terms().logins().perNs();
    }

    private void enter(final String prefix, final WindowLimit limit, final BigDecimal notional)
    {
        if (WindowLimit.NO_MAX_ORDERS != limit.maxOrders())
        {
            account(prefix + "orders/" + limit.perNs()).add(new Entry(latestNs, BigDecimal.ONE));
        }
        if (null != limit.maxNotional() && null != notional)
        {
            account(prefix + "notional/" + limit.perNs()).add(new Entry(latestNs, notional));
        }
    }

    /** What is not yet wholly outside: for a day, of this day; for a window, of slots of 1/64 that reach into it. */
    private BigDecimal sum(final String account, final long perNs, final long utcNs)
    {
        BigDecimal sum = BigDecimal.ZERO;
        for (final Entry entry : account(account))
        {
            final long slotNs = (perNs + 63) / 64;
            final boolean isIn = WindowLimit.DAY == perNs ?
                entry.utcNs / Schedule.DAY_NS == utcNs / Schedule.DAY_NS :
                (entry.utcNs / slotNs + 1) * slotNs - 1 > utcNs - perNs;
            sum = isIn ? sum.add(entry.amount) : sum;
        }
        return sum;
    }

    private List<Entry> account(final String name)
    {
        return accounts.computeIfAbsent(name, (key) -> new ArrayList<>());
    }

    private ModelBucket bucket(final PrincipalConfig principal)
    {
        return buckets.computeIfAbsent(bucketName(principal), (name) -> new ModelBucket());
    }

    private static String bucketName(final PrincipalConfig principal)
    {
        return principal.name() + "/" + principal.messages().perNs();
    }

    record Expected(int reason, String rule, boolean stops)
    {
    }

    private record Entry(long utcNs, BigDecimal amount)
    {
    }
}
