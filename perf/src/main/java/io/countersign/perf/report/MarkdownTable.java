package io.countersign.perf.report;

import java.util.ArrayList;
import java.util.List;

/**
 * A table of a Markdown page that is also legible as text: the columns are as wide as their widest cell, but for one of
 * long texts at the end of the rows.
 */
final class MarkdownTable
{
    /** In the place of a number that there is not. */
    static final String NOTHING = "–";

    private static final int MAX_LAST_TEXT_WIDTH = 60;

    private final List<List<String>> rows = new ArrayList<>();
    private final int texts;

    /**
     * Construct.
     *
     * @param texts how many columns, from the left, are texts; the others are numbers.
     * @param heads of the columns.
     */
    MarkdownTable(final int texts, final List<String> heads)
    {
        this.texts = texts;
        rows.add(List.copyOf(heads));
    }

    MarkdownTable row(final List<String> cells)
    {
        if (cells.size() != rows.getFirst().size())
        {
            throw new IllegalArgumentException(cells.size() + " cells under " + rows.getFirst().size() + " heads");
        }
        rows.add(cells.stream().map((cell) -> cell.replace("|", "\\|")).toList());
        return this;
    }

    boolean isEmpty()
    {
        return 1 == rows.size();
    }

    void appendTo(final StringBuilder page)
    {
        append(page, rows.getFirst());
        for (int column = 0; column < rows.getFirst().size(); column++)
        {
            final int dashes = width(column) + 1;
            page.append('|').append("-".repeat(column < texts ? dashes + 1 : dashes)).append(column < texts ? "" : ":");
        }
        page.append("|\n");
        rows.stream().skip(1).forEach((row) -> append(page, row));
        page.append('\n');
    }

    private void append(final StringBuilder page, final List<String> row)
    {
        for (int column = 0; column < row.size(); column++)
        {
            final String cell = row.get(column);
            final String padding = " ".repeat(Math.max(0, width(column) - cell.length()));
            page.append("| ").append(column < texts ? cell + padding : padding + cell).append(' ');
        }
        page.append("|\n");
    }

    private int width(final int column)
    {
        final int widest = rows.stream().mapToInt((row) -> row.get(column).length()).max().orElseThrow();
        return column < texts && column + 1 == rows.getFirst().size() ? Math.min(widest, MAX_LAST_TEXT_WIDTH) : widest;
    }
}
