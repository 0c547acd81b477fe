package io.countersign.gateway.config;

import io.countersign.codecs.DecimalText;
import io.countersign.codecs.MutableDecimal;
import io.countersign.codecs.wire.OrderType;
import io.countersign.codecs.wire.Side;
import io.countersign.gateway.config.OrderLimits.Limit;

import java.util.ArrayList;
import java.util.EnumSet;
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
            problems.attempt(null, () -> limit(rule, "max-quantity")),
            problems.attempt(null, () -> limit(rule, "max-notional")),
            band.min(),
            band.max());
    }

    static PriceBand band(
        final YamlMapping mapping, final String minField, final String maxField, final Problems problems)
    {
        final Limit min = problems.attempt(null, () -> limit(mapping, minField));
        final Limit max = problems.attempt(null, () -> limit(mapping, maxField));
        if (null != min && null != max &&
            0 < DecimalText.compare(min.mantissa(), min.exponent(), max.mantissa(), max.exponent()))
        {
            problems.add(mapping.error(minField, "'" + minField + "' is above '" + maxField +
                "'; expected a band that a price can be in"));
        }
        return new PriceBand(min, max);
    }

    static List<WindowLimit> windows(final YamlMapping mapping, final Problems problems)
    {
        final List<WindowLimit> windows = new ArrayList<>();
        for (final YamlMapping item : mapping.mappings("limits", "a limit", problems))
        {
            final WindowLimit window = problems.attempt(null, () -> window(item));
            if (null != window && windows.stream().anyMatch((other) -> other.perNs() == window.perNs()))
            {
                problems.add(item.error("per", "a limit for this time stands twice; expected one for each"));
            }
            else if (null != window)
            {
                windows.add(window);
            }
        }
        return windows;
    }

    static MessageLimit messages(final YamlMapping mapping) throws ConfigException
    {
        final YamlMapping messages = mapping.mapping("max-messages", "per, count and burst");
        messages.allowOnly("per", "count", "burst");
        final long perNs = TimeText.per(messages);
        final long count = messages.number("count", 1, MAX_COUNT);
        final long maxBurst = Math.min(MAX_COUNT, MAX_BUCKET / perNs);
        if (!messages.has("burst") && maxBurst < count)
        {
            throw messages.error("count", "'count' is " + count + " and 'burst' would be, too; expected a 'burst' " +
                "from 1 to " + maxBurst + " beside so long a 'per'");
        }
        final long burst = messages.number("burst", 1, maxBurst, count);
        if (Math.ceilDiv(burst * perNs, count) > Schedule.DAY_NS)
        {
            throw messages.error("burst", "'burst' is " + burst + ", which takes longer than 24h to fill again; " +
                "expected 'burst' x 'per' / 'count' of at most 24h, which is what a restart counts again");
        }
        return new MessageLimit(perNs, count, burst);
    }

    static ThrottleConfig throttle(final YamlMapping rule) throws ConfigException
    {
        final YamlMapping throttle = rule.mapping("repeated-execution-throttle", "executions and per");
        throttle.allowOnly("executions", "per");
        return new ThrottleConfig(throttle.number("executions", 1, MAX_COUNT), TimeText.per(throttle));
    }

    static Limit limit(final YamlMapping mapping, final String field) throws ConfigException
    {
        if (!mapping.has(field))
        {
            return null;
        }
        final String expected = "a plain decimal number above 0 with at most 18 decimals";
        final String text = mapping.text(field, expected);
        final MutableDecimal value = new MutableDecimal();
        if (!DecimalText.parse(text, value) || 0 >= value.mantissa())
        {
            throw mapping.error(field, "'" + field + "' is '" + text + "'; expected " + expected);
        }
        return new Limit(value.mantissa(), value.exponent());
    }

    private static WindowLimit window(final YamlMapping item) throws ConfigException
    {
        item.allowOnly("per", "max-orders", "max-notional");
        final long perNs = TimeText.perOrDay(item);
        if (!item.has("max-orders") && !item.has("max-notional"))
        {
            throw item.error("per", "the limit limits nothing; expected 'max-orders' or 'max-notional' or both");
        }
        return new WindowLimit(
            perNs,
            item.number("max-orders", 1, MAX_COUNT, WindowLimit.NO_MAX_ORDERS),
            limit(item, "max-notional"));
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
        final List<T> some = problems.attempt(List.copyOf(all), () -> rule.choices(
            field, (name) -> ofConfigName(all, name), "some of " + String.join(", ", known)));
        return EnumSet.copyOf(some);
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
