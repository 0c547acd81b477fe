package io.countersign.perf.report;

import io.countersign.perf.report.Canvas.Anchor;
import io.countersign.perf.report.Canvas.Point;
import io.countersign.perf.report.Canvas.Stroke;
import io.countersign.perf.report.Canvas.Style;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A plot: title, conditions, two axes, lines and boxes by their values, marks, and a legend beside it. It is drawn on
 * any {@link Canvas}. The colours (Okabe and Ito) can be told apart by the colour-blind; lines differ in form as well.
 */
final class Plot
{
    static final int WIDTH = 1000;
    static final int HEIGHT = 600;

    private static final int[] COLOURS =
        {0x0072B2, 0xD55E00, 0x009E73, 0xCC79A7, 0xE69F00, 0x56B4E9, 0x000000, 0x999999};
    private static final int WHITE = 0xFFFFFF;
    private static final int GRID = 0xDDDDDD;
    private static final int FRAME = 0x444444;
    private static final int LEFT = 80;
    private static final int RIGHT = 710;
    private static final int BOTTOM = HEIGHT - 60;
    private static final int LEGEND = RIGHT + 20;
    private static final int LINE_HEIGHT = 17;
    private static final int TITLE_SIZE = 18;
    private static final int TEXT_SIZE = 12;
    private static final double MARKER = 7;
    private static final int MARKER_LIMIT = 40;

    private record Line(int colour, boolean isDashed, List<Point> values)
    {
    }

    private record Box(int colour, Point from, Point to)
    {
    }

    private record Label(String text, Point at)
    {
    }

    private record Entry(String text, int colour, boolean isBox, boolean isDashed)
    {
    }

    private final String title;
    private final List<String> notes;
    private final Axis x;
    private final Axis y;
    private final List<Line> lines = new ArrayList<>();
    private final List<Box> boxes = new ArrayList<>();
    private final List<Label> marks = new ArrayList<>();
    private final List<Label> labels = new ArrayList<>();
    private final List<Entry> legend = new ArrayList<>();

    /**
     * Construct.
     *
     * @param title in one line.
     * @param notes the conditions, each in one line.
     * @param x     axis.
     * @param y     axis.
     */
    Plot(final String title, final List<String> notes, final Axis x, final Axis y)
    {
        this.title = title;
        this.notes = List.copyOf(notes);
        this.x = x;
        this.y = y;
    }

    /** A line through values, with its entry in the legend. */
    Plot line(final String name, final int colour, final boolean isDashed, final List<Point> values)
    {
        lines.add(new Line(colour(colour), isDashed, List.copyOf(values)));
        legend.add(new Entry(name, colour(colour), false, isDashed));
        return this;
    }

    /** A box between two values. */
    Plot box(final int colour, final Point from, final Point to)
    {
        boxes.add(new Box(colour(colour), from, to));
        return this;
    }

    /** An entry in the legend for boxes. */
    Plot boxName(final String name, final int colour)
    {
        legend.add(new Entry(name, colour(colour), true, false));
        return this;
    }

    /** A dashed line from bottom to top with a text. */
    Plot mark(final String text, final double value)
    {
        marks.add(new Label(text, new Point(value, 0)));
        return this;
    }

    /** A text above a value. */
    Plot label(final String text, final Point at)
    {
        labels.add(new Label(text, at));
        return this;
    }

    String svg()
    {
        final SvgCanvas canvas = new SvgCanvas(WIDTH, HEIGHT);
        draw(canvas);
        return canvas.toString();
    }

    byte[] png() throws IOException
    {
        final PngCanvas canvas = new PngCanvas(WIDTH, HEIGHT);
        draw(canvas);
        return canvas.bytes();
    }

