package io.countersign.ops.archive;

import io.countersign.codecs.journal.MessageHeaderDecoder;
import io.countersign.gateway.journal.JournalCycles;
import io.countersign.gateway.journal.OpenIntents;
import io.countersign.ops.audit.RemovedRecords;
import org.agrona.DirectBuffer;

import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;

/**
 * Looks, cycle by cycle, whether all its records are under a seal that fits and no start of the gateway needs them.
 */
final class CycleReview
{
    private static final int UTC_OFFSET = MessageHeaderDecoder.ENCODED_LENGTH + Long.BYTES;

    private final JournalCycles cycles;
    private final RemovedRecords removed;
    private final SealedTree tree;
    private final OpenIntents open = new OpenIntents();
    private final TreeMap<Integer, Verdict> verdicts = new TreeMap<>();
    private final List<Verdict> pending = new ArrayList<>();
    private Verdict current;

    /**
     * What is known of a cycle that was asked for.
     */
    static final class Verdict
    {
        private final int index;
        private long firstSequence;
        private long lastSequence;
        private long lastUtcNs;
        private long sealSequence;
        private byte[] frontier;
        private String lastCheckpoint;
        private String reason;

        private Verdict(final int index)
        {
            this.index = index;
        }

        int index()
        {
            return index;
        }

        long firstSequence()
        {
            return firstSequence;
        }

        long lastSequence()
        {
            return lastSequence;
        }

        /** UTC of the last record. */
        long lastUtcNs()
        {
            return lastUtcNs;
        }

        /** Sequence of the seal that covers it, 0 when it holds no record. */
        long sealSequence()
        {
            return sealSequence;
        }

        /** Of the tree up to its last record. */
        byte[] frontier()
        {
            return frontier;
        }

        /** Of the newest seal up to its last record, empty when there is none. */
        String lastCheckpoint()
        {
            return lastCheckpoint;
        }

        /** Why it has to stay as it is; null when it has not. */
        String reason()
        {
            return reason;
        }

        private String records()
        {
            return firstSequence + " to " + lastSequence;
        }
    }

    CycleReview(final JournalCycles cycles, final AuditKeys keys, final RemovedRecords removed)
    {
        this.cycles = cycles;
        this.removed = removed;
        tree = new SealedTree(keys);
    }

    /**
     * Reviews cycles.
     *
     * @param indices of them.
     * @param first   index of the file to begin to read at, for example {@link #anchorBefore(int)}.
     * @return a verdict for each, in their order.
     * @throws IOException when the operating system refuses to read.
     */
    List<Verdict> run(final Collection<Integer> indices, final int first) throws IOException
    {
        indices.forEach((index) -> verdicts.put(index, new Verdict(index)));
        if (0 == first && null != removed)
        {
            tree.startBehind(removed.firstSequence() - 1, removed.frontier());
        }

        for (int i = first; i < cycles.size() && (!pending.isEmpty() || i <= verdicts.lastKey()); i++)
        {
            current = verdicts.get(i);
            final boolean isLast = i > verdicts.lastKey();
            final long faults = cycles.read(i, (buffer, offset, length, templateId, sequence) ->
            {
                onRecord(buffer, offset, length, templateId, sequence);
                return !isLast || !pending.isEmpty();
            });
            if (null != current)
            {
                endCycle(faults);
            }
        }

        pending.forEach(this::explain);
        return List.copyOf(verdicts.values());
    }

    /**
     * The newest cycle before one that holds a seal from which the tree can be grown on up to it.
     *
     * @param index of the cycle.
     * @return index of that cycle, 0 when there is none: then the whole journal has to be read.
     * @throws IOException when the operating system refuses to read.
     */
    int anchorBefore(final int index) throws IOException
    {
        for (int i = index - 1; i > 0; i--)
        {
            if (holdsAnchor(i))
            {
                return i;
            }
        }

        return 0;
    }

    private boolean holdsAnchor(final int index) throws IOException
    {
        final SealedTree alone = new SealedTree(AuditKeys.none());
        final boolean[] isAnchored = new boolean[1];
        cycles.read(index, (buffer, offset, length, templateId, sequence) ->
        {
            isAnchored[0] = alone.onRecord(buffer, offset, length, templateId, sequence);
            return !isAnchored[0];
        });
        return isAnchored[0];
    }

    private void onRecord(
        final DirectBuffer buffer, final int offset, final int length, final int templateId, final long sequence)
    {
        open.onRecord(buffer, offset, length, templateId, sequence);
        final boolean isSealed = tree.onRecord(buffer, offset, length, templateId, sequence);
        if (null != current)
        {
            current.firstSequence = 0 == current.firstSequence ? sequence : current.firstSequence;
            current.lastSequence = sequence;
            current.lastUtcNs = buffer.getLong(offset + UTC_OFFSET, ByteOrder.LITTLE_ENDIAN);
        }

        if (null != tree.problem())
        {
            note(current);
            pending.forEach(this::note);
        }

        if (isSealed && !pending.isEmpty())
        {
            settle();
        }
    }

    private void note(final Verdict verdict)
    {
        if (null != verdict && null == verdict.reason)
        {
            verdict.reason = tree.problem();
        }
    }

    private void endCycle(final long faults)
    {
        current.frontier = tree.frontier();
        current.lastCheckpoint = tree.checkpoint();
        if (0 != current.firstSequence)
        {
            pending.add(current);
        }
        else if (faults > 0)
        {
            current.reason = "nothing in it can be read; run 'countersign audit replay'";
        }
    }

    /** By the seal that has just come. */
    private void settle()
    {
        if (pending.getFirst().lastSequence <= tree.coveredTo())
        {
            final String fault = tree.checkpointFault();
            final long oldestOpen = open.oldest();
            pending.removeIf((verdict) -> isSettled(verdict, fault, oldestOpen));
        }
    }

    private boolean isSettled(final Verdict verdict, final String fault, final long oldestOpen)
    {
        if (tree.coveredFrom() > verdict.firstSequence || verdict.lastSequence > tree.coveredTo())
        {
            return false;
        }

        if (null != fault)
        {
            verdict.reason = "the seal in record " + tree.sealSequence() + " covers it, but " + fault;
            return false;
        }

        if (oldestOpen <= verdict.lastSequence)
        {
            verdict.reason = "intent " + oldestOpen + " has neither an outcome nor an interrupted record; the next " +
                "start of the gateway writes one";
            return false;
        }

        verdict.sealSequence = tree.sealSequence();
        verdict.reason = null;
        return true;
    }

    private void explain(final Verdict verdict)
    {
        if (null == verdict.reason)
        {
            verdict.reason = tree.coveredTo() > 0 ?
                "no seal covers its records " + verdict.records() + "; the newest one covers " + tree.coveredFrom() +
                    " to " + tree.coveredTo() :
                "no seal covers its records " + verdict.records();
        }
    }
}
