package io.countersign.perf.report;

import java.util.List;

/**
 * What a plot is drawn on. Lengths are pixels, y grows downwards.
 */
interface Canvas
{
    /** Where a text stands, seen from its point. */
    enum Anchor
    {
        /** It begins there. */
        START,
        /** On both sides. */
        MIDDLE,
        /** It ends there. */
        END
    }

    /**
     * A point.
     *
     * @param x from the left.
     * @param y from the top.
     */
    record Point(double x, double y)
    {
    }

    /**
     * How a line looks.
     *
     * @param colour   0xRRGGBB.
     * @param width    of it.
     * @param isDashed whether it is.
     */
    record Stroke(int colour, double width, boolean isDashed)
    {
    }

    /**
     * How a text looks.
     *
     * @param size      of the font.
     * @param anchor    where it stands.
     * @param isBold    whether it is.
     * @param isUpright whether it is turned by 90 degrees to the left.
     */
    record Style(double size, Anchor anchor, boolean isBold, boolean isUpright)
    {
    }

    void box(Point topLeft, double width, double height, int colour);

    void line(List<Point> points, Stroke stroke);

    void text(String text, Point at, Style style);
}
