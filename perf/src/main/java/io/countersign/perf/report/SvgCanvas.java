package io.countersign.perf.report;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Draws SVG 1.1.
 */
final class SvgCanvas implements Canvas
{
    private static final String FONTS = "DejaVu Sans, Verdana, Arial, sans-serif";

    private final StringBuilder out = new StringBuilder(1 << 16);

    SvgCanvas(final int width, final int height)
    {
        append("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\" " +
            "font-family=\"%s\">%n", width, height, width, height, FONTS);
    }

    @Override
    public void box(final Point topLeft, final double width, final double height, final int colour)
    {
        append("<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"#%06x\"/>%n",
            topLeft.x(), topLeft.y(), width, height, colour);
    }

    @Override
    public void line(final List<Point> points, final Stroke stroke)
    {
        append("<polyline points=\"%s\" fill=\"none\" stroke=\"#%06x\" stroke-width=\"%.1f\"%s/>%n",
            points.stream().map((one) -> String.format(Locale.ROOT, "%.1f,%.1f", one.x(), one.y()))
                .collect(Collectors.joining(" ")),
            stroke.colour(),
            stroke.width(),
            stroke.isDashed() ? " stroke-dasharray=\"6 4\"" : "");
    }

    @Override
    public void text(final String text, final Point at, final Style style)
    {
        final String anchor = style.anchor().name().toLowerCase(Locale.ROOT);
        final String turn = style.isUpright() ?
            String.format(Locale.ROOT, " transform=\"rotate(-90 %.1f %.1f)\"", at.x(), at.y()) : "";
        append("<text x=\"%.1f\" y=\"%.1f\" font-size=\"%.0f\" text-anchor=\"%s\"%s%s>%s</text>%n",
            at.x(), at.y(), style.size(), anchor, style.isBold() ? " font-weight=\"bold\"" : "", turn, escaped(text));
    }

    @Override
    public String toString()
    {
        return out + "</svg>\n";
    }

    private void append(final String format, final Object... values)
    {
        out.append(String.format(Locale.ROOT, format.replace("%n", "\n"), values));
    }

    private static String escaped(final String text)
    {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
