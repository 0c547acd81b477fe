package io.countersign.gateway.seal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The proof that a leaf is in a tree (RFC 6962, section 2.1.1): made as the leaves come by once, in memory that does
 * not grow with the tree, and verified without any of them. One thread at a time.
 * <pre>
 *  index 2 of 5 leaves:          path: H(3), H(0,1), H(4)      from the leaf's sibling up
 *            root
 *          ┌──┴──┐
 *       ┌──┴──┐  4
 *      0,1   2,3
 * </pre>
 * The range on each level up from the leaf is a perfect subtree until the right edge of the tree: on its left one from
 * the frontier, on its right one that is gathered as its leaves come.
 */
public final class InclusionProof
{
    private static final int HASH_LENGTH = TreeHasher.HASH_LENGTH;

    private final TreeHasher hasher;
    private final long index;
    private final List<byte[]> path = new ArrayList<>();
    private final Frontier before;
    private final Frontier right;
    private long size;
    private byte[] leafHash;

    /**
     * To be fed with all leaves from the first on.
     *
     * @param hasher shared with nobody on another thread.
     * @param index  of the leaf, from 0.
     */
    public InclusionProof(final TreeHasher hasher, final long index)
    {
        this.hasher = hasher;
        this.index = index;
        before = new Frontier(hasher);
        right = new Frontier(hasher);
    }

    /**
     * Begin behind leaves that are not at hand.
     *
     * @param treeSize number of them; not above the index.
     * @param frontier of their tree, {@link Frontier#encoded()}.
     * @throws IllegalArgumentException when the leaf is among them.
     */
    public void begin(final long treeSize, final byte[] frontier)
    {
        if (treeSize > index)
        {
            throw new IllegalArgumentException("leaf " + index + " is among " + treeSize + " that are not at hand");
        }
        before.set(treeSize, frontier);
        size = treeSize;
    }

    /**
     * The next leaf.
     *
     * @param leaf   holds its hash.
     * @param offset where in it.
     */
    public void add(final byte[] leaf, final int offset)
    {
        if (size < index)
        {
            before.add(leaf, offset);
        }
        else if (size == index)
        {
            leafHash = Arrays.copyOfRange(leaf, offset, offset + HASH_LENGTH);
            passLeft();
        }
        else
        {
            right.add(leaf, offset);
            if (right.size() == 1L << path.size())
            {
                path.add(right.root());
                right.clear();
                passLeft();
            }
        }
        size++;
    }

    /**
     * The path in the tree of all leaves so far.
     *
     * @return hashes from the leaf's sibling up.
     * @throws IllegalStateException when the leaf has not come yet.
     */
    public List<byte[]> path()
    {
        if (null == leafHash)
        {
            throw new IllegalStateException("leaf " + index + " has not come yet");
        }
        final List<byte[]> whole = new ArrayList<>(path);
        int level = whole.size();
        if (right.size() > 0)
        {
            whole.add(right.root());
        }
        // At the right edge every subtree that is left of the path counts, and there is nothing on its right.
        for (; level < Long.SIZE; level++)
        {
            if ((index >>> level & 1) != 0)
            {
                whole.add(subtree(level));
            }
        }
        return whole;
    }

    /**
     * The hash of the leaf itself.
     *
     * @return 32 bytes; null when it has not come yet.
     */
    public byte[] leafHash()
    {
        return null == leafHash ? null : leafHash.clone();
    }

    /**
     * The root that follows from a leaf and its path.
     *
     * @param hasher   shared with nobody on another thread.
     * @param leafHash hash of the leaf.
     * @param index    of the leaf, from 0.
     * @param size     of the tree.
     * @param path     hashes from the leaf's sibling up.
     * @return 32 bytes; null when the path is not one of that leaf in a tree of that size.
     */
    public static byte[] root(
        final TreeHasher hasher, final byte[] leafHash, final long index, final long size, final List<byte[]> path)
    {
        if (index < 0 || index >= size || HASH_LENGTH != leafHash.length)
        {
            return null;
        }
        final byte[] root = leafHash.clone();
        long node = index;
        long last = size - 1;
        for (final byte[] sibling : path)
        {
            if (0 == last || HASH_LENGTH != sibling.length)
            {
                return null;
            }
            if ((node & 1) != 0 || node == last)
            {
                hasher.node(sibling, 0, root, 0, root, 0);
                while ((node & 1) == 0 && node != 0)
                {
                    node >>>= 1;
                    last >>>= 1;
                }
            }
            else
            {
                hasher.node(root, 0, sibling, 0, root, 0);
            }
            node >>>= 1;
            last >>>= 1;
        }
        return 0 == last ? root : null;
    }

    /** The path in the tree that has one more leaf, which is not added. */
    List<byte[]> pathWith(final byte[] leaf)
    {
        final InclusionProof longer = new InclusionProof(hasher, index);
        longer.before.set(before);
        longer.right.set(right);
        longer.path.addAll(path);
        longer.size = size;
        longer.leafHash = leafHash;
        longer.add(leaf, 0);
        return longer.path();
    }

    private void passLeft()
    {
        while ((index >>> path.size() & 1) != 0)
        {
            path.add(subtree(path.size()));
        }
    }

    /** The perfect subtree of that level in the tree of the leaves before. */
    private byte[] subtree(final int level)
    {
        final byte[] encoded = before.encoded();
        final int at = Long.bitCount(index >>> level + 1);
        return Arrays.copyOfRange(encoded, at * HASH_LENGTH, (at + 1) * HASH_LENGTH);
    }
}
