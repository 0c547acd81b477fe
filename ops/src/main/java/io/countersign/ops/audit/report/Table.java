package io.countersign.ops.audit.report;

import java.util.ArrayList;
import java.util.List;

/**
 * A table of a report: the same in JSON and HTML.
 */
final class Table
{
    /** Most rows; what comes later is counted. */
    static final int MAX_ROWS = 5_000;

    private final String id;
    private final String title;
    private final String note;
    private final List<Column> columns;
    private final List<List<Object>> rows = new ArrayList<>();
    private long beyond;

    /**
     * Construct.
     *
     * @param id      its name in JSON.
     * @param title   its heading.
     * @param note    what a reader must know of it, empty for nothing.
     * @param columns of it.
     */
    Table(final String id, final String title, final String note, final Column... columns)
    {
        this.id = id;
        this.title = title;
        this.note = note;
        this.columns = List.of(columns);
    }

    String id()
    {
        return id;
    }

    String title()
    {
        return title;
    }

    String note()
    {
        return note;
    }

    List<Column> columns()
    {
        return columns;
    }

    List<List<Object>> rows()
    {
        return rows;
    }

    /** Rows that there would be, but for {@link #MAX_ROWS}. */
    long beyond()
    {
        return beyond;
    }

    void skip(final long count)
    {
        beyond += count;
    }

    /** Cells are Long or String, null for none. */
    void add(final Object... cells)
    {
        if (cells.length != columns.size())
        {
            throw new IllegalArgumentException(id + " has " + columns.size() + " columns, not " + cells.length);
        }
        if (rows.size() >= MAX_ROWS)
        {
            beyond++;
        }
        else
        {
            final List<Object> row = new ArrayList<>();
            for (final Object cell : cells)
            {
                row.add(cell instanceof Integer number ? (Object) number.longValue() : cell);
            }
            rows.add(row);
        }
    }

    long number(final int row, final String column)
    {
        for (int i = 0; i < columns.size(); i++)
        {
            if (columns.get(i).id().equals(column))
            {
                return rows.get(row).get(i) instanceof Long number ? number : 0;
            }
        }
        throw new IllegalArgumentException(id + " has no column " + column);
    }

    String text(final int row, final int column)
    {
        return String.valueOf(rows.get(row).get(column));
    }
}
