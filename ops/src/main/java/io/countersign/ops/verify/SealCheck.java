package io.countersign.ops.verify;

import io.countersign.codecs.journal.SealDecoder;
import io.countersign.gateway.seal.Checkpoint;
import io.countersign.gateway.seal.NoteException;
import io.countersign.gateway.seal.NoteKey;
import io.countersign.gateway.seal.SignedNote;

import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.TimeUnit;

/**
 * Holds each Seal to the tree, to its checkpoint, to the seals before it and to the audit key in force.
 */
final class SealCheck
{
    private static final long NS_PER_US = TimeUnit.MICROSECONDS.toNanos(1);

    private final SealDecoder seal = new SealDecoder();
    private final byte[] root = new byte[SealDecoder.rootLength()];
    private final TreeCheck tree;
    private final AuditKeys keys;
    private final NoteVerifier verifier;
    private final SignaturePool pool;
    private final Report report;
    private long seals;
    private long lastSealSequence;
    private long lastSize;
    private long sealedSize;
    private Checkpoint last;
    private String origin;
    private boolean isKeyUnknown;

    SealCheck(
        final TreeCheck tree,
        final AuditKeys keys,
        final NoteVerifier verifier,
        final SignaturePool pool,
        final Report report)
    {
        this.tree = tree;
        this.keys = keys;
        this.verifier = verifier;
        this.pool = pool;
        this.report = report;
    }

    void onSeal(final JournalRecord record)
    {
        seals++;
        seal.wrapAndApplyHeader(record.buffer(), 0, record.header());
        seal.getRoot(root, 0, root.length);
        final Place place = record.place();
        final long treeSize = seal.treeSize();
        final String clockSource = seal.clockSource();
        final byte[] frontier = new byte[seal.frontierLength()];
        seal.getFrontier(frontier, 0, frontier.length);
        final SignedNote note = note(place, seal.checkpoint());
        final Checkpoint checkpoint = null == note ? null : checkpoint(place, note, clockSource);
        final boolean isInBounds = checkSize(place, treeSize);
        if (null == checkpoint)
        {
            return;
        }
        if (null == origin)
        {
            origin = checkpoint.origin();
        }
        if (!origin.equals(checkpoint.origin()))
        {
            report.broken(place, "the seal is of the journal '" + checkpoint.origin() + "', and those before of '" +
                origin + "'");
        }
        final boolean isSigned = checkSignature(place, note);
        checkTree(place, treeSize, frontier, isInBounds && isSigned);
        lastSealSequence = place.sequence();
        last = checkpoint;
    }

    /** Size of the largest tree that a seal fits. */
    long sealedSize()
    {
        return sealedSize;
    }

    /** Name of the journal in its seals; null before the first. */
    String origin()
    {
        return origin;
    }

    void conclude()
    {
        if (null == last)
        {
            report.fact("seals: " + seals);
            report.doubt("the journal has no seal: only checksums protect it, and whoever can write it can make them");
        }
        else
        {
            report.fact("seals: " + seals + " of '" + origin + "', the last is record " + lastSealSequence +
                " over records 1 to " + last.treeSize() + ", " + last.text().lines().skip(3).reduce(
                    (time, error) -> time + ", " + error).orElse(""));
        }
        if (isKeyUnknown)
        {
            report.doubt("the audit key is not known, so that no seal could be verified: give it by --keys");
        }
    }

    private SignedNote note(final Place place, final String text)
    {
        try
        {
            final SignedNote note = SignedNote.parse(text);
            if (1 == note.signatures().size() && note.format().equals(text))
            {
                return note;
            }
            report.broken(place, "the seal's checkpoint is not a text under one signature");
        }
        catch (final NoteException ex)
        {
            report.broken(place, "the seal's checkpoint cannot be read: " + ex.getMessage());
        }
        return null;
    }

    private Checkpoint checkpoint(final Place place, final SignedNote note, final String clockSource)
    {
        final Checkpoint checkpoint;
        try
        {
            checkpoint = Checkpoint.parse(note.text());
        }
        catch (final NoteException ex)
        {
            report.broken(place, "the seal's checkpoint cannot be read: " + ex.getMessage());
            return null;
        }
        final long clockErrorNs = SealDecoder.clockErrorNsNullValue() == seal.clockErrorNs() ?
            Checkpoint.UNKNOWN_ERROR : seal.clockErrorNs();
        if (!Checkpoint.isExact(note.text()) || seal.treeSize() != checkpoint.treeSize() ||
            !Arrays.equals(root, checkpoint.root()) || clockErrorNs != checkpoint.clockErrorNs() ||
            !clockSource.equals(checkpoint.clockSource()) ||
            Math.floorDiv(seal.sealedUtcNs(), NS_PER_US) != Math.floorDiv(checkpoint.utcNs(), NS_PER_US))
        {
            report.broken(place, "the seal's fields are not those of its checkpoint");
        }
        return checkpoint;
    }

    private boolean checkSize(final Place place, final long treeSize)
    {
        final boolean isBehind = treeSize < 1 || treeSize >= place.sequence();
        if (isBehind || place.sequence() - treeSize > TreeCheck.MAX_LAG)
        {
            report.broken(place, "the seal is of " + treeSize + " records, which " +
                (isBehind ? "is not before it" : "is too far behind it: another seal stands in its place"));
            return false;
        }
        if (treeSize <= lastSize)
        {
            report.broken(place, "the seal is of " + treeSize + " records, and the one before of " + lastSize +
                ": an old seal was put in again");
            return false;
        }
        return true;
    }

    /** False when it is certain that it is not a seal of the audit key. */
    private boolean checkSignature(final Place place, final SignedNote note)
    {
        final SignedNote.Line line = note.signatures().getFirst();
        if (!keys.areKnown())
        {
            isKeyUnknown = true;
            return true;
        }
        final NoteKey key = keys.inForce(line);
        if (null == key || !key.name().equals(origin))
        {
            report.broken(place, "the seal is signed by another key than the audit key in force");
            return false;
        }
        pool.add(() ->
        {
            if (!verifier.verifies(key, note, line))
            {
                report.broken(place, "the seal's signature is not one of the audit key: it is forged or was changed");
            }
        });
        return true;
    }

    private void checkTree(
        final Place place, final long treeSize, final byte[] frontier, final boolean isCredible)
    {
        if (!isCredible)
        {
            return;
        }
        final long before = lastSize;
        lastSize = treeSize;
        if (tree.advanceTo(treeSize))
        {
            final boolean isRoot = Arrays.equals(tree.frontier().root(), root);
            if (isRoot && Arrays.equals(tree.frontier().encoded(), frontier))
            {
                sealedSize = treeSize;
                return;
            }
            report.broken(place, isRoot ? "the seal's frontier is not that of its tree" : "the seal has the root " +
                base64(root) + ", and records 1 to " + treeSize + " here have " + base64(tree.frontier().root()) +
                ": something in records " + (before + 1) + " to " + treeSize + " was changed, added or removed");
        }
        tree.resume(treeSize, frontier, root);
    }

    private static String base64(final byte[] bytes)
    {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
