package io.countersign.venues.text;

import io.countersign.codecs.MutableDecimal;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;

/**
 * Appends parameters {@code name=value}, joined by {@code &}, to a query that its writer holds from the first byte on.
 * Values that somebody else chose go through {@link PercentEncoding}, so that no value can begin another parameter.
 */
public final class QueryParameters
{
    private QueryParameters()
    {
    }

    /**
     * The bytes that begin a parameter: to be made once.
     *
     * @param name of the parameter, unreserved characters only.
     * @return the name and the equals sign.
     */
    public static byte[] name(final String name)
    {
        return (name + '=').getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * Append a value that this program chose.
     *
     * @param query to append to.
     * @param name  made by {@link #name}.
     * @param value unreserved characters only.
     */
    public static void literal(final TextWriter query, final byte[] name, final byte[] value)
    {
        begin(query, name).put(value);
    }

    /**
     * Append a text that somebody else chose.
     *
     * @param query  to append to; fails with {@link TextWriter#INVALID} when {@link PercentEncoding} refuses the text.
     * @param name   made by {@link #name}.
     * @param text   that holds its bytes.
     * @param offset of the first byte.
     * @param length in bytes.
     */
    public static void text(
        final TextWriter query, final byte[] name, final DirectBuffer text, final int offset, final int length)
    {
        PercentEncoding.append(begin(query, name), text, offset, length);
    }

    /**
     * Append an integer.
     *
     * @param query to append to.
     * @param name  made by {@link #name}.
     * @param value of the parameter.
     */
    public static void number(final TextWriter query, final byte[] name, final long value)
    {
        begin(query, name).putLong(value);
    }

    /**
     * Append a decimal number without exponent, trailing zeros kept.
     *
     * @param query to append to; fails with {@link TextWriter#INVALID} when the exponent is out of range.
     * @param name  made by {@link #name}.
     * @param value of the parameter, not null.
     */
    public static void decimal(final TextWriter query, final byte[] name, final MutableDecimal value)
    {
        begin(query, name).putDecimal(value.mantissa(), value.exponent());
    }

    private static TextWriter begin(final TextWriter query, final byte[] name)
    {
        if (query.length() > 0)
        {
            query.put((byte) '&');
        }
        return query.put(name);
    }
}
