package io.countersign.ops.audit.report;

import io.countersign.ops.audit.FieldSink;
import io.countersign.ops.audit.Span;

import java.util.HashMap;
import java.util.Map;

/**
 * Holds the fields of one record by name. A record's own fields stand before those of its request.
 */
final class RecordValues implements FieldSink
{
    private final Map<String, Object> values = new HashMap<>();
    private long sequence;
    private long utcNs;
    private String type;

    long sequence()
    {
        return sequence;
    }

    long utcNs()
    {
        return utcNs;
    }

    String type()
    {
        return type;
    }

    boolean has(final String name)
    {
        return values.containsKey(name);
    }

    /** 0 where there is none. */
    long number(final String name)
    {
        return values.get(name) instanceof Long number ? number : 0;
    }

    /** Empty where there is none. */
    String text(final String name)
    {
        final Object value = values.get(name);
        return null == value ? "" : value.toString();
    }

    /** Those of a field that has fields itself. */
    void forEachNumber(final NumberHandler handler)
    {
        values.forEach((name, value) ->
        {
            if (value instanceof Long number)
            {
                handler.onNumber(name, number);
            }
        });
    }

    /**
     * Takes numbers with their names.
     */
    interface NumberHandler
    {
        void onNumber(String name, long value);
    }

    @Override
    public void begin(final long newSequence, final long newUtcNs, final String newType)
    {
        sequence = newSequence;
        utcNs = newUtcNs;
        type = newType;
        values.clear();
    }

    @Override
    public void principal(final Span name)
    {
        values.put("principal", name.toString());
    }

    @Override
    public void key(final Span alias)
    {
        values.put("key", alias.toString());
    }

    @Override
    public void number(final String name, final String prefix, final long value)
    {
        values.putIfAbsent(name, value);
    }

    @Override
    public void text(final String name, final String prefix, final Span value)
    {
        // Long texts are nobody's column.
        if (isWanted(name))
        {
            values.putIfAbsent(name, value.toString());
        }
    }

    @Override
    public void symbol(final String name, final String prefix, final String value)
    {
        values.putIfAbsent(name, value);
    }

    @Override
    public void hexNumber(final String name, final String prefix, final long value)
    {
    }

    @Override
    public void decimal(final String name, final String prefix, final long mantissa, final int exponent)
    {
    }

    @Override
    public void hex(final String name, final String prefix, final Span value)
    {
    }

    @Override
    public void payload(final String name, final Span value)
    {
    }

    @Override
    public void nest(final String name)
    {
    }

    @Override
    public void unnest()
    {
    }

    private static boolean isWanted(final String name)
    {
        return switch (name)
        {
            case "key", "rule", "operatorName", "version", "token", "ingress", "venue" -> true;
            default -> false;
        };
    }
}
