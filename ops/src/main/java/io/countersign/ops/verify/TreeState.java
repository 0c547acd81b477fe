package io.countersign.ops.verify;

import io.countersign.gateway.seal.ConsistencyProof;
import io.countersign.gateway.seal.Frontier;
import io.countersign.gateway.seal.TreeHasher;
import io.countersign.ops.CommandException;
import io.countersign.ops.ExitCode;
import io.countersign.ops.audit.RemovedRecords;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How far a journal was, as a checkpoint says or as its records are.
 *
 * @param size   number of records.
 * @param root   of their tree.
 * @param origin name of the journal; null where records say it, not a checkpoint.
 */
record TreeState(long size, byte[] root, String origin)
{
    /** From the last checkpoint of a file, whose signature must be good where an audit key is known, or a journal. */
    static TreeState of(final Path path, final KnownKeys keys) throws IOException
    {
        if (Files.isDirectory(path))
        {
            final long[] size = new long[1];
            final List<byte[]> roots = rootsIn(path, Long.MAX_VALUE, Long.MAX_VALUE, null, size);
            return new TreeState(size[0], roots.getLast(), null);
        }
        final CheckpointFile.Entry last = CheckpointFile.last(path);
        if (SignatureOfNote.FALSE == SignatureOfNote.of(last.note(), last.checkpoint(), keys))
        {
            throw new CommandException(
                path + ": its last checkpoint has no good signature of the audit key", ExitCode.WRONG);
        }
        return new TreeState(last.checkpoint().treeSize(), last.checkpoint().root(), last.checkpoint().origin());
    }

    /** The roots of a journal at two sizes; feeds a proof on the way where there is one. */
    static List<byte[]> rootsIn(
        final Path directory, final long first, final long second, final ConsistencyProof proof) throws IOException
    {
        final long[] size = new long[1];
        final List<byte[]> roots = rootsIn(directory, first, second, proof, size);
        if (size[0] < second)
        {
            throw new CommandException(directory + " has only " + size[0] + " records, and a checkpoint is of " +
                second, ExitCode.WRONG);
        }
        return roots;
    }

    private static List<byte[]> rootsIn(
        final Path directory, final long first, final long second, final ConsistencyProof proof, final long[] size)
        throws IOException
    {
        final TreeHasher hasher = new TreeHasher();
        final Frontier frontier = new Frontier(hasher);
        final byte[] hash = new byte[TreeHasher.HASH_LENGTH];
        final List<byte[]> roots = new ArrayList<>();
        JournalPass.over(directory, (reader) ->
        {
            if (0 == frontier.size())
            {
                final RemovedRecords removed = JournalPass.removedBefore(directory, reader.sequence());
                if (null != removed)
                {
                    requireAtHand(directory, removed, Math.min(first, second), proof);
                    frontier.set(removed.firstSequence() - 1, removed.frontier());
                    addRoot(frontier, first, roots);
                }
            }
            hasher.leaf(reader.buffer(), reader.offset(), reader.length(), hash, 0);
            frontier.add(hash, 0);
            if (null != proof)
            {
                proof.add(hash, 0);
            }
            addRoot(frontier, first, roots);
            return frontier.size() < second;
        });
        size[0] = frontier.size();
        roots.add(frontier.root());
        return roots;
    }

    private static void addRoot(final Frontier frontier, final long size, final List<byte[]> roots)
    {
        if (frontier.size() == size)
        {
            roots.add(frontier.root());
        }
    }

    private static void requireAtHand(
        final Path directory, final RemovedRecords removed, final long size, final ConsistencyProof proof)
    {
        if (size < removed.firstSequence() - 1 || null != proof)
        {
            throw new CommandException(directory + " begins with record " + removed.firstSequence() +
                ": the records before it, which are needed here, were removed; take the archive");
        }
    }
}
