package io.countersign.ops.audit.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Counts of requests under a key of one or more names. At most so many different keys are told apart, since bots may
 * write what they like where a name is expected; the rest are counted under {@link #OTHERS}.
 */
final class Tally
{
    static final String OTHERS = "(others)";

    private static final int MAX_KEYS = 2_000;
    private static final String SEPARATOR = "\u0000";
    private static final String UNKNOWN = "\ufffd";

    /**
     * What became of a request.
     */
    enum Fate
    {
        ALLOWED,
        DENIED,
        SIGNED,
        FAILED,
        INTERRUPTED
    }

    private final TreeMap<String, long[]> counts = new TreeMap<>();
    private final String id;
    private final String title;
    private final Column[] names;

    /**
     * Construct.
     *
     * @param id    of the table.
     * @param title of the table.
     * @param names columns that tell keys apart.
     */
    Tally(final String id, final String title, final Column... names)
    {
        this.id = id;
        this.title = title;
        this.names = names;
    }

    void add(final Fate fate, final String... key)
    {
        final String joined = Arrays.stream(key).map((name) -> name.replace(SEPARATOR, UNKNOWN))
            .collect(Collectors.joining(SEPARATOR));
        long[] count = counts.get(joined);
        if (null == count)
        {
            final boolean isFull = counts.size() >= MAX_KEYS;
            final String instead = String.join(SEPARATOR, Collections.nCopies(names.length, OTHERS));
            count = counts.computeIfAbsent(isFull ? instead : joined, (any) -> new long[Fate.values().length]);
        }
        count[fate.ordinal()]++;
    }

    Table table()
    {
        final List<Column> columns = new ArrayList<>(Arrays.asList(names));
        columns.add(Column.number("requests", "Requests"));
        columns.add(Column.number("allowed", "Allowed"));
        columns.add(Column.number("denied", "Denied"));
        columns.add(Column.number("signed", "Signed"));
        columns.add(Column.number("failed", "Failed in the token"));
        columns.add(Column.number("interrupted", "Interrupted"));
        final Table table = new Table(id, title, "", columns.toArray(new Column[0]));
        counts.forEach((key, count) ->
        {
            final List<Object> row = new ArrayList<>(Arrays.asList((Object[]) key.split(SEPARATOR, -1)));
            row.add(count[Fate.ALLOWED.ordinal()] + count[Fate.DENIED.ordinal()]);
            for (final long number : count)
            {
                row.add(number);
            }
            table.add(row.toArray());
        });
        return table;
    }
}
