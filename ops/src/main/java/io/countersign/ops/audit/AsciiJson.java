package io.countersign.ops.audit;

import java.util.Locale;

/**
 * Strings of JSON (RFC 8259, section 7) that are ASCII, whatever stands in them.
 */
public final class AsciiJson
{
    private AsciiJson()
    {
    }

    /**
     * Append a text between quotation marks; whatever is no printable ASCII is escaped.
     *
     * @param out  takes it.
     * @param text to append.
     */
    public static void quote(final StringBuilder out, final String text)
    {
        out.append('"');
        for (int i = 0; i < text.length(); i++)
        {
            final char c = text.charAt(i);
            if ('"' == c || '\\' == c)
            {
                out.append('\\').append(c);
            }
            else if (c < ' ' || c > '~')
            {
                out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            }
            else
            {
                out.append(c);
            }
        }
        out.append('"');
    }
}
