package io.countersign.ops.audit;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * One JSON object (RFC 8259) a line. Numbers of the schema are JSON numbers, all integers, up to 64 bits; decimals are
 * strings, so that they stay exact; bytes are hexadecimal. What was signed is given as text in {@code payload} when it
 * is UTF-8, else in {@code payloadHex}, and always as {@code payloadSha256}.
 */
final class JsonPrinter implements RecordPrinter
{
    @Override
    public void print(final AuditRecord record, final StringBuilder out)
    {
        out.append("{\"sequence\":").append(record.sequence());
        out.append(",\"utc\":\"").append(Times.nanos(record.utcNs()));
        out.append("\",\"utcNs\":").append(record.utcNs());
        appendText(out, "type", record.type());
        if (null != record.principal())
        {
            appendText(out, "principal", record.principal());
        }

        if (null != record.key())
        {
            appendText(out, "key", record.key());
        }

        appendFields(out, record.fields());
        out.append('}');
    }

    private static void appendFields(final StringBuilder out, final Fields fields)
    {
        for (final Fields.Field field : fields.list())
        {
            switch (field.kind())
            {
                case NUMBER -> appendName(out, field.name()).append((long) field.value());
                case HEX -> appendText(out, field.name(), HexFormat.of().formatHex((byte[]) field.value()));
                case PAYLOAD -> appendPayload(out, field.name(), (byte[]) field.value());
                case NESTED ->
                {
                    final StringBuilder nested = new StringBuilder();
                    appendFields(nested, (Fields) field.value());
                    appendName(out, field.name()).append('{').append(nested, Math.min(1, nested.length()),
                        nested.length()).append('}');
                }
                default -> appendText(out, field.name(), (String) field.value());
            }
        }
    }

    private static void appendPayload(final StringBuilder out, final String name, final byte[] payload)
    {
        try
        {
            appendText(out, name, StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(payload)).toString());
        }
        catch (final CharacterCodingException ex)
        {
            appendText(out, name + "Hex", HexFormat.of().formatHex(payload));
        }

        appendText(out, name + "Sha256", HexFormat.of().formatHex(Digest.sha256(payload)));
    }

    private static void appendText(final StringBuilder out, final String name, final String value)
    {
        appendString(appendName(out, name), value);
    }

    private static StringBuilder appendName(final StringBuilder out, final String name)
    {
        out.append(',');
        appendString(out, name);
        return out.append(':');
    }

    private static void appendString(final StringBuilder out, final String value)
    {
        out.append('"');
        value.codePoints().forEach((c) ->
        {
            if ('"' == c || '\\' == c)
            {
                out.append('\\').append((char) c);
            }
            else if (EscapedText.isHarmless(c))
            {
                out.appendCodePoint(c);
            }
            else
            {
                for (final char unit : Character.toChars(c))
                {
                    EscapedText.appendUnit(out, unit);
                }
            }
        });
        out.append('"');
    }
}
