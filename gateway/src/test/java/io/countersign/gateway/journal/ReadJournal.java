package io.countersign.gateway.journal;

import org.agrona.collections.LongArrayList;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * All that a reader finds in a journal, up to the end.
 */
final class ReadJournal
{
    private final List<JournalReader.Event> events = new ArrayList<>();
    private final List<byte[]> records = new ArrayList<>();
    private final LongArrayList offsets = new LongArrayList();
    private final LongArrayList sequences = new LongArrayList();
    private final boolean keepsRecords;
    private final List<Path> files = new ArrayList<>();

    private ReadJournal(final boolean keepsRecords)
    {
        this.keepsRecords = keepsRecords;
    }

    static ReadJournal of(final Path directory) throws IOException
    {
        return read(directory, true);
    }

    /** Without the records themselves. */
    static ReadJournal sequencesOf(final Path directory) throws IOException
    {
        return read(directory, false);
    }

    private static ReadJournal read(final Path directory, final boolean keepsRecords) throws IOException
    {
        final ReadJournal read = new ReadJournal(keepsRecords);
        try (JournalReader reader = new JournalReader(directory))
        {
            while (read.add(reader))
            {
                Thread.onSpinWait();
            }
        }

        return read;
    }

    private boolean add(final JournalReader reader) throws IOException
    {
        final JournalReader.Event event = reader.poll();
        events.add(event);
        if (JournalReader.Event.RECORD == event)
        {
            sequences.addLong(reader.sequence());
            if (keepsRecords)
            {
                final byte[] record = new byte[reader.length()];
                reader.buffer().getBytes(reader.offset(), record);
                records.add(record);
                offsets.addLong(reader.fileOffset());
                files.add(reader.file());
            }
        }

        if (JournalReader.Event.TORN == event)
        {
            // At the end it comes again and again.
            return JournalReader.Event.TORN != events.get(Math.max(0, events.size() - 2));
        }

        return JournalReader.Event.END != event && JournalReader.Event.INCOMPLETE != event;
    }

    /** Everything but records, with a repeated TORN at the end given once. */
    List<JournalReader.Event> findings()
    {
        final List<JournalReader.Event> findings = events.stream()
            .filter((event) -> JournalReader.Event.RECORD != event).collect(Collectors.toList());
        final int last = findings.size() - 1;
        if (last > 0 && JournalReader.Event.TORN == findings.get(last))
        {
            findings.remove(last);
        }

        return findings;
    }

    List<byte[]> records()
    {
        return records;
    }

    List<Long> sequences()
    {
        return sequences;
    }

    long offset(final int index)
    {
        return offsets.getLong(index < 0 ? offsets.size() + index : index);
    }

    Path file(final int index)
    {
        return files.get(index < 0 ? files.size() + index : index);
    }

    boolean hasSequencesTo(final long last)
    {
        boolean isRising = sequences.size() == last;
        for (int i = 0; i < sequences.size(); i++)
        {
            isRising &= i + 1L == sequences.getLong(i);
        }

        return isRising;
    }
}
