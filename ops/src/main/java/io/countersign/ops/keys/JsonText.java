package io.countersign.ops.keys;

import io.countersign.ops.audit.EscapedText;

import java.util.List;
import java.util.Map;

/**
 * Writes maps, lists, texts, numbers and flags as JSON (RFC 8259) on one line.
 */
final class JsonText
{
    private final StringBuilder out = new StringBuilder();

    private JsonText()
    {
    }

    static String of(final Object value)
    {
        final JsonText text = new JsonText();
        text.append(value);
        return text.out.toString();
    }

    private void append(final Object value)
    {
        switch (value)
        {
            case null -> out.append("null");
            case Map<?, ?> fields ->
            {
                char separator = '{';
                for (final Map.Entry<?, ?> field : fields.entrySet())
                {
                    out.append(separator);
                    append(field.getKey());
                    out.append(':');
                    append(field.getValue());
                    separator = ',';
                }
                out.append('{' == separator ? "{}" : "}");
            }
            case List<?> items ->
            {
                char separator = '[';
                for (final Object item : items)
                {
                    out.append(separator);
                    append(item);
                    separator = ',';
                }
                out.append('[' == separator ? "[]" : "]");
            }
            case String text -> out.append('"').append(EscapedText.of(text).replace("\"", "\\\"")).append('"');
            default -> out.append(value);
        }
    }
}
