package io.countersign.ops.audit;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;

/**
 * Lines for people: columns first, then {@code name=value}, and last what was signed.
 */
final class LinePrinter implements RecordPrinter
{
    @Override
    public void print(final AuditRecord record, final StringBuilder out)
    {
        out.append("%8d %s %-16s".formatted(record.sequence(), Times.micros(record.utcNs()), typeName(record.type())));
        if (null != record.principal())
        {
            out.append(" principal=");
            appendWord(out, record.principal());
        }

        if (null != record.key())
        {
            out.append(" key=");
            appendWord(out, record.key());
        }

        appendFields(out, record.fields());
    }

    private static void appendFields(final StringBuilder out, final Fields fields)
    {
        for (final Fields.Field field : fields.list())
        {
            switch (field.kind())
            {
                case NESTED:
                    appendFields(out, (Fields) field.value());
                    break;

                case PAYLOAD:
                    out.append(" | ").append(field.name()).append('=');
                    EscapedText.append(out, new String((byte[]) field.value(), StandardCharsets.UTF_8));
                    break;

                default:
                    if (null != field.prefix())
                    {
                        out.append(' ').append(field.prefix());
                        appendValue(out, field);
                    }
                    break;
            }
        }
    }

    private static void appendValue(final StringBuilder out, final Fields.Field field)
    {
        switch (field.kind())
        {
            case TEXT -> appendWord(out, (String) field.value());
            case HEX -> out.append(HexFormat.of().formatHex((byte[]) field.value()));
            default -> out.append(field.value());
        }
    }

    /** In quotation marks when it would otherwise not be seen as one word. */
    private static void appendWord(final StringBuilder out, final String text)
    {
        final boolean isWord = !text.isEmpty() && text.chars().noneMatch(
            (c) -> Character.isWhitespace(c) || Character.isSpaceChar(c) || '"' == c || '|' == c || '=' == c);
        if (isWord)
        {
            EscapedText.append(out, text);
        }
        else
        {
            final StringBuilder escaped = new StringBuilder();
            EscapedText.append(escaped, text);
            out.append('"').append(escaped.toString().replace("\"", "\\\"")).append('"');
        }
    }

    /** GatewayStarted becomes GATEWAY_STARTED. */
    private static String typeName(final String type)
    {
        return type.replaceAll("([a-z])([A-Z])", "$1_$2").toUpperCase(Locale.ROOT);
    }
}
