package io.countersign.ops.audit.report;

import io.countersign.ops.audit.AsciiJson;
import io.countersign.ops.audit.Times;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A report as JSON (RFC 8259): an object with the period and, for each table, a list of objects with the ids of its
 * columns; {@code beyond} has the tables of which rows were left out, and how many.
 */
final class ReportJson
{
    private static final int VERSION = 1;

    private final StringBuilder out = new StringBuilder(1 << 16);

    static byte[] of(final Report report)
    {
        return new ReportJson().write(report).getBytes(StandardCharsets.UTF_8);
    }

    private String write(final Report report)
    {
        out.append("{\n\"format\": \"countersign audit report\",\n\"version\": ").append(VERSION);
        out.append(",\n\"from\": \"").append(Times.micros(report.fromNs()));
        out.append("\",\n\"to\": \"").append(Times.micros(report.toNs())).append('"');
        for (final Table table : report.tables())
        {
            out.append(",\n");
            AsciiJson.quote(out, table.id());
            out.append(": [");
            for (int i = 0; i < table.rows().size(); i++)
            {
                out.append(0 == i ? "\n" : ",\n");
                row(table.columns(), table.rows().get(i));
            }
            out.append(']');
        }
        out.append(",\n\"beyond\": {");
        String separator = "";
        for (final Table table : report.tables())
        {
            if (table.beyond() > 0)
            {
                out.append(separator);
                AsciiJson.quote(out, table.id());
                out.append(": ").append(table.beyond());
                separator = ", ";
            }
        }
        return out.append("}\n}\n").toString();
    }

    private void row(final List<Column> columns, final List<Object> cells)
    {
        out.append("  {");
        for (int i = 0; i < cells.size(); i++)
        {
            out.append(0 == i ? "" : ", ");
            AsciiJson.quote(out, columns.get(i).id());
            out.append(": ");
            if (cells.get(i) instanceof String text)
            {
                AsciiJson.quote(out, text);
            }
            else
            {
                out.append(cells.get(i));
            }
        }
        out.append('}');
    }
}
