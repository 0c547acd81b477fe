package io.countersign.ops.audit.report;

import java.util.Locale;

/**
 * Writes one plot as SVG for a page: with a title and a description for who cannot see it, without script or anything
 * from elsewhere.
 */
final class Svg
{
    static final int WIDTH = 760;

    private final StringBuilder out = new StringBuilder();

    Svg(final String id, final int height, final String title, final String description)
    {
        out.append(String.format(Locale.ROOT,
            "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-labelledby=\"%s-t %s-d\">%n", WIDTH, height, id, id));
        out.append("<title id=\"").append(id).append("-t\">").append(Html.escaped(title)).append("</title>");
        out.append("<desc id=\"").append(id).append("-d\">").append(Html.escaped(description)).append("</desc>\n");
    }

    Svg rect(final String style, final double x, final double y, final double width, final double height)
    {
        out.append(String.format(Locale.ROOT, "<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" " +
            "height=\"%.1f\"/>%n", style, x, y, width, height));
        return this;
    }

    Svg line(final String style, final double x1, final double y1, final double x2, final double y2)
    {
        out.append(String.format(Locale.ROOT,
            "<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>%n", style, x1, y1, x2, y2));
        return this;
    }

    Svg circle(final String style, final double x, final double y, final double radius)
    {
        out.append(String.format(Locale.ROOT,
            "<circle class=\"%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\"/>%n", style, x, y, radius));
        return this;
    }

    /** The anchor is start, middle or end. */
    Svg text(final String anchor, final double x, final double y, final String text)
    {
        out.append(String.format(Locale.ROOT, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">", x, y, anchor));
        out.append(Html.escaped(text)).append("</text>\n");
        return this;
    }

    @Override
    public String toString()
    {
        return out + "</svg>\n";
    }
}
