package io.countersign.ops.audit;

import io.countersign.gateway.journal.JournalReader;
import io.countersign.ops.ExitCode;

import java.io.PrintWriter;

/**
 * What a pass over the journal found besides good records.
 */
final class Findings
{
    private final PrintWriter err;
    private long records;
    private long shown;
    private long firstSequence;
    private long lastSequence;
    private long gaps;
    private long repeated;
    private long corrupt;
    private long torn;
    private long incomplete;
    private long tornOffset = -1;

    Findings(final PrintWriter err)
    {
        this.err = err;
    }

    void noteRecord(final long sequence)
    {
        firstSequence = 0 == records ? sequence : firstSequence;
        lastSequence = sequence;
        records++;
    }

    void noteShown()
    {
        shown++;
    }

    long shown()
    {
        return shown;
    }

    /** Counts and reports; true when there is nothing more to read at present. */
    boolean note(final JournalReader.Event event, final JournalReader reader)
    {
        switch (event)
        {
            case GAP:
                if (reader.sequence() > reader.expectedSequence())
                {
                    gaps++;
                    report("gap", reader, 0);
                }
                else
                {
                    repeated++;
                    report("repeated sequence", reader, 0);
                }
                return false;

            case CORRUPT:
                corrupt++;
                report("corrupt", reader, reader.faultLength());
                return false;

            case TORN:
                // At the end of the journal it is asked for again and again.
                final boolean isAgain = reader.fileOffset() == tornOffset;
                if (!isAgain)
                {
                    tornOffset = reader.fileOffset();
                    torn++;
                    report("torn", reader, reader.faultLength());
                }
                return isAgain;

            case INCOMPLETE:
                incomplete = 1;
                return true;

            default:
                incomplete = 0;
                return true;
        }
    }

    void printSummary()
    {
        final String sequences = 0 == records ? "none" : firstSequence + ".." + lastSequence;
        err.println("records=" + records + " sequences=" + sequences + " shown=" + shown + " torn=" + torn +
            " incomplete=" + incomplete + " corrupt=" + corrupt + " gaps=" + gaps + " repeated=" + repeated);
        err.flush();
    }

    int exitCode()
    {
        return 0 == corrupt + gaps + repeated ? ExitCode.OK : ExitCode.WRONG;
    }

    private void report(final String what, final JournalReader reader, final long length)
    {
        err.println("countersign: " + what + " at " + reader.file() + " offset " + reader.fileOffset() +
            (length > 0 ? ", " + length + " bytes" : "") + ": " + reader.description());
        err.flush();
    }
}
