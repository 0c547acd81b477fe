package io.countersign.ops.verify;

import io.countersign.gateway.journal.JournalReader;
import io.countersign.ops.CommandException;
import io.countersign.ops.ExitCode;
import io.countersign.ops.audit.RemovedRecords;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Goes over a journal's records one after the other and stops at whatever is not one.
 */
final class JournalPass
{
    /** Hears of each record. */
    @FunctionalInterface
    interface Handler
    {
        /** False ends the pass. */
        boolean onRecord(JournalReader reader) throws IOException;
    }

    private JournalPass()
    {
    }

    /** A torn end is no fault; a gap and bytes that cannot be read end the command. */
    static void over(final Path directory, final Handler handler) throws IOException
    {
        VerifyCommand.requireJournal(directory);
        try (JournalReader reader = new JournalReader(directory))
        {
            long tornOffset = -1;
            while (true)
            {
                final JournalReader.Event event = reader.poll();
                if (JournalReader.Event.RECORD == event)
                {
                    if (!handler.onRecord(reader))
                    {
                        return;
                    }
                }
                else if (JournalReader.Event.GAP == event || JournalReader.Event.CORRUPT == event)
                {
                    throw new CommandException(reader.file() + " offset " + reader.fileOffset() + ": " +
                        reader.description() + ": see 'countersign audit verify'", ExitCode.WRONG);
                }
                else if (JournalReader.Event.TORN != event || tornOffset == reader.fileOffset())
                {
                    return;
                }
                tornOffset = JournalReader.Event.TORN == event ? reader.fileOffset() : -1;
            }
        }
    }

    /** What the records begin behind; null when they begin with the first. */
    static RemovedRecords removedBefore(final Path directory, final long firstSequence)
    {
        if (1 == firstSequence)
        {
            return null;
        }
        final RemovedRecords removed = RemovedRecords.read(directory);
        if (null == removed || removed.firstSequence() != firstSequence)
        {
            throw new CommandException(directory + " begins with record " + firstSequence + ", and " +
                RemovedRecords.FILE_NAME + " does not tell of those before it: see 'countersign audit verify'",
                ExitCode.WRONG);
        }
        return removed;
    }
}
