package io.countersign.ops.audit;

import org.agrona.DirectBuffer;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Lines for people: columns first, then {@code name=value}, and last what was signed.
 */
final class TextWriter implements RecordWriter
{
    private static final int SEQUENCE_WIDTH = 8;
    private static final int TYPE_WIDTH = 16;

    private final LineBuffer out;
    private final TimeText times = new TimeText();
    private final Map<String, String> typeNames = new HashMap<>();
    private String difference;
    private int start;
    private int fieldsStart;
    private boolean isBegun;

    /**
     * Construct.
     *
     * @param out to write to.
     */
    TextWriter(final LineBuffer out)
    {
        this.out = out;
    }

    @Override
    public void head()
    {
    }

    @Override
    public void begin(final long sequence, final long utcNs, final String type)
    {
        start = isBegun ? start : out.length();
        isBegun = true;
        out.cut(start);
        difference = null;
        out.appendPadded(sequence, SEQUENCE_WIDTH).append(' ');
        times.appendMicros(out, utcNs);
        out.append(' ').appendPadded(typeNames.computeIfAbsent(type, TextWriter::typeName), TYPE_WIDTH);
        fieldsStart = out.length();
    }

    /** Where in the buffer the fields of the record begin; ASCII stands before it. */
    int fieldsStart()
    {
        return fieldsStart;
    }

    @Override
    public void principal(final Span name)
    {
        text(null, "principal=", name);
    }

    @Override
    public void key(final Span alias)
    {
        text(null, "key=", alias);
    }

    @Override
    public void number(final String name, final String prefix, final long value)
    {
        if (null != prefix)
        {
            out.append(' ').append(prefix).append(value);
        }
    }

    @Override
    public void text(final String name, final String prefix, final Span value)
    {
        if (null != prefix)
        {
            out.append(' ').append(prefix);
            word(value);
        }
    }

    @Override
    public void symbol(final String name, final String prefix, final String value)
    {
        if (null != prefix)
        {
            out.append(' ').append(prefix).append(value);
        }
    }

    @Override
    public void hexNumber(final String name, final String prefix, final long value)
    {
        if (null != prefix)
        {
            out.append(' ').append(prefix).appendHexDigits(value);
        }
    }

    @Override
    public void decimal(final String name, final String prefix, final long mantissa, final int exponent)
    {
        if (null != prefix)
        {
            out.append(' ').append(prefix).appendDecimal(mantissa, exponent);
        }
    }

    @Override
    public void hex(final String name, final String prefix, final Span value)
    {
        if (null != prefix)
        {
            out.append(' ').append(prefix).appendHex(value.buffer(), value.offset(), value.length());
        }
    }

    @Override
    public void payload(final String name, final Span value)
    {
        out.append(" | ").append(name).append('=');
        if (isPlain(value, false))
        {
            out.append(value.buffer(), value.offset(), value.length());
        }
        else
        {
            out.appendUtf8(EscapedText.of(value.toString()));
        }
    }

    @Override
    public void nest(final String name)
    {
    }

    @Override
    public void unnest()
    {
    }

    @Override
    public void raw(final Span record, final String file, final long offset)
    {
    }

    /** On a line of its own, since nothing may follow a payload. */
    @Override
    public void redecided(final Difference difference)
    {
        this.difference = difference.text();
    }

    @Override
    public void end()
    {
        out.append('\n');
        if (null != difference)
        {
            out.append("         ").appendUtf8(difference).append('\n');
        }
        isBegun = false;
    }

    /** In quotation marks when it would otherwise not be seen as one word. */
    private void word(final Span span)
    {
        if (!span.isEmpty() && isPlain(span, true))
        {
            out.append(span.buffer(), span.offset(), span.length());
            return;
        }
        final String text = span.toString();
        final boolean isWord = !text.isEmpty() && text.chars().noneMatch(
            (c) -> Character.isWhitespace(c) || Character.isSpaceChar(c) || '"' == c || '|' == c || '=' == c);
        final String escaped = EscapedText.of(text);
        if (isWord)
        {
            out.appendUtf8(escaped);
        }
        else
        {
            out.append('"').appendUtf8(escaped.replace("\"", "\\\"")).append('"');
        }
    }

    /** Whether nothing but printable ASCII is in it that needs no second look. */
    private static boolean isPlain(final Span span, final boolean isWord)
    {
        final DirectBuffer from = span.buffer();
        final int end = span.offset() + span.length();
        for (int i = span.offset(); i < end; i++)
        {
            final byte c = from.getByte(i);
            if (c < ' ' || '\\' == c || 0x7F == c || isWord && (' ' == c || '"' == c || '|' == c || '=' == c))
            {
                return false;
            }
        }
        return true;
    }

    /** GatewayStarted becomes GATEWAY_STARTED. */
    private static String typeName(final String type)
    {
        return type.replaceAll("([a-z])([A-Z])", "$1_$2").toUpperCase(Locale.ROOT);
    }
}
