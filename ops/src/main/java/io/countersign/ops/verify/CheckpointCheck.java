package io.countersign.ops.verify;

import io.countersign.gateway.seal.Checkpoint;
import io.countersign.gateway.seal.Frontier;
import io.countersign.gateway.seal.NoteKey;
import io.countersign.gateway.seal.SignedNote;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Holds checkpoints that were kept elsewhere to the tree, in the order of their sizes, as the tree comes by.
 */
final class CheckpointCheck implements TreeCheck.Watcher
{
    private final List<CheckpointFile> files;
    private final CheckpointFile.Entry[] next;
    private final List<NoteKey> witnesses;
    private final NoteVerifier verifier;
    private final SignaturePool pool;
    private final Report report;
    private final Map<String, LongAdder> cosignatures = new ConcurrentHashMap<>();
    private AuditKeys keys;
    private long checked;
    private long uncompared;
    private Checkpoint largest;
    private String origin;
    private boolean isKeyUnknown;

    CheckpointCheck(
        final List<CheckpointFile> files,
        final List<NoteKey> witnesses,
        final NoteVerifier verifier,
        final SignaturePool pool,
        final Report report)
    {
        this.files = files;
        this.witnesses = witnesses;
        this.verifier = verifier;
        this.pool = pool;
        this.report = report;
        next = new CheckpointFile.Entry[files.size()];
        for (int i = 0; i < next.length; i++)
        {
            advance(i);
        }
    }

    /** To be called before the first record. */
    void keys(final AuditKeys auditKeys)
    {
        keys = auditKeys;
    }

    @Override
    public long onSize(final long size, final Frontier frontier)
    {
        long nextSize = Long.MAX_VALUE;
        byte[] root = null;
        for (int i = 0; i < next.length; i++)
        {
            while (null != next[i] && next[i].checkpoint().treeSize() <= size)
            {
                if (next[i].checkpoint().treeSize() == size)
                {
                    root = null == root ? frontier.root() : root;
                    compare(files.get(i), next[i], root);
                }
                else
                {
                    uncompared++;
                }
                advance(i);
            }
            nextSize = null == next[i] ? nextSize : Math.min(nextSize, next[i].checkpoint().treeSize());
        }
        return nextSize;
    }

    /** After the last record: what is left is larger than the journal. */
    void conclude(final long size, final String journalOrigin)
    {
        for (int i = 0; i < next.length; i++)
        {
            for (; null != next[i]; advance(i))
            {
                final long treeSize = next[i].checkpoint().treeSize();
                uncompared += treeSize <= size ? 1 : 0;
                largest = next[i].checkpoint();
                if (treeSize > size)
                {
                    report.broken(place(files.get(i), next[i]), "the checkpoint is of " + treeSize +
                        " records, and the journal ends with " + size + ": records were removed from its end");
                }
            }
        }
        if (files.isEmpty())
        {
            return;
        }
        final StringBuilder text = new StringBuilder("checkpoints: " + checked + " of " + files.size() +
            (1 == files.size() ? " file" : " files"));
        text.append(null == largest ? "" : ", the largest of " + largest.treeSize() + " records");
        new TreeMap<>(cosignatures).forEach((name, count) ->
            text.append(", ").append(count.sum()).append(" cosigned by ").append(name));
        report.fact(text.toString());
        if (uncompared > 0)
        {
            report.doubt(uncompared + (1 == uncompared ? " checkpoint" : " checkpoints") +
                " could not be compared: the tree is not known at their sizes");
        }
        if (isKeyUnknown)
        {
            report.doubt("the audit key is not known, so that no checkpoint could be verified: give it by --keys");
        }
        if (null != journalOrigin && null != origin && !journalOrigin.equals(origin))
        {
            report.broken(new Place(size, files.getFirst().name(), 0), "the checkpoints are of the journal '" + origin +
                "', and its seals of '" + journalOrigin + "'");
        }
    }

    void close()
    {
        files.forEach(CheckpointFile::close);
    }

    private void advance(final int index)
    {
        final CheckpointFile file = files.get(index);
        next[index] = file.next();
        while (null != next[index] && null != next[index].complaint())
        {
            report.broken(new Place(0, file.name(), next[index].offset()),
                "is no checkpoint: " + next[index].complaint());
            next[index] = file.next();
        }
    }

    private void compare(final CheckpointFile file, final CheckpointFile.Entry entry, final byte[] root)
    {
        checked++;
        final Checkpoint checkpoint = entry.checkpoint();
        largest = null == largest || largest.treeSize() < checkpoint.treeSize() ? checkpoint : largest;
        origin = null == origin ? checkpoint.origin() : origin;
        if (!origin.equals(checkpoint.origin()))
        {
            report.broken(place(file, entry), "the checkpoint is of the journal '" + checkpoint.origin() +
                "', and those before of '" + origin + "'");
        }
        if (!Arrays.equals(root, checkpoint.root()))
        {
            report.broken(place(file, entry), "the checkpoint has another root than records 1 to " +
                checkpoint.treeSize() + " here: the journal is not the one that it was made of");
        }
        checkSignatures(place(file, entry), entry.note());
    }

    private void checkSignatures(final Place place, final SignedNote note)
    {
        boolean isSigned = false;
        for (final SignedNote.Line line : note.signatures())
        {
            final NoteKey key = keys.any(line);
            if (null != key)
            {
                isSigned = true;
                pool.add(() -> verify(place, key, note, line, "the audit key"));
            }
            witnesses.stream().filter((witness) -> witness.claims(line)).findFirst().ifPresent((witness) ->
                pool.add(() ->
                {
                    if (verify(place, witness, note, line, "the witness " + witness.name()))
                    {
                        cosignatures.computeIfAbsent(witness.name(), (name) -> new LongAdder()).increment();
                    }
                }));
        }
        if (!isSigned && keys.areKnown())
        {
            report.broken(place, "the checkpoint has no signature of the audit key");
        }
        isKeyUnknown |= !keys.areKnown();
    }

    private boolean verify(
        final Place place, final NoteKey key, final SignedNote note, final SignedNote.Line line, final String whose)
    {
        final boolean isGood = verifier.verifies(key, note, line);
        if (!isGood)
        {
            report.broken(place, "the checkpoint's signature is not one of " + whose);
        }
        return isGood;
    }

    private static Place place(final CheckpointFile file, final CheckpointFile.Entry entry)
    {
        return new Place(entry.checkpoint().treeSize(), file.name(), entry.offset());
    }
}
