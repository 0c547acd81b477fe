package io.countersign.ops.audit;

import java.util.ArrayList;
import java.util.List;

/**
 * The fields of one record in order, each with what the two ways of printing need to know.
 */
final class Fields
{
    /**
     * How a value is to be printed.
     */
    enum Kind
    {
        /** A long. */
        NUMBER,
        /** A String that may hold anything. */
        TEXT,
        /** A String out of the schemas. */
        SYMBOL,
        /** An exact decimal: a JSON string, so that no reader makes a floating-point number of it. */
        DECIMAL,
        /** A byte[]. */
        HEX,
        /** The byte[] that was signed: last in a line, as text. */
        PAYLOAD,
        /** Fields within a field. */
        NESTED
    }

    /**
     * One field.
     *
     * @param name   in JSON, as in the schema.
     * @param prefix what precedes the value in a line; null leaves the field out of lines.
     * @param kind   of the value.
     * @param value  never null.
     */
    record Field(String name, String prefix, Kind kind, Object value)
    {
    }

    private final List<Field> list = new ArrayList<>();

    List<Field> list()
    {
        return list;
    }

    Fields number(final String name, final String prefix, final long value)
    {
        return add(name, prefix, Kind.NUMBER, value);
    }

    Fields text(final String name, final String prefix, final String value)
    {
        return add(name, prefix, Kind.TEXT, value);
    }

    Fields symbol(final String name, final String prefix, final Object value)
    {
        return add(name, prefix, Kind.SYMBOL, String.valueOf(value));
    }

    Fields add(final String name, final String prefix, final Kind kind, final Object value)
    {
        list.add(new Field(name, prefix, kind, value));
        return this;
    }
}
