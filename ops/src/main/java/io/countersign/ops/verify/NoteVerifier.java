package io.countersign.ops.verify;

import io.countersign.gateway.seal.NoteException;
import io.countersign.gateway.seal.NoteKey;
import io.countersign.gateway.seal.SignedNote;

import java.util.HashMap;
import java.util.Map;

/**
 * Verifies signatures of notes.
 */
@FunctionalInterface
interface NoteVerifier
{
    /** Whether the line is a signature of the key over the note's text; on any thread. */
    boolean verifies(NoteKey key, SignedNote note, SignedNote.Line line);

    /** One that computes each, with keys of each thread's own. */
    static NoteVerifier computing()
    {
        final ThreadLocal<Map<String, NoteKey>> ownKeys = ThreadLocal.withInitial(HashMap::new);
        return (key, note, line) -> ownKeys.get().computeIfAbsent(key.format(), NoteVerifier::own).verifies(note, line);
    }

    private static NoteKey own(final String format)
    {
        try
        {
            return NoteKey.parse(format);
        }
        catch (final NoteException ex)
        {
            throw new IllegalStateException("a key does not read what it wrote", ex);
        }
    }
}
