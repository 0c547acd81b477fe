package io.countersign.ops.audit.report;

import io.countersign.gateway.journal.JournalReader;
import io.countersign.ops.audit.RecordText;
import io.countersign.ops.audit.Times;

import java.util.Set;

/**
 * Lists records of some types one by one, as {@code audit replay} prints them: so many of them, and so much of each,
 * that memory stays bounded.
 */
final class Listing
{
    private static final int MAX_ROWS = 2_000;
    private static final int MAX_TEXT_LENGTH = 1_000;

    private final Set<String> types;
    private final RecordText text;
    private final Table table;

    Listing(final RecordText text, final Table table, final Set<String> types)
    {
        this.text = text;
        this.table = table;
        this.types = types;
    }

    static Table table(final String id, final String title, final String note)
    {
        return new Table(id, title, note, Column.number("sequence", "Record"), Column.text("utc", "Time (UTC)"),
            Column.text("type", "Type"), Column.text("text", "What it says"));
    }

    void onRecord(final RecordValues values, final JournalReader reader)
    {
        if (!types.contains(values.type()))
        {
            return;
        }
        if (table.rows().size() >= MAX_ROWS)
        {
            table.skip(1);
        }
        else
        {
            table.add(values.sequence(), Times.micros(values.utcNs()), values.type(),
                shortened(text.of(reader.buffer(), reader.offset(), reader.length())));
        }
    }

    private static String shortened(final String line)
    {
        return line.length() <= MAX_TEXT_LENGTH ? line : line.substring(0, MAX_TEXT_LENGTH) + " ...";
    }

    Table table()
    {
        return table;
    }
}
