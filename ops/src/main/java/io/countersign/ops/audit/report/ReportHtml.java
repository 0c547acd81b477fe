package io.countersign.ops.audit.report;

import io.countersign.ops.audit.Times;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/**
 * A report as one page of HTML: no scripts, nothing from elsewhere, readable when printed.
 */
final class ReportHtml
{
    private static final String STYLE = """
        :root { color-scheme: light; }
        body { font: 15px/1.45 system-ui, sans-serif; color: #1a1a1a; background: #fff; margin: 2rem auto;
          max-width: 76rem; padding: 0 1rem; }
        h1 { font-size: 1.7rem; margin-bottom: .2rem; } h2 { font-size: 1.15rem; margin: 2.2rem 0 .3rem; }
        p { margin: .2rem 0 .6rem; max-width: 60rem; } .none { color: #555; }
        .wide { overflow-x: auto; }
        table { border-collapse: collapse; font-size: .87rem; }
        th, td { text-align: left; vertical-align: top; padding: .25rem .7rem .25rem 0; border-bottom: 1px solid #ddd; }
        thead th { border-bottom: 2px solid #888; } tbody th { font-weight: normal; }
        .n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
        .t { overflow-wrap: anywhere; min-width: 8rem; } .u { white-space: nowrap; }
        code { font-size: .85rem; overflow-wrap: anywhere; }
        nav ul { columns: 3 14rem; padding-left: 1.1rem; margin: .4rem 0; }
        svg { width: 100%; max-width: 54rem; height: auto; font: 12px system-ui, sans-serif; display: block; }
        svg text { fill: #333; } .grid { stroke: #ddd; } .range { stroke: #aaa; stroke-width: 2; }
        .allowed { fill: #0072b2; } .denied { fill: #d55e00; }
        .p0 { fill: #0072b2; } .p1 { fill: #56b4e9; } .p2 { fill: #e69f00; } .p3 { fill: #d55e00; } .p4 { fill: #333; }
        @media print { body { margin: 0; max-width: none; font-size: 10.5pt; } nav { display: none; }
          h2 { break-after: avoid; } tr, svg { break-inside: avoid; } thead { display: table-header-group; }
          .wide { overflow: visible; } table { font-size: 8pt; } }
        """;

    private final StringBuilder out = new StringBuilder(1 << 16);
    private final Report report;

    private ReportHtml(final Report report)
    {
        this.report = report;
    }

    static byte[] of(final Report report, final ReportCollector collector, final String jsonSha256)
    {
        return new ReportHtml(report).write(collector.steps(), collector.stepNs(), jsonSha256)
            .getBytes(StandardCharsets.UTF_8);
    }

    private String write(final TreeMap<Long, long[]> steps, final long stepNs, final String jsonSha256)
    {
        final String period = Times.micros(report.fromNs()) + " to " + Times.micros(report.toNs());
        out.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
            .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
            .append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; ")
            .append("style-src 'unsafe-inline'\">\n<title>Audit report, ").append(period)
            .append("</title>\n<style>\n").append(STYLE).append("</style>\n</head>\n<body>\n<main>\n")
            .append("<h1>Audit report</h1>\n<p>").append(period).append("</p>\n");
        navigation();
        for (final Table table : report.tables())
        {
            out.append("<section aria-labelledby=\"").append(table.id()).append("\">\n<h2 id=\"").append(table.id())
                .append("\">").append(Html.escaped(table.title())).append("</h2>\n");
            if (!table.note().isEmpty())
            {
                out.append("<p>").append(Html.escaped(table.note())).append("</p>\n");
            }
            plot(table, steps, stepNs);
            table(table);
            out.append("</section>\n");
        }
        return out.append("</main>\n<footer>\n<p>SHA-256 of this report as JSON: <code>").append(jsonSha256)
            .append("</code></p>\n</footer>\n</body>\n</html>\n").toString();
    }

    private void navigation()
    {
        out.append("<nav aria-label=\"Contents\">\n<ul>\n");
        for (final Table table : report.tables())
        {
            out.append("<li><a href=\"#").append(table.id()).append("\">").append(Html.escaped(table.title()))
                .append("</a></li>\n");
        }
        out.append("</ul>\n</nav>\n");
    }

    private void plot(final Table table, final TreeMap<Long, long[]> steps, final long stepNs)
    {
        switch (table.id())
        {
            case "traffic" -> out.append(steps.isEmpty() ? "" : Plots.traffic(steps, stepNs));
            case "latency" -> out.append(table.rows().isEmpty() ? "" : Plots.latency(table));
            case "reasons" -> out.append(table.rows().isEmpty() ? "" : Plots.reasons(table));
            default ->
            {
            }
        }
    }

    private void table(final Table table)
    {
        if (table.rows().isEmpty())
        {
            out.append("<p class=\"none\">None.</p>\n");
            return;
        }
        out.append("<div class=\"wide\"><table aria-labelledby=\"").append(table.id()).append("\">\n<thead><tr>");
        for (final Column column : table.columns())
        {
            out.append("<th scope=\"col\"").append(column.isNumber() ? " class=\"n\"" : "").append('>')
                .append(Html.escaped(column.title())).append("</th>");
        }
        out.append("</tr></thead>\n<tbody>\n");
        table.rows().forEach((row) -> row(table.columns(), row));
        out.append("</tbody>\n</table></div>\n");
        if (table.beyond() > 0)
        {
            out.append("<p>").append(Plots.grouped(table.beyond())).append(" more are not listed here.</p>\n");
        }
    }

    private void row(final List<Column> columns, final List<Object> cells)
    {
        out.append("<tr>");
        for (int i = 0; i < cells.size(); i++)
        {
            final Object cell = cells.get(i);
            final String element = 0 == i ? "th scope=\"row\"" : "td";
            out.append('<').append(element).append(" class=\"").append(style(columns.get(i))).append("\">")
                .append(null == cell ? "\u2013" : cell instanceof Long number ? number(columns.get(i), number) :
                    Html.escaped(cell.toString()))
                .append(0 == i ? "</th>" : "</td>");
        }
        out.append("</tr>\n");
    }

    private static String style(final Column column)
    {
        return column.isNumber() ? "n" : column.title().endsWith("(UTC)") ? "u" : "t";
    }

    /** Numbers of records are names: they are searched for, not compared. */
    private static String number(final Column column, final long number)
    {
        return column.id().toLowerCase(Locale.ROOT).endsWith("sequence") ?
            String.valueOf(number) : Plots.grouped(number);
    }
}
