package io.countersign.gateway.seal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The proof that one tree begins with another (RFC 6962, section 2.1.2): made as the leaves come by once, in memory
 * that does not grow with the tree, and verified from the two roots. One thread at a time.
 * <p>
 * The old tree ends with a perfect subtree of as many leaves as the lowest bit of its size says. The proof is that
 * subtree and its path in the new tree; the subtree is left out where it is the whole old tree.
 */
public final class ConsistencyProof
{
    private static final int HASH_LENGTH = TreeHasher.HASH_LENGTH;

    private final long oldSize;
    private final int level;
    private final InclusionProof inclusion;
    private final Frontier subtree;
    private long size;

    /**
     * To be fed with all leaves from the first on.
     *
     * @param hasher  shared with nobody on another thread.
     * @param oldSize number of leaves of the old tree, above 0.
     */
    public ConsistencyProof(final TreeHasher hasher, final long oldSize)
    {
        this.oldSize = oldSize;
        level = Long.numberOfTrailingZeros(oldSize);
        // A tree whose leaves are subtrees of that level: the old tree's last one has the index below.
        inclusion = new InclusionProof(hasher, (oldSize >>> level) - 1);
        subtree = new Frontier(hasher);
    }

    /**
     * The next leaf.
     *
     * @param leaf   holds its hash.
     * @param offset where in it.
     */
    public void add(final byte[] leaf, final int offset)
    {
        subtree.add(leaf, offset);
        size++;
        if (subtree.size() == 1L << level)
        {
            inclusion.add(subtree.root(), 0);
            subtree.clear();
        }
    }

    /**
     * The proof for the tree of all leaves so far.
     *
     * @return hashes; none when the trees are of one size.
     * @throws IllegalStateException when there are fewer leaves than the old tree has.
     */
    public List<byte[]> path()
    {
        if (size < oldSize)
        {
            throw new IllegalStateException("there are " + size + " leaves, and the old tree has " + oldSize);
        }
        if (size == oldSize)
        {
            return List.of();
        }
        final List<byte[]> path = new ArrayList<>();
        if (oldSize != 1L << level)
        {
            path.add(inclusion.leafHash());
        }
        path.addAll(subtree.size() > 0 ? inclusion.pathWith(subtree.root()) : inclusion.path());
        return path;
    }

    /**
     * Whether a proof shows that a tree begins with another.
     *
     * @param hasher  shared with nobody on another thread.
     * @param oldSize of the old tree.
     * @param oldRoot of the old tree.
     * @param newSize of the new tree.
     * @param newRoot of the new tree.
     * @param path    hashes as {@link #path()} gives them.
     * @return false when it does not.
     */
    public static boolean verifies(
        final TreeHasher hasher,
        final long oldSize,
        final byte[] oldRoot,
        final long newSize,
        final byte[] newRoot,
        final List<byte[]> path)
    {
        if (oldSize < 1 || oldSize >= newSize)
        {
            return oldSize == newSize && path.isEmpty() && Arrays.equals(oldRoot, newRoot);
        }
        if (path.isEmpty() || path.stream().anyMatch((hash) -> HASH_LENGTH != hash.length))
        {
            return false;
        }
        long node = oldSize - 1 >>> Long.numberOfTrailingZeros(oldSize);
        long last = newSize - 1 >>> Long.numberOfTrailingZeros(oldSize);
        final boolean isPower = 0 == (oldSize & oldSize - 1);
        final byte[] oldHash = isPower ? oldRoot.clone() : path.getFirst().clone();
        final byte[] newHash = oldHash.clone();
        for (final byte[] sibling : isPower ? path : path.subList(1, path.size()))
        {
            if (0 == last)
            {
                return false;
            }
            if ((node & 1) != 0 || node == last)
            {
                hasher.node(sibling, 0, oldHash, 0, oldHash, 0);
                hasher.node(sibling, 0, newHash, 0, newHash, 0);
                while ((node & 1) == 0 && node != 0)
                {
                    node >>>= 1;
                    last >>>= 1;
                }
            }
            else
            {
                hasher.node(newHash, 0, sibling, 0, newHash, 0);
            }
            node >>>= 1;
            last >>>= 1;
        }
        return 0 == last && Arrays.equals(oldHash, oldRoot) && Arrays.equals(newHash, newRoot);
    }
}
