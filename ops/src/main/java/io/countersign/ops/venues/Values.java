package io.countersign.ops.venues;

import io.countersign.venues.NonceRule;
import io.countersign.venues.VenueParameter;
import io.countersign.venues.profile.FieldSource;
import io.countersign.venues.profile.FieldValue;
import io.countersign.venues.profile.TimeFormat;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a bot, the clock and the configuration must give so that a venue writes the request of a vector. A timestamp is
 * in nanoseconds here.
 */
final class Values
{
    private static final DateTimeFormatter FIX = DateTimeFormatter.ofPattern("yyyyMMdd-HH:mm:ss[.SSS]");
    private static final int NANO_DIGITS = 9;
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private final Map<FieldSource, String> values = new EnumMap<>(FieldSource.class);
    private final Map<String, String> parameters = new LinkedHashMap<>();

    Values()
    {
    }

    Values(final Values other)
    {
        values.putAll(other.values);
        parameters.putAll(other.parameters);
    }

    String get(final FieldSource source)
    {
        return values.get(source);
    }

    boolean has(final FieldSource source)
    {
        return values.containsKey(source);
    }

    /** The fields of a bot's request, by their sources. */
    Map<FieldSource, String> ofOrder()
    {
        final Map<FieldSource, String> order = new EnumMap<>(FieldSource.class);
        values.forEach((source, value) ->
        {
            if (source.isOfOrder() || FieldSource.REQUEST_ID == source)
            {
                order.put(source, value);
            }
        });
        return order;
    }

    /** Whether the value goes with what is there. */
    boolean put(final FieldSource source, final String value)
    {
        final String before = values.putIfAbsent(source, value);
        return null == before || before.equals(value) || FieldSource.TIMESTAMP == source &&
            Math.abs(Long.parseLong(before) - Long.parseLong(value)) < NANOS_PER_SECOND;
    }

    boolean putParameter(final String name, final String value)
    {
        final String before = parameters.putIfAbsent(name, value);
        return null == before || before.equals(value);
    }

    /** Whether all of them go with what is there. */
    boolean putAll(final Values other)
    {
        boolean isGood = true;
        for (final Map.Entry<FieldSource, String> entry : other.values.entrySet())
        {
            isGood &= put(entry.getKey(), entry.getValue());
        }
        for (final Map.Entry<String, String> entry : other.parameters.entrySet())
        {
            isGood &= putParameter(entry.getKey(), entry.getValue());
        }
        return isGood;
    }

    String parameter(final VenueParameter parameter)
    {
        final String value = parameters.getOrDefault(parameter.name(), parameter.defaultValue());
        return null != value ? value : parameter.values().isEmpty() ? "any" : parameter.values().getFirst();
    }

    long utcNs()
    {
        return has(FieldSource.TIMESTAMP) ? Long.parseLong(get(FieldSource.TIMESTAMP)) : NANOS_PER_SECOND;
    }

    /** Whether the nonce must be taken as the vector writes it: no number, or no UUID, as gateways make them. */
    boolean hasExampleNonce(final NonceRule rule)
    {
        return has(FieldSource.NONCE) && !(NonceRule.Kind.COUNTER == rule.kind() ?
            get(FieldSource.NONCE).matches("0|[1-9][0-9]{0,17}") :
            get(FieldSource.NONCE).matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"));
    }

    /** What it means when a value stands as this text in a request; null when it never does. */
    static String read(final FieldValue value, final String text)
    {
        return switch (value.source().kind())
        {
            case DECIMAL -> value.negativeSell() && text.startsWith("-") ? text.substring(1) : text;
            case GATEWAY -> FieldSource.TIMESTAMP == value.source() ?
                nanos(text, value.time(), value.plusMs()) : text;
            default -> text;
        };
    }

    /** Null when the text is no time in this format. */
    static String nanos(final String text, final TimeFormat format, final long plusMs)
    {
        try
        {
            final long nanos = switch (format)
            {
                case SECONDS -> Math.multiplyExact(Long.parseLong(text), NANOS_PER_SECOND);
                case MILLIS -> Math.multiplyExact(Long.parseLong(text), NANOS_PER_MILLI);
                case MICROS -> Math.multiplyExact(Long.parseLong(text), 1_000L);
                case SECONDS_MILLIS -> seconds(text);
                case ISO_8601 -> nanos(Instant.parse(text));
                case FIX -> nanos(LocalDateTime.parse(text, FIX).toInstant(ZoneOffset.UTC));
            };
            return Long.toString(nanos - plusMs * NANOS_PER_MILLI);
        }
        catch (final NumberFormatException | ArithmeticException | DateTimeException ex)
        {
            return null;
        }
    }

    /** A time in the format that is expected, else in any in which it can be read; null when there is none. */
    static String nanosOfAny(final String text, final TimeFormat expected, final long plusMs)
    {
        String nanos = nanos(text, expected, plusMs);
        for (final TimeFormat format : TimeFormat.values())
        {
            nanos = null == nanos ? nanos(text, format, plusMs) : nanos;
        }
        return nanos;
    }

    private static long seconds(final String text)
    {
        final int point = text.indexOf('.');
        if (point < 0 || text.length() - point - 1 > NANO_DIGITS)
        {
            throw new NumberFormatException(text);
        }
        final String fraction = text.substring(point + 1);
        return Math.addExact(Math.multiplyExact(Long.parseLong(text.substring(0, point)), NANOS_PER_SECOND),
            Long.parseLong(fraction + "0".repeat(NANO_DIGITS - fraction.length())));
    }

    private static long nanos(final Instant instant)
    {
        return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), NANOS_PER_SECOND), instant.getNano());
    }
}