    private void draw(final Canvas canvas)
    {
        canvas.box(new Point(0, 0), WIDTH, HEIGHT, WHITE);
        canvas.text(title, new Point(LEFT, 28), new Style(TITLE_SIZE, Anchor.START, true, false));
        for (int i = 0; i < notes.size(); i++)
        {
            canvas.text(notes.get(i), new Point(LEFT, 30 + LINE_HEIGHT * (i + 1)), plain(Anchor.START));
        }
        grid(canvas);
        for (final Box box : boxes)
        {
            final Point from = at(box.from());
            final Point to = at(box.to());
            canvas.box(new Point(from.x(), to.y()), to.x() - from.x(), from.y() - to.y(), box.colour());
        }
        for (final Line line : lines)
        {
            canvas.line(line.values().stream().map(this::at).toList(), new Stroke(line.colour(), 2.5, line.isDashed()));
            if (line.values().size() <= MARKER_LIMIT)
            {
                line.values().stream().map(this::at).forEach((point) -> canvas.box(
                    new Point(point.x() - MARKER / 2, point.y() - MARKER / 2), MARKER, MARKER, line.colour()));
            }
        }
        marks(canvas);
        for (final Label label : labels)
        {
            final Point at = at(label.at());
            final long more = label.text().lines().count() - 1;
            texts(canvas, label.text(), new Point(at.x(), at.y() - 6 - LINE_HEIGHT * more));
        }
        legend(canvas);
    }

    private void grid(final Canvas canvas)
    {
        for (final Axis.Tick tick : x.ticks())
        {
            final double left = LEFT + tick.place() * (RIGHT - LEFT);
            canvas.line(List.of(new Point(left, top()), new Point(left, BOTTOM)), new Stroke(GRID, 1, false));
            texts(canvas, tick.label(), new Point(left, BOTTOM + LINE_HEIGHT));
        }
        for (final Axis.Tick tick : y.ticks())
        {
            final double height = BOTTOM - tick.place() * (BOTTOM - top());
            canvas.line(List.of(new Point(LEFT, height), new Point(RIGHT, height)), new Stroke(GRID, 1, false));
            canvas.text(tick.label(), new Point(LEFT - 8, height + 4), plain(Anchor.END));
        }
        canvas.line(
            List.of(new Point(LEFT, top()), new Point(LEFT, BOTTOM), new Point(RIGHT, BOTTOM)),
            new Stroke(FRAME, 1.5, false));
        canvas.text(x.label(), new Point((LEFT + RIGHT) / 2.0, HEIGHT - 18), plain(Anchor.MIDDLE));
        canvas.text(y.label(), new Point(22, (top() + BOTTOM) / 2.0), new Style(TEXT_SIZE, Anchor.MIDDLE, false, true));
    }

    private void marks(final Canvas canvas)
    {
        for (int i = 0; i < marks.size(); i++)
        {
            final double left = LEFT + x.place(marks.get(i).at().x()) * (RIGHT - LEFT);
            canvas.line(List.of(new Point(left, top()), new Point(left, BOTTOM)), new Stroke(FRAME, 1.5, true));
            final boolean isRight = left > (LEFT + RIGHT) / 2.0;
            canvas.text(marks.get(i).text(), new Point(left + (isRight ? -6 : 6), top() + 14 + LINE_HEIGHT * i),
                plain(isRight ? Anchor.END : Anchor.START));
        }
    }

    private void legend(final Canvas canvas)
    {
        double height = top() + 8;
        for (final Entry entry : legend)
        {
            if (entry.isBox())
            {
                canvas.box(new Point(LEGEND + 8, height - 6), 14, 12, entry.colour());
            }
            else
            {
                canvas.line(
                    List.of(new Point(LEGEND, height), new Point(LEGEND + 30, height)),
                    new Stroke(entry.colour(), 2.5, entry.isDashed()));
            }
            for (final String line : WrappedText.lines(entry.text(), 27))
            {
                canvas.text(line, new Point(LEGEND + 38, height + 4), plain(Anchor.START));
                height += LINE_HEIGHT;
            }
            height += 5;
        }
    }

    private static void texts(final Canvas canvas, final String text, final Point first)
    {
        double height = first.y();
        for (final String line : text.split("\n"))
        {
            canvas.text(line, new Point(first.x(), height), plain(Anchor.MIDDLE));
            height += LINE_HEIGHT;
        }
    }

    private Point at(final Point value)
    {
        return new Point(
            LEFT + x.place(value.x()) * (RIGHT - LEFT), BOTTOM - y.place(value.y()) * (BOTTOM - top()));
    }

    private double top()
    {
        return 50 + LINE_HEIGHT * (notes.size() + 0.5);
    }

    private static Style plain(final Anchor anchor)
    {
        return new Style(TEXT_SIZE, anchor, false, false);
    }

    private static int colour(final int index)
    {
        return COLOURS[index % COLOURS.length];
    }
}
