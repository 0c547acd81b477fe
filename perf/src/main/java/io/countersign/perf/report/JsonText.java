package io.countersign.perf.report;

import io.countersign.ops.audit.AsciiJson;

import java.math.BigDecimal;

/**
 * Writes JSON (RFC 8259) in ASCII, one member of the outermost objects a line, so that two files can be compared.
 */
final class JsonText
{
    private final StringBuilder out = new StringBuilder(1 << 14);
    private int depth;
    private boolean isFirst = true;

    JsonText begin(final char bracket)
    {
        separate();
        return open(bracket);
    }

    JsonText begin(final String name, final char bracket)
    {
        name(name);
        return open(bracket);
    }

    JsonText end(final char bracket)
    {
        depth--;
        if (depth < 2)
        {
            out.append('\n').append("  ".repeat(depth));
        }
        out.append(bracket);
        isFirst = false;
        return this;
    }

    JsonText text(final String name, final String value)
    {
        name(name);
        AsciiJson.quote(out, value);
        return this;
    }

    /** NaN and the infinities, which JSON does not have, become null. */
    JsonText number(final String name, final double value)
    {
        name(name);
        append(value);
        return this;
    }

    JsonText number(final double value)
    {
        separate();
        append(value);
        return this;
    }

    JsonText whole(final String name, final long value)
    {
        name(name);
        out.append(value);
        return this;
    }

    JsonText truth(final String name, final boolean value)
    {
        name(name);
        out.append(value);
        return this;
    }

    @Override
    public String toString()
    {
        return out + "\n";
    }

    private JsonText open(final char bracket)
    {
        out.append(bracket);
        depth++;
        isFirst = true;
        return this;
    }

    private void name(final String name)
    {
        separate();
        AsciiJson.quote(out, name);
        out.append(": ");
    }

    private void separate()
    {
        if (!isFirst)
        {
            out.append(',');
        }
        if (depth > 0)
        {
            out.append(depth <= 2 ? "\n" + "  ".repeat(depth) : isFirst ? "" : " ");
        }
        isFirst = false;
    }

    private void append(final double value)
    {
        out.append(Double.isFinite(value) ? new BigDecimal(Double.toString(value)).toPlainString() : "null");
    }
}
