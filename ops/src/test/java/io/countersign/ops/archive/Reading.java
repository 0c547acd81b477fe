package io.countersign.ops.archive;

import io.countersign.gateway.journal.CompressedCycles;
import io.countersign.gateway.journal.JournalReader;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * All that a reader tells of a journal, a line for each event, with files by the names that they had uncompressed.
 */
final class Reading
{
    private Reading()
    {
    }

    static List<String> of(final Path directory) throws IOException
    {
        final List<String> lines = new ArrayList<>();
        try (JournalReader reader = new JournalReader(directory))
        {
            while (true)
            {
                final JournalReader.Event event = reader.poll();
                final StringBuilder line = new StringBuilder().append(event);
                if (null != reader.file())
                {
                    line.append(' ').append(reader.file().getFileName().toString()
                        .replace(CompressedCycles.SUFFIX, "")).append(' ').append(reader.fileOffset());
                }
                if (JournalReader.Event.RECORD == event)
                {
                    final byte[] record = new byte[reader.length()];
                    reader.buffer().getBytes(reader.offset(), record);
                    line.append(' ').append(reader.sequence()).append(' ').append(HexFormat.of().formatHex(record));
                }
                else
                {
                    line.append(' ').append(reader.faultLength()).append(' ').append(reader.description());
                }
                final boolean isAgain = !lines.isEmpty() && lines.getLast().contentEquals(line);
                lines.add(line.toString());
                if (JournalReader.Event.END == event || JournalReader.Event.INCOMPLETE == event || isAgain)
                {
                    return lines;
                }
            }
        }
    }

    static long count(final List<String> lines, final JournalReader.Event event)
    {
        return lines.stream().filter((line) -> line.startsWith(event.name())).count();
    }
}
