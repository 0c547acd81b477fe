package io.countersign.ops.verify;

import io.countersign.gateway.seal.Frontier;
import io.countersign.gateway.seal.TreeHasher;
import org.agrona.DirectBuffer;

import java.util.Arrays;

/**
 * The tree over the records as they are read, with its root at any size that lies no more than {@link #MAX_LAG} behind:
 * the latest leaves are kept as they are, and a frontier follows behind them. Memory is the same for any journal.
 * <pre>
 *   1 .. frontier.size()          frontier.size() + 1 .. size()
 *   only roots of subtrees        leaf hashes, in a ring
 * </pre>
 */
final class TreeCheck
{
    /** Rule 11 of the journal: the sequence of a Seal is at most that far above its tree size. */
    static final int MAX_LAG = 262_144;

    private static final int CHUNK_BITS = 12;
    private static final int CHUNK_MASK = (1 << CHUNK_BITS) - 1;
    private static final int CHUNKS_MASK = (MAX_LAG >> CHUNK_BITS) - 1;
    private static final int HASH_LENGTH = TreeHasher.HASH_LENGTH;

    /** Hears of each size that the frontier passes. */
    @FunctionalInterface
    interface Watcher
    {
        /** The next size that it wants to hear of, above the given one; {@link Long#MAX_VALUE} for none. */
        long onSize(long size, Frontier frontier);
    }

    private final TreeHasher hasher = new TreeHasher();
    private final Frontier frontier = new Frontier(hasher);
    private final byte[][] leaves = new byte[MAX_LAG >> CHUNK_BITS][];
    private final Watcher watcher;
    private long watched;
    private long size;
    private long contiguousFrom;
    private boolean isWhole = true;

    TreeCheck(final Watcher watcher)
    {
        this.watcher = watcher;
        watched = watcher.onSize(0, frontier);
    }

    /** Begin behind records that were removed. */
    void begin(final long treeSize, final byte[] encoded)
    {
        frontier.set(treeSize, encoded);
        size = treeSize;
        contiguousFrom = treeSize;
        watched = watcher.onSize(treeSize, frontier);
    }

    /** Add a record; when it does not follow the one before, the tree is whole again only after a resumption. */
    void add(final long sequence, final DirectBuffer record, final int offset, final int length)
    {
        if (sequence != size + 1)
        {
            isWhole = false;
            size = sequence - 1;
            contiguousFrom = size;
        }
        if (isWhole && size - frontier.size() >= MAX_LAG)
        {
            advance();
        }
        hasher.leaf(record, offset, length, chunkOf(size), offsetOf(size));
        size++;
    }

    /** Number of leaves. */
    long size()
    {
        return size;
    }

    /** Whether there is a leaf of every record up to the last. */
    boolean isWhole()
    {
        return isWhole;
    }

    /** Brings the frontier to a size; false when it is past that, or not whole. */
    boolean advanceTo(final long treeSize)
    {
        if (!isWhole || treeSize < frontier.size() || treeSize > size)
        {
            return false;
        }
        while (frontier.size() < treeSize)
        {
            advance();
        }
        return true;
    }

    /** The tree of the size that it was last brought to. */
    Frontier frontier()
    {
        return frontier;
    }

    /** Goes on from a tree that a seal states, where its frontier has its root and all leaves behind it are at hand. */
    void resume(final long treeSize, final byte[] encoded, final byte[] root)
    {
        if (treeSize >= contiguousFrom && treeSize <= size && size - treeSize <= MAX_LAG &&
            encoded.length == Long.bitCount(treeSize) * HASH_LENGTH)
        {
            final Frontier stated = new Frontier(hasher);
            stated.set(treeSize, encoded);
            if (Arrays.equals(stated.root(), root))
            {
                frontier.set(stated);
                isWhole = true;
                watched = watcher.onSize(treeSize, frontier);
            }
        }
    }

    private void advance()
    {
        frontier.add(chunkOf(frontier.size()), offsetOf(frontier.size()));
        if (frontier.size() >= watched)
        {
            watched = watcher.onSize(frontier.size(), frontier);
        }
    }

    private byte[] chunkOf(final long index)
    {
        final int chunk = (int) (index >>> CHUNK_BITS) & CHUNKS_MASK;
        if (null == leaves[chunk])
        {
            leaves[chunk] = new byte[HASH_LENGTH << CHUNK_BITS];
        }
        return leaves[chunk];
    }

    private static int offsetOf(final long index)
    {
        return ((int) index & CHUNK_MASK) * HASH_LENGTH;
    }
}
