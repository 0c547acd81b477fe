package io.countersign.gateway.config;

import io.countersign.codecs.DecimalText;
import io.countersign.codecs.wire.OrderType;
import io.countersign.codecs.wire.Side;
import io.countersign.gateway.config.OrderLimits.Limit;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Reads limits: on one new order, on new orders in a time, and on messages.
 */
final class LimitSection
{
    private static final long MAX_COUNT = 1_000_000_000;
    private static final long MAX_BUCKET = 1L << 62;

    private LimitSection()
    {
    }

    static OrderLimits read(final YamlMapping rule, final Problems problems)
    {
        final PriceBand band = band(rule, "min-price", "max-price", problems);
        return new OrderLimits(
            some(rule, "sides", EnumSet.of(Side.BUY, Side.SELL), problems),
            some(rule, "order-types",
                EnumSet.complementOf(EnumSet.of(OrderType.SBE_UNKNOWN, OrderType.NULL_VAL)), problems),
            quantity(rule, "max-quantity", problems),
            notional(rule, problems),
            band.min(),
            band.max());
    }

    static PriceBand band(
        final YamlMapping mapping, final String minField, final String maxField, final Problems problems)
    {
        final Limit min = quantity(mapping, minField, problems);
        final Limit max = quantity(mapping, maxField, problems);
        if (null != min && null != max &&
            0 < DecimalText.compare(min.low(), min.exponent(), max.low(), max.exponent()))
        {
            problems.add(mapping.error(minField, "'" + minField + "' is above '" + maxField +
                "'; expected a band that a price can be in"));
        }
        return new PriceBand(min, max);
    }

    /** Those that are well. */
    static List<WindowLimit> windows(final YamlMapping mapping, final Problems problems)
    {
        final List<WindowLimit> windows = new ArrayList<>();
        final Set<Long> lengthsNs = new HashSet<>();
        for (final YamlMapping item : mapping.mappings("limits", "a limit", problems))
        {
            final int before = problems.count();
            item.allowOnly(problems, "per", "max-orders", "max-notional");
            if (before == problems.count() && !item.has("max-orders") && !item.has("max-notional"))
            {
                problems.add(item.error(
                    "per", "the limit limits nothing; expected 'max-orders' or 'max-notional' or both"));
            }
            final Long perNs = problems.attempt(null, () -> TimeText.perOrDay(item));
            if (null != perNs && !lengthsNs.add(perNs))
            {
                problems.add(item.error("per", "a limit for this time stands twice; expected one for each"));
            }
            final Long maxOrders = problems.attempt(
                null, () -> item.number("max-orders", 1, MAX_COUNT, WindowLimit.NO_MAX_ORDERS));
            final Limit maxNotional = notional(item, problems);
            if (before == problems.count())
            {
                windows.add(new WindowLimit(perNs, maxOrders, maxNotional));
            }
        }
        return windows;
    }

    /** Null when anything is wrong with it. */
    static MessageLimit messages(final YamlMapping mapping, final Problems problems)
    {
        final int before = problems.count();
        final YamlMapping messages = mapping.mapping("max-messages", "per, count and burst", problems);
        if (null == messages)
        {
            return null;
        }
        messages.allowOnly(problems, "per", "count", "burst");
        final Long perNs = problems.attempt(null, () -> TimeText.per(messages));
        final Long count = problems.attempt(null, () -> messages.number("count", 1, MAX_COUNT));
        final long maxBurst = null == perNs ? MAX_COUNT : Math.min(MAX_COUNT, MAX_BUCKET / perNs);
        final Long burst = !messages.has("burst") ?
            count : problems.attempt(null, () -> messages.number("burst", 1, maxBurst));
        if (!messages.has("burst") && null != count && maxBurst < count)
        {
            problems.add(messages.error("count", "'count' is " + count + " and 'burst' would be, too; expected a " +
                "'burst' from 1 to " + maxBurst + " beside so long a 'per'"));
        }
        else if (null != perNs && null != count && null != burst &&
            Math.ceilDiv(burst * perNs, count) > Schedule.DAY_NS)
        {
            problems.add(messages.error("burst", "'burst' is " + burst + ", which takes longer than 24h to fill " +
                "again; expected 'burst' x 'per' / 'count' of at most 24h, which is what a restart counts again"));
        }
        return before == problems.count() ? new MessageLimit(perNs, count, burst) : null;
    }

    /** Null when anything is wrong with it. */
    static LoginLimit logins(final YamlMapping rule, final Problems problems)
    {
        final int before = problems.count();
        final YamlMapping logins = rule.mapping("max-logins", "per and count", problems);
        if (null == logins)
        {
            return null;
        }
        logins.allowOnly(problems, "per", "count");
        final Long count = problems.attempt(null, () -> logins.number("count", 1, MAX_COUNT));
        final Long perNs = problems.attempt(null, () -> TimeText.per(logins));
        return before == problems.count() ? new LoginLimit(count, perNs) : null;
    }

    static ThrottleConfig throttle(final YamlMapping rule, final Problems problems)
    {
        final int before = problems.count();
        final YamlMapping throttle = rule.mapping("repeated-execution-throttle", "executions and per", problems);
        if (null == throttle)
        {
            return null;
        }
        throttle.allowOnly(problems, "executions", "per");
        final Long executions = problems.attempt(null, () -> throttle.number("executions", 1, MAX_COUNT));
        final Long perNs = problems.attempt(null, () -> TimeText.per(throttle));
        return before == problems.count() ? new ThrottleConfig(executions, perNs) : null;
    }

    private static Limit quantity(final YamlMapping mapping, final String field, final Problems problems)
    {
        return !mapping.has(field) ? null : problems.attempt(
            null, () -> mapping.choice(field, AmountText::quantity, AmountText.QUANTITY));
    }

    private static Limit notional(final YamlMapping mapping, final Problems problems)
    {
        return !mapping.has("max-notional") ? null : problems.attempt(
            null, () -> mapping.choice("max-notional", AmountText::notional, AmountText.NOTIONAL));
    }

    private static <T extends Enum<T>> Set<T> some(
        final YamlMapping rule, final String field, final Set<T> all, final Problems problems)
    {
        if (!rule.has(field))
        {
            return all;
        }
        final List<String> known = new ArrayList<>();
        all.forEach((value) -> known.add(configName(value)));
        final List<T> some = rule.choices(
            field, (name) -> ofConfigName(all, name), "some of " + String.join(", ", known), problems);
        return some.isEmpty() ? all : EnumSet.copyOf(some);
    }

    private static <T extends Enum<T>> T ofConfigName(final Set<T> all, final String name)
    {
        return all.stream().filter((value) -> configName(value).equals(name)).findFirst().orElse(null);
    }

    private static String configName(final Enum<?> value)
    {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
