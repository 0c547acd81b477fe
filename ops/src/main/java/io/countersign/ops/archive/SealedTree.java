package io.countersign.ops.archive;

import io.countersign.codecs.journal.MessageHeaderDecoder;
import io.countersign.codecs.journal.SealDecoder;
import io.countersign.gateway.seal.Frontier;
import io.countersign.gateway.seal.TreeHasher;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.util.Arrays;

/**
 * Grows the journal's tree again, record by record, and holds it against each seal.
 * <pre>
 *            records from 1 on, or from where removed.json says;        a sequence is missing, or
 *            or a seal whose own frontier has its root                  a seal has another root
 *  LOST ──────────────────────────────────────────────────▶ ANCHORED ─────────────────────────────▶ LOST
 * </pre>
 * While it is anchored, a seal that fits covers all records up to its tree size since the anchor. A root binds all
 * records before it, so a later anchor is worth as much as the first: what was checked up to it once stays so.
 */
final class SealedTree
{
    /** As many records as a seal may lag behind: rule 11 of the journal. */
    private static final int MAX_LAG = 1 << 18;
    private static final int HASH = TreeHasher.HASH_LENGTH;

    private final TreeHasher hasher = new TreeHasher();
    private final Frontier sealed = new Frontier(hasher);
    private final Frontier tried = new Frontier(hasher);
    private final byte[] leaves = new byte[MAX_LAG * HASH];
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final SealDecoder seal = new SealDecoder();
    private final UnsafeBuffer record = new UnsafeBuffer(0, 0);
    private final AuditKeys keys;
    private boolean isAnchored;
    private long firstLeaf;
    private long lastSequence;
    private long coveredFrom = 1;
    private long coveredTo;
    private long sealSequence;
    private byte[] root = new byte[HASH];
    private String checkpoint = "";
    private String problem;

    SealedTree(final AuditKeys keys)
    {
        this.keys = keys;
    }

    /** Where the first record to come is not the journal's first. */
    void startBehind(final long treeSize, final byte[] frontier)
    {
        sealed.set(treeSize, frontier);
        isAnchored = true;
        lastSequence = treeSize;
        firstLeaf = treeSize + 1;
        coveredFrom = treeSize + 1;
        coveredTo = treeSize;
    }

    /** Takes a record; true when it is a seal that fits. */
    boolean onRecord(
        final DirectBuffer buffer, final int offset, final int length, final int templateId, final long sequence)
    {
        problem = null;
        follow(sequence);
        if (isAnchored && sequence - sealed.size() > MAX_LAG)
        {
            sealed.add(leaves, slot(sealed.size() + 1));
        }

        hasher.leaf(buffer, offset, length, leaves, slot(sequence));
        firstLeaf = Math.max(firstLeaf, sequence - MAX_LAG + 1);
        lastSequence = sequence;
        return SealDecoder.TEMPLATE_ID == templateId && onSeal(buffer, offset, length);
    }

    /** What the last record shows to be wrong, null when nothing. */
    String problem()
    {
        return problem;
    }

    /** First of the records that are covered. */
    long coveredFrom()
    {
        return coveredFrom;
    }

    /** Last of the records that are covered, less than the first when there is none. */
    long coveredTo()
    {
        return coveredTo;
    }

    /** Sequence of the last seal that fitted. */
    long sealSequence()
    {
        return sealSequence;
    }

    /** Checkpoint of the last seal that fitted. */
    String checkpoint()
    {
        return checkpoint;
    }

    /** What is wrong with the checkpoint of the last seal that fitted, null when nothing. */
    String checkpointFault()
    {
        return keys.fault(checkpoint, coveredTo, root);
    }

    /** The frontier of all records so far, null when it is not known. */
    byte[] frontier()
    {
        if (!isAnchored)
        {
            return null;
        }

        growTo(lastSequence);
        return tried.encoded();
    }

    private void follow(final long sequence)
    {
        if (0 == lastSequence && 1 == sequence)
        {
            startBehind(0, new byte[0]);
        }
        else if (lastSequence + 1 != sequence)
        {
            if (0 != lastSequence)
            {
                problem = lastSequence < sequence ?
                    "records " + (lastSequence + 1) + " to " + (sequence - 1) + " are missing or damaged" :
                    "sequence " + sequence + " follows " + lastSequence;
            }

            lose(sequence);
        }
    }

    private void lose(final long nextSequence)
    {
        isAnchored = false;
        firstLeaf = nextSequence;
        coveredFrom = Long.MAX_VALUE;
        coveredTo = 0;
    }

    private boolean onSeal(final DirectBuffer buffer, final int offset, final int length)
    {
        record.wrap(buffer, offset, length);
        try
        {
            return onSeal();
        }
        catch (final IndexOutOfBoundsException ex)
        {
            problem = "the seal in record " + lastSequence + " is cut short; run 'countersign audit verify'";
            return false;
        }
    }

    private boolean onSeal()
    {
        header.wrap(record, 0);
        seal.wrapAndApplyHeader(record, 0, header);
        final long treeSize = seal.treeSize();
        final byte[] sealedRoot = new byte[HASH];
        for (int i = 0; i < HASH; i++)
        {
            sealedRoot[i] = (byte) seal.root(i);
        }

        seal.skipClockSource();
        final byte[] frontier = new byte[seal.frontierLength()];
        seal.getFrontier(frontier, 0, frontier.length);
        final String note = seal.checkpoint();
        if (treeSize + 1 < firstLeaf && !isAnchored)
        {
            // What lies between it and the first record at hand is not at hand; a later seal will do.
            return false;
        }

        return isAnchored ? fits(treeSize, sealedRoot, note) : anchors(treeSize, sealedRoot, frontier, note);
    }

    private boolean fits(final long treeSize, final byte[] sealedRoot, final String note)
    {
        final boolean isInReach = treeSize >= sealed.size() && treeSize < lastSequence;
        if (isInReach)
        {
            growTo(treeSize);
        }

        if (!isInReach || !Arrays.equals(sealedRoot, tried.root()))
        {
            problem = "the root of the seal in record " + lastSequence + " does not fit the records; run 'countersign " +
                "audit verify'";
            lose(firstLeaf);
            return false;
        }

        accept(treeSize, sealedRoot, note);
        return true;
    }

    private boolean anchors(
        final long treeSize, final byte[] sealedRoot, final byte[] frontier, final String note)
    {
        final boolean isPossible = treeSize >= 0 && treeSize < lastSequence &&
            Long.bitCount(treeSize) * HASH == frontier.length;
        if (isPossible)
        {
            tried.set(treeSize, frontier);
        }

        if (!isPossible || !Arrays.equals(sealedRoot, tried.root()) ||
            null != keys.fault(note, treeSize, sealedRoot))
        {
            problem = "the seal in record " + lastSequence + " cannot be gone on from; run 'countersign audit verify'";
            return false;
        }

        isAnchored = true;
        coveredFrom = treeSize + 1;
        accept(treeSize, sealedRoot, note);
        return true;
    }

    private void accept(final long treeSize, final byte[] sealedRoot, final String note)
    {
        sealed.set(tried);
        coveredTo = treeSize;
        sealSequence = lastSequence;
        root = sealedRoot;
        checkpoint = note;
    }

    private void growTo(final long treeSize)
    {
        tried.set(sealed);
        while (tried.size() < treeSize)
        {
            tried.add(leaves, slot(tried.size() + 1));
        }
    }

    private static int slot(final long sequence)
    {
        return (int) (sequence & MAX_LAG - 1) * HASH;
    }
}
