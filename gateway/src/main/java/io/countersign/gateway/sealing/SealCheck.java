package io.countersign.gateway.sealing;

import io.countersign.gateway.journal.SealEntry;
import io.countersign.gateway.seal.Checkpoint;
import io.countersign.gateway.seal.Frontier;
import io.countersign.gateway.seal.NoteException;
import io.countersign.gateway.seal.NoteKey;
import io.countersign.gateway.seal.SignedNote;
import io.countersign.gateway.seal.TreeHasher;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * Says which seal of a journal a tree may go on from. One thread at a time.
 */
final class SealCheck
{
    private final NoteKey key;
    private final Consumer<String> notices;

    /** What is to be thought of a seal. */
    private enum Verdict
    {
        /** The audit key signed it, and it agrees with itself. */
        GOOD,
        /** It agrees with itself; another key than the configured one signed it, or one of another origin. */
        OF_ANOTHER_KEY,
        /** It does not agree with itself, or the audit key's signature does not verify. */
        BAD
    }

    /**
     * Construct.
     *
     * @param key     audit key.
     * @param notices is told of what is not good.
     */
    SealCheck(final NoteKey key, final Consumer<String> notices)
    {
        this.key = key;
        this.notices = notices;
    }

    /** The newest that the audit key signed; without any, the newest that agrees with itself; null without that. */
    SealEntry newestGood(final List<SealEntry> newestFirst)
    {
        SealEntry ofAnotherKey = null;
        for (final SealEntry seal : newestFirst)
        {
            final Verdict verdict = verdict(seal);
            if (Verdict.GOOD == verdict)
            {
                return seal;
            }
            if (Verdict.BAD == verdict)
            {
                notices.accept("alarm: the journal's seal of " + seal.treeSize() + " records is not what the audit " +
                    "key signed: it is passed over; 'countersign audit verify' tells what was changed");
            }
            else if (null == ofAnotherKey)
            {
                ofAnotherKey = seal;
            }
        }
        if (null != ofAnotherKey)
        {
            notices.accept("the journal's last seal, of " + ofAnotherKey.treeSize() + " records, is of another audit " +
                "key or origin than configured: the tree goes on from it; 'countersign audit verify' with the key " +
                "before checks it");
        }
        return ofAnotherKey;
    }

    /** Whether a signature that the token has just made is the audit key's. */
    boolean verifies(final SignedNote note)
    {
        return key.verifies(note, note.signatures().getFirst());
    }

    private Verdict verdict(final SealEntry seal)
    {
        final SignedNote note = noteOf(seal);
        if (null == note)
        {
            return Verdict.BAD;
        }
        boolean isClaimed = false;
        for (final SignedNote.Line line : note.signatures())
        {
            if (key.verifies(note, line))
            {
                return Verdict.GOOD;
            }
            isClaimed |= key.claims(line);
        }
        return isClaimed ? Verdict.BAD : Verdict.OF_ANOTHER_KEY;
    }

    /** The note of a seal that agrees with itself, or null. */
    private static SignedNote noteOf(final SealEntry seal)
    {
        try
        {
            final Frontier frontier = new Frontier(new TreeHasher());
            frontier.set(seal.treeSize(), seal.frontier());
            final SignedNote note = SignedNote.parse(new String(seal.checkpoint(), StandardCharsets.UTF_8));
            final Checkpoint checkpoint = Checkpoint.parse(note.text());
            return checkpoint.treeSize() == seal.treeSize() && Arrays.equals(checkpoint.root(), seal.root()) &&
                Arrays.equals(frontier.root(), seal.root()) ? note : null;
        }
        catch (final NoteException | IllegalArgumentException ex)
        {
            return null;
        }
    }
}
