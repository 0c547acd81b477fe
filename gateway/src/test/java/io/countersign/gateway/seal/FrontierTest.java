package io.countersign.gateway.seal;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

/**
 * The leaves and roots of Certificate Transparency's reference tests (google/certificate-transparency,
 * merkletree/merkle_tree_test.cc), and RFC 6962's recursive definition for all other sizes.
 */
class FrontierTest
{
    private static final String[] LEAVES =
    {
        "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"
    };
    private static final String[] ROOTS =
    {
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"
    };

    private final TreeHasher hasher = new TreeHasher();
    private final Frontier frontier = new Frontier(hasher);
    private final byte[] leaf = new byte[TreeHasher.HASH_LENGTH];

    @Test
    void shouldHaveTheRootsOfTheReferenceTests()
    {
        assertEquals(ROOTS[0], HexFormat.of().formatHex(frontier.root()));
        for (int i = 0; i < LEAVES.length; i++)
        {
            add(frontier, HexFormat.of().parseHex(LEAVES[i]));
            assertEquals(ROOTS[i + 1], HexFormat.of().formatHex(frontier.root()));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 63, 64, 65, 127, 255, 300})
    void shouldAgreeWithTheDefinitionAndGoOnFromAnySize(final int size) throws NoSuchAlgorithmException
    {
        final List<byte[]> leaves = new ArrayList<>();
        for (int i = 0; i < size; i++)
        {
            leaves.add(("record " + i).getBytes());
            add(frontier, leaves.getLast());
        }
        assertEquals(size, frontier.size());
        assertArrayEquals(definedRoot(leaves), frontier.root());

        final Frontier resumed = new Frontier(hasher);
        resumed.set(frontier.size(), frontier.encoded());
        assertArrayEquals(frontier.root(), resumed.root());
        leaves.add("one more".getBytes());
        add(resumed, leaves.getLast());
        assertArrayEquals(definedRoot(leaves), resumed.root());
    }

    @Test
    void shouldRefuseAFrontierOfAnotherSize()
    {
        assertThrows(IllegalArgumentException.class, () -> frontier.set(3, new byte[32]));
        assertThrows(IllegalArgumentException.class, () -> frontier.set(-1, new byte[64 * 32]));
    }

    private void add(final Frontier tree, final byte[] record)
    {
        hasher.leaf(new UnsafeBuffer(record), 0, record.length, leaf, 0);
        tree.add(leaf, 0);
    }

    /** RFC 6962, section 2.1, word for word. */
    private static byte[] definedRoot(final List<byte[]> leaves) throws NoSuchAlgorithmException
    {
        final MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        if (1 == leaves.size())
        {
            sha256.update((byte) 0);
            return sha256.digest(leaves.getFirst());
        }
        final int split = Integer.highestOneBit(leaves.size() - 1);
        final byte[] left = definedRoot(leaves.subList(0, split));
        final byte[] right = definedRoot(leaves.subList(split, leaves.size()));
        sha256.update((byte) 1);
        sha256.update(left);
        return sha256.digest(right);
    }
}
