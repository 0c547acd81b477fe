package io.countersign.gateway.seal;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

import static org.junit.jupiter.api.Assertions.*;

/**
 * Against the recursive definitions of RFC 6962, sections 2.1.1 and 2.1.2, for all trees up to 70 leaves, and against
 * the vectors that Certificate Transparency's implementations share.
 */
class TreeProofsTest
{
    private static final int SIZES = 70;

    /** The leaves of the shared vectors. */
    private static final List<String> VECTOR_LEAVES = List.of(
        "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f");

    private final TreeHasher hasher = new TreeHasher();

    @Test
    void shouldMakeAndVerifyEveryInclusionProof()
    {
        final List<byte[]> leaves = leaves();
        for (int index = 0; index < SIZES; index++)
        {
            final InclusionProof proof = new InclusionProof(hasher, index);
            for (int size = 1; size <= SIZES; size++)
            {
                proof.add(leaves.get(size - 1), 0);
                if (size > index)
                {
                    final List<byte[]> path = proof.path();
                    assertHashes(inclusion(index, leaves.subList(0, size)), path);
                    final byte[] root = root(leaves.subList(0, size));
                    assertArrayEquals(root, InclusionProof.root(hasher, leaves.get(index), index, size, path));
                    assertRefused(leaves.get(index), index, size, path, root);
                }
            }
        }
    }

    @Test
    void shouldBeginInclusionProofsBehindLeavesThatAreNotAtHand()
    {
        final List<byte[]> leaves = leaves();
        final Frontier frontier = new Frontier(hasher);
        leaves.subList(0, 21).forEach((leaf) -> frontier.add(leaf, 0));
        final InclusionProof proof = new InclusionProof(hasher, 33);
        proof.begin(21, frontier.encoded());
        leaves.subList(21, 61).forEach((leaf) -> proof.add(leaf, 0));
        assertHashes(inclusion(33, leaves.subList(0, 61)), proof.path());
        assertThrows(IllegalArgumentException.class,
            () -> new InclusionProof(hasher, 20).begin(21, frontier.encoded()));
    }

    @Test
    void shouldMakeAndVerifyEveryConsistencyProof()
    {
        final List<byte[]> leaves = leaves();
        for (int oldSize = 1; oldSize <= SIZES; oldSize++)
        {
            final ConsistencyProof proof = new ConsistencyProof(hasher, oldSize);
            final byte[] oldRoot = root(leaves.subList(0, oldSize));
            for (int size = 1; size <= SIZES; size++)
            {
                proof.add(leaves.get(size - 1), 0);
                if (size >= oldSize)
                {
                    final List<byte[]> path = proof.path();
                    final byte[] root = root(leaves.subList(0, size));
                    assertHashes(consistency(oldSize, leaves.subList(0, size), true), path);
                    assertTrue(ConsistencyProof.verifies(hasher, oldSize, oldRoot, size, root, path));
                    assertFalse(ConsistencyProof.verifies(hasher, oldSize, changed(oldRoot), size, root, path));
                    assertFalse(ConsistencyProof.verifies(hasher, oldSize, oldRoot, size, changed(root), path));
                    for (int i = 0; i < path.size(); i++)
                    {
                        final List<byte[]> other = new ArrayList<>(path);
                        other.set(i, changed(path.get(i)));
                        assertFalse(ConsistencyProof.verifies(hasher, oldSize, oldRoot, size, root, other));
                        other.remove(i);
                        assertFalse(ConsistencyProof.verifies(hasher, oldSize, oldRoot, size, root, other));
                    }
                }
            }
        }
    }

