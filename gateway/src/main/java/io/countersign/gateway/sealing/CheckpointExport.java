package io.countersign.gateway.sealing;

import io.countersign.gateway.config.AuditConfig;
import io.countersign.gateway.config.FileErrors;
import io.countersign.gateway.counters.SealCounters;
import io.countersign.gateway.seal.Checkpoint;
import io.countersign.gateway.seal.NoteException;
import io.countersign.gateway.seal.SignedNote;

import java.io.IOException;
import java.util.function.Consumer;

/**
 * Brings checkpoints to the export file. That it cannot be written is told once, and stops nothing: the journal has
 * each checkpoint, too.
 */
final class CheckpointExport
{
    private final AuditConfig audit;
    private final CheckpointFile file;
    private final SealCounters counters;
    private final Consumer<String> notices;
    private long missed;
    private boolean isCompared;

    CheckpointExport(final AuditConfig audit, final SealCounters counters, final Consumer<String> notices)
    {
        this.audit = audit;
        this.counters = counters;
        this.notices = notices;
        file = new CheckpointFile(audit.checkpoints());
    }

    void append(final byte[] note)
    {
        try
        {
            file.append(note);
            if (0 < missed)
            {
                notices.accept("checkpoints are written to " + file.path() + " again; " + missed +
                    " in between are only in the journal");
                missed = 0;
            }
        }
        catch (final IOException ex)
        {
            counters.exportFailures().incrementRelease();
            if (0 == missed++)
            {
                notices.accept("checkpoints cannot be written to " + file.path() + ": " + FileErrors.reason(ex) +
                    "; the journal is sealed all the same");
            }
        }
    }

    /** What was said outside must still be there: once, before anything of this life is sealed. */
    void compare(final long lastSequence)
    {
        if (isCompared)
        {
            return;
        }
        isCompared = true;
        try
        {
            final String last = file.last();
            final Checkpoint checkpoint = null == last ? null : Checkpoint.parse(SignedNote.parse(last).text());
            if (null != checkpoint && checkpoint.origin().equals(audit.origin()) &&
                checkpoint.treeSize() > lastSequence)
            {
                notices.accept("alarm: the last checkpoint in " + file.path() + " covers " + checkpoint.treeSize() +
                    " records, and the journal has " + lastSequence + ": records were lost with the power, or " +
                    "removed; see 'countersign audit verify'");
            }
        }
        catch (final IOException | NoteException ex)
        {
            notices.accept("the last checkpoint in " + file.path() + " cannot be read: " + ex.getMessage());
        }
    }
}
