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
 * Reads the limits of one item of {@code principals[].rules}.
 */
final class LimitSection
{
    private LimitSection()
    {
    }

    static OrderLimits read(final YamlMapping rule) throws ConfigException
    {
        final Limit minPrice = limit(rule, "min-price");
        final Limit maxPrice = limit(rule, "max-price");
        if (null != minPrice && null != maxPrice && 0 < DecimalText.compare(
            minPrice.mantissa(), minPrice.exponent(), maxPrice.mantissa(), maxPrice.exponent()))
        {
            throw rule.error("min-price", "'min-price' is above 'max-price'; expected a band that a price can be in");
        }
        return new OrderLimits(
            some(rule, "sides", Side.class, EnumSet.of(Side.BUY, Side.SELL)),
            some(rule, "order-types", OrderType.class,
                EnumSet.complementOf(EnumSet.of(OrderType.SBE_UNKNOWN, OrderType.NULL_VAL))),
            limit(rule, "max-quantity"),
            limit(rule, "max-notional"),
            minPrice,
            maxPrice);
    }

    private static <T extends Enum<T>> Set<T> some(
        final YamlMapping rule, final String field, final Class<T> type, final Set<T> all) throws ConfigException
    {
        if (!rule.has(field))
        {
            return all;
        }
        final List<String> known = new ArrayList<>();
        all.forEach((value) -> known.add(configName(value)));
        final String expected = "some of " + String.join(", ", known);
        final Set<T> some = EnumSet.noneOf(type);
        for (final String name : rule.names(field, expected))
        {
            if (!known.contains(name))
            {
                throw rule.error(field, "'" + name + "' is unknown in '" + field + "'; expected " + expected);
            }
            all.stream().filter((value) -> configName(value).equals(name)).forEach(some::add);
        }
        return some;
    }

    private static Limit limit(final YamlMapping rule, final String field) throws ConfigException
    {
        if (!rule.has(field))
        {
            return null;
        }
        final String expected = "a plain decimal number above 0 with at most 18 decimals";
        final String text = rule.text(field, expected);
        final MutableDecimal value = new MutableDecimal();
        if (!DecimalText.parse(text, value) || 0 >= value.mantissa())
        {
            throw rule.error(field, "'" + field + "' is '" + text + "'; expected " + expected);
        }
        return new Limit(value.mantissa(), value.exponent());
    }

    private static String configName(final Enum<?> value)
    {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