    @Test
    void shouldHaveTheRootsAndPathsOfTheSharedVectors()
    {
        final List<byte[]> leaves = VECTOR_LEAVES.stream().map((hex) -> leaf(HexFormat.of().parseHex(hex))).toList();
        assertEquals("6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            hex(root(leaves.subList(0, 1))));
        assertEquals("5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328", hex(root(leaves)));
        final InclusionProof proof = new InclusionProof(hasher, 0);
        leaves.forEach((leaf) -> proof.add(leaf, 0));
        assertEquals(List.of(
            "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"),
            proof.path().stream().map(TreeProofsTest::hex).toList());
        final ConsistencyProof consistency = new ConsistencyProof(hasher, 6);
        leaves.forEach((leaf) -> consistency.add(leaf, 0));
        assertEquals(List.of(
            "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"),
            consistency.path().stream().map(TreeProofsTest::hex).toList());
    }

    private void assertRefused(
        final byte[] leaf, final int index, final int size, final List<byte[]> path, final byte[] root)
    {
        for (int i = 0; i < path.size(); i++)
        {
            final List<byte[]> other = new ArrayList<>(path);
            other.set(i, changed(path.get(i)));
            assertNotEquals(hex(root), hex(InclusionProof.root(hasher, leaf, index, size, other)));
            other.remove(i);
            assertNull(InclusionProof.root(hasher, leaf, index, size, other));
        }
        final List<byte[]> longer = new ArrayList<>(path);
        longer.add(root);
        assertNull(InclusionProof.root(hasher, leaf, index, size, longer));
        assertNull(InclusionProof.root(hasher, leaf, size, size, path));
    }

    private List<byte[]> leaves()
    {
        final List<byte[]> leaves = new ArrayList<>();
        for (int i = 0; i < SIZES; i++)
        {
            leaves.add(leaf(new byte[]{(byte) i}));
        }
        return leaves;
    }

    private byte[] leaf(final byte[] record)
    {
        final byte[] hash = new byte[TreeHasher.HASH_LENGTH];
        hasher.leaf(new UnsafeBuffer(record), 0, record.length, hash, 0);
        return hash;
    }

    private byte[] root(final List<byte[]> leaves)
    {
        if (1 == leaves.size())
        {
            return leaves.getFirst();
        }
        final int split = split(leaves.size());
        final byte[] node = new byte[TreeHasher.HASH_LENGTH];
        hasher.node(root(leaves.subList(0, split)), 0, root(leaves.subList(split, leaves.size())), 0, node, 0);
        return node;
    }

    private List<byte[]> inclusion(final int index, final List<byte[]> leaves)
    {
        if (1 == leaves.size())
        {
            return new ArrayList<>();
        }
        final int split = split(leaves.size());
        final List<byte[]> left = leaves.subList(0, split);
        final List<byte[]> right = leaves.subList(split, leaves.size());
        final List<byte[]> path = index < split ? inclusion(index, left) : inclusion(index - split, right);
        path.add(root(index < split ? right : left));
        return path;
    }

    private List<byte[]> consistency(final int oldSize, final List<byte[]> leaves, final boolean isWhole)
    {
        if (oldSize == leaves.size())
        {
            return new ArrayList<>(isWhole ? List.of() : List.of(root(leaves)));
        }
        final int split = split(leaves.size());
        final List<byte[]> left = leaves.subList(0, split);
        final List<byte[]> right = leaves.subList(split, leaves.size());
        final List<byte[]> path = oldSize <= split ?
            consistency(oldSize, left, isWhole) : consistency(oldSize - split, right, false);
        path.add(root(oldSize <= split ? right : left));
        return path;
    }

    private static int split(final int size)
    {
        return Integer.highestOneBit(size - 1);
    }

    private static byte[] changed(final byte[] hash)
    {
        final byte[] other = hash.clone();
        other[7] ^= 4;
        return other;
    }

    private static String hex(final byte[] bytes)
    {
        return null == bytes ? "" : HexFormat.of().formatHex(bytes);
    }

    private static void assertHashes(final List<byte[]> expected, final List<byte[]> actual)
    {
        assertEquals(expected.stream().map(TreeProofsTest::hex).toList(),
            actual.stream().map(TreeProofsTest::hex).toList());
    }
}
