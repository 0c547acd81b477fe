package io.countersign.gateway.seal;

import java.util.Arrays;

/**
 * A Merkle tree that grows, of which only the roots of its perfect subtrees are kept: one for each bit that is set in
 * the tree's size, which is all that its root and all later roots need. One thread at a time; allocates nothing but
 * what it gives away.
 */
public final class Frontier
{
    private static final int LEVELS = Long.SIZE;
    private static final int HASH_LENGTH = TreeHasher.HASH_LENGTH;

    private final TreeHasher hasher;
    private final byte[] hashes = new byte[LEVELS * HASH_LENGTH];
    private final byte[] carry = new byte[HASH_LENGTH];
    private long size;

    /**
     * An empty tree.
     *
     * @param hasher shared with nobody on another thread.
     */
    public Frontier(final TreeHasher hasher)
    {
        this.hasher = hasher;
    }

    /**
     * Number of leaves.
     *
     * @return 0 or more.
     */
    public long size()
    {
        return size;
    }

    /**
     * Go back to the empty tree.
     */
    public void clear()
    {
        size = 0;
    }

    /**
     * Take over what another one is.
     *
     * @param other not changed.
     */
    public void set(final Frontier other)
    {
        System.arraycopy(other.hashes, 0, hashes, 0, hashes.length);
        size = other.size;
    }

    /**
     * Go on from a tree whose leaves are not at hand.
     *
     * @param treeSize number of its leaves.
     * @param frontier as {@link #encoded()} gives it.
     * @throws IllegalArgumentException when the length does not fit the size.
     */
    public void set(final long treeSize, final byte[] frontier)
    {
        if (treeSize < 0 || frontier.length != Long.bitCount(treeSize) * HASH_LENGTH)
        {
            throw new IllegalArgumentException(
                "a frontier of " + frontier.length + " bytes does not belong to a tree of " + treeSize + " leaves");
        }
        int at = 0;
        for (int level = LEVELS - 1; level >= 0; level--)
        {
            if ((treeSize >>> level & 1) != 0)
            {
                System.arraycopy(frontier, at, hashes, level * HASH_LENGTH, HASH_LENGTH);
                at += HASH_LENGTH;
            }
        }
        size = treeSize;
    }

    /**
     * Add the next leaf.
     *
     * @param leafHash holds its hash.
     * @param offset   where in it.
     */
    public void add(final byte[] leafHash, final int offset)
    {
        System.arraycopy(leafHash, offset, carry, 0, HASH_LENGTH);
        int level = 0;
        for (long rest = size; (rest & 1) != 0; rest >>>= 1)
        {
            hasher.node(hashes, level * HASH_LENGTH, carry, 0, carry, 0);
            level++;
        }
        System.arraycopy(carry, 0, hashes, level * HASH_LENGTH, HASH_LENGTH);
        size++;
    }

    /**
     * The root of the tree as it is.
     *
     * @return 32 bytes; the hash of nothing for the empty tree.
     */
    public byte[] root()
    {
        if (0 == size)
        {
            return hasher.empty();
        }
        int level = Long.numberOfTrailingZeros(size);
        final byte[] root = Arrays.copyOfRange(hashes, level * HASH_LENGTH, (level + 1) * HASH_LENGTH);
        for (level++; level < LEVELS; level++)
        {
            if ((size >>> level & 1) != 0)
            {
                hasher.node(hashes, level * HASH_LENGTH, root, 0, root, 0);
            }
        }
        return root;
    }

    /**
     * The roots of the perfect subtrees, the largest first.
     *
     * @return 32 bytes for each bit that is set in {@link #size()}.
     */
    public byte[] encoded()
    {
        final byte[] frontier = new byte[Long.bitCount(size) * HASH_LENGTH];
        int at = 0;
        for (int level = LEVELS - 1; level >= 0; level--)
        {
            if ((size >>> level & 1) != 0)
            {
                System.arraycopy(hashes, level * HASH_LENGTH, frontier, at, HASH_LENGTH);
                at += HASH_LENGTH;
            }
        }
        return frontier;
    }
}
