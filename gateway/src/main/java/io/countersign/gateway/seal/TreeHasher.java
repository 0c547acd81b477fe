package io.countersign.gateway.seal;

import org.agrona.DirectBuffer;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Hashes of leaves and nodes (RFC 6962, section 2.1, with SHA-256). One thread at a time; allocates nothing once the
 * longest record was seen.
 */
public final class TreeHasher
{
    /** Length of a hash in bytes. */
    public static final int HASH_LENGTH = 32;

    private static final byte LEAF = 0;
    private static final byte NODE = 1;
    private static final int NODE_INPUT_LENGTH = 1 + 2 * HASH_LENGTH;

    private final MessageDigest sha256 = newSha256();
    private final byte[] node = new byte[NODE_INPUT_LENGTH];
    private byte[] leaf = new byte[1024];

    /**
     * Construct.
     */
    public TreeHasher()
    {
        node[0] = NODE;
    }

    /**
     * Hash a record.
     *
     * @param record       holds it, from its message header on.
     * @param offset       at which it begins.
     * @param length       without the checksum.
     * @param target       for the hash.
     * @param targetOffset where in it.
     */
    public void leaf(
        final DirectBuffer record, final int offset, final int length, final byte[] target, final int targetOffset)
    {
        if (leaf.length <= length)
        {
            leaf = new byte[2 * length];
        }
        leaf[0] = LEAF;
        record.getBytes(offset, leaf, 1, length);
        sha256.update(leaf, 0, 1 + length);
        digest(target, targetOffset);
    }

    /**
     * Hash two nodes into the one above them. The target may be one of them.
     *
     * @param left         holds the hash of the earlier ones.
     * @param leftOffset   where in it.
     * @param right        holds the hash of the later ones.
     * @param rightOffset  where in it.
     * @param target       for the hash.
     * @param targetOffset where in it.
     */
    public void node(
        final byte[] left,
        final int leftOffset,
        final byte[] right,
        final int rightOffset,
        final byte[] target,
        final int targetOffset)
    {
        System.arraycopy(left, leftOffset, node, 1, HASH_LENGTH);
        System.arraycopy(right, rightOffset, node, 1 + HASH_LENGTH, HASH_LENGTH);
        sha256.update(node, 0, NODE_INPUT_LENGTH);
        digest(target, targetOffset);
    }

    /** The hash of nothing: root of the empty tree. */
    byte[] empty()
    {
        return sha256.digest();
    }

    private void digest(final byte[] target, final int targetOffset)
    {
        try
        {
            sha256.digest(target, targetOffset, HASH_LENGTH);
        }
        catch (final DigestException ex)
        {
            throw new IllegalArgumentException("no room for a hash at " + targetOffset, ex);
        }
    }

    private static MessageDigest newSha256()
    {
        try
        {
            return MessageDigest.getInstance("SHA-256");
        }
        catch (final NoSuchAlgorithmException ex)
        {
            throw new IllegalStateException("every Java platform has SHA-256", ex);
        }
    }
}
