package io.countersign.ops.audit.report;

import io.countersign.gateway.journal.JournalReader;

import java.util.ArrayList;
import java.util.List;

/**
 * Places where the journal is not as it was written. One falls into the period when the record before or behind it
 * does.
 */
final class Faults
{
    private final Table table = new Table("faults", "Gaps, torn and corrupt places",
        "torn: what a loss of power leaves at the end of a life; anything else means that files were changed.",
        Column.text("what", "What"), Column.text("file", "File"), Column.number("offset", "Offset (bytes)"),
        Column.number("length", "Length (bytes)"), Column.text("description", "Description"));
    private final List<Object[]> waiting = new ArrayList<>();
    private long wrong;
    private long waitingWrong;
    private long lastTornOffset = -1;

    /** True when there is nothing more to read. */
    boolean onEvent(final JournalReader.Event event, final JournalReader reader)
    {
        switch (event)
        {
            case GAP -> note("gap", reader, 1);
            case CORRUPT -> note("corrupt", reader, 1);
            case TORN ->
            {
                if (reader.fileOffset() == lastTornOffset)
                {
                    return true;
                }
                lastTornOffset = reader.fileOffset();
                note("torn", reader, 0);
            }
            default ->
            {
                return true;
            }
        }
        return false;
    }

    /** Between which records they are, is known. */
    void settle(final boolean isInPeriod)
    {
        if (isInPeriod)
        {
            waiting.forEach(table::add);
            wrong += waitingWrong;
        }
        waiting.clear();
        waitingWrong = 0;
    }

    /** Whether something is wrong that a loss of power does not explain. */
    boolean isWrong()
    {
        return wrong > 0;
    }

    Table table()
    {
        return table;
    }

    private void note(final String what, final JournalReader reader, final int isWrong)
    {
        waitingWrong += isWrong;
        if (waiting.size() < Table.MAX_ROWS)
        {
            waiting.add(new Object[]{what, reader.file().getFileName().toString(), reader.fileOffset(),
                reader.faultLength(), reader.description()});
        }
        else
        {
            table.skip(1);
        }
    }
}
