package io.countersign.ops.verify;

import io.countersign.gateway.seal.Checkpoint;
import io.countersign.gateway.seal.NoteKey;
import io.countersign.gateway.seal.SignedNote;

import java.util.List;

/**
 * What is to be said of the signature of a checkpoint that stands alone.
 */
enum SignatureOfNote
{
    /** It is one of the audit key. */
    GOOD,
    /** There is none of the audit key, or it does not fit. */
    FALSE,
    /** Nobody said what the audit key is. */
    UNCHECKED;

    static SignatureOfNote of(final SignedNote note, final Checkpoint checkpoint, final KnownKeys keys)
    {
        final List<NoteKey> auditKeys = keys.auditKeys();
        if (auditKeys.isEmpty())
        {
            return UNCHECKED;
        }
        return auditKeys.stream().anyMatch((key) -> key.name().equals(checkpoint.origin()) &&
            note.signatures().stream().anyMatch((line) -> key.verifies(note, line))) ? GOOD : FALSE;
    }
}
