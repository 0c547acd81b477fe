package io.countersign.ops.audit;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * One JSON object (RFC 8259) a line. Numbers of the schema are JSON numbers, all integers, up to 64 bits; decimals are
 * strings, so that they stay exact; bytes are hexadecimal. What was signed is given as text in {@code payload} when it
 * is UTF-8, else in {@code payloadHex}, and always as {@code payloadSha256}.
 */
final class JsonWriter implements RecordWriter
{
    private static final String RECORD = "record";
    private static final String PAYLOAD_SHA256 = "payloadSha256";

    private final LineBuffer out;
    private final boolean isRaw;
    private final TimeText times = new TimeText();
    private final Digest digest = new Digest();
    private int start;
    private boolean isBegun;
    private boolean isFirst;

    /**
     * Construct.
     *
     * @param out   to write to.
     * @param isRaw whether {@link #raw} is to be written.
     */
    JsonWriter(final LineBuffer out, final boolean isRaw)
    {
        this.out = out;
        this.isRaw = isRaw;
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
        out.append("{\"sequence\":").append(sequence).append(",\"utc\":\"");
        times.appendNanos(out, utcNs);
        out.append("\",\"utcNs\":").append(utcNs);
        isFirst = false;
        symbol("type", null, type);
    }

    @Override
    public void principal(final Span name)
    {
        text("principal", null, name);
    }

    @Override
    public void key(final Span alias)
    {
        text("key", null, alias);
    }

    @Override
    public void number(final String name, final String prefix, final long value)
    {
        name(name).append(value);
    }

    @Override
    public void text(final String name, final String prefix, final Span value)
    {
        name(name).append('"');
        escaped(value);
        out.append('"');
    }

    @Override
    public void symbol(final String name, final String prefix, final String value)
    {
        name(name).append('"').append(value).append('"');
    }

    @Override
    public void hexNumber(final String name, final String prefix, final long value)
    {
        name(name).append('"').appendHexDigits(value).append('"');
    }

    @Override
    public void decimal(final String name, final String prefix, final long mantissa, final int exponent)
    {
        name(name).append('"').appendDecimal(mantissa, exponent).append('"');
    }

    @Override
    public void hex(final String name, final String prefix, final Span value)
    {
        // Raw, the bytes of a record that cannot be decoded follow like those of any other.
        if (!isRaw || !RECORD.equals(name))
        {
            name(name).append('"').appendHex(value.buffer(), value.offset(), value.length()).append('"');
        }
    }

    @Override
    public void payload(final String name, final Span value)
    {
        if (isUtf8(value))
        {
            text(name, null, value);
        }
        else
        {
            hex(name + "Hex", null, value);
        }
        name(PAYLOAD_SHA256).append('"').appendHex(digest.sha256(value)).append('"');
    }

    @Override
    public void nest(final String name)
    {
        name(name).append('{');
        isFirst = true;
    }

    @Override
    public void unnest()
    {
        out.append('}');
        isFirst = false;
    }

    @Override
    public void raw(final Span record, final String file, final long offset)
    {
        if (isRaw)
        {
            name(RECORD).append('"').appendBase64(record.toBytes()).append('"');
            name("file").append('"').appendUtf8(escaped(file)).append('"');
            number("offset", null, offset);
        }
    }

    @Override
    public void redecided(final Difference difference)
    {
        symbol("redecidedReason", null, difference.reason());
        name("redecidedRule").append('"').appendUtf8(escaped(difference.rule())).append('"');
        symbol("redecidedCertain", null, String.valueOf(difference.isCertain()));
    }

    @Override
    public void end()
    {
        out.append('}').append('\n');
        isBegun = false;
    }

    private LineBuffer name(final String name)
    {
        if (!isFirst)
        {
            out.append(',');
        }
        isFirst = false;
        return out.appendName(name);
    }

    private void escaped(final Span text)
    {
        if (!out.appendPlain(text))
        {
            out.appendUtf8(escaped(text.toString()));
        }
    }

    private boolean isUtf8(final Span text)
    {
        final int end = out.length();
        final boolean isPlain = out.appendPlain(text);
        out.cut(end);
        return isPlain || isUtf8(text.toBytes());
    }

    private static boolean isUtf8(final byte[] bytes)
    {
        try
        {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        }
        catch (final CharacterCodingException ex)
        {
            return false;
        }
    }

    private static StringBuilder escaped(final String value)
    {
        final StringBuilder escaped = new StringBuilder(value.length() + 16);
        value.codePoints().forEach((c) ->
        {
            if ('"' == c || '\\' == c)
            {
                escaped.append('\\').append((char) c);
            }
            else
            {
                EscapedText.append(escaped, c);
            }
        });
        return escaped;
    }
}
