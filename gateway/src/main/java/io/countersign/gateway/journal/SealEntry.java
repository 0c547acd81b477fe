package io.countersign.gateway.journal;

import io.countersign.codecs.journal.MessageHeaderDecoder;
import io.countersign.codecs.journal.SealDecoder;
import org.agrona.DirectBuffer;

/**
 * A seal as its record has it.
 *
 * @param treeSize     records 1 to this one are sealed.
 * @param root         of the tree, 32 bytes.
 * @param sealedUtcNs  UTC when it was signed, whole microseconds in nanoseconds since 1970.
 * @param clockErrorNs greatest error of that time, -1 when unknown.
 * @param clockSource  what says so; empty when unknown.
 * @param frontier     with which the tree can go on.
 * @param checkpoint   the signed note in UTF-8.
 */
public record SealEntry(
    long treeSize,
    byte[] root,
    long sealedUtcNs,
    long clockErrorNs,
    String clockSource,
    byte[] frontier,
    byte[] checkpoint)
{
    /** A Seal's own sequence is at most this much above its tree size. */
    public static final long MAX_LAG = 262_144;

    private static final int ROOT_LENGTH = 32;
    private static final long UNKNOWN_ERROR = -1;

    /**
     * Read a Seal record. Nothing in it is believed yet.
     *
     * @param record holds the record.
     * @param offset of its message header.
     * @return a copy of what it says.
     */
    public static SealEntry decode(final DirectBuffer record, final int offset)
    {
        final SealDecoder seal = new SealDecoder().wrapAndApplyHeader(record, offset, new MessageHeaderDecoder());
        final byte[] root = new byte[ROOT_LENGTH];
        seal.getRoot(root, 0, ROOT_LENGTH);
        final long errorNs = seal.clockErrorNs();
        final String source = seal.clockSource();
        final byte[] frontier = new byte[seal.frontierLength()];
        seal.getFrontier(frontier, 0, frontier.length);
        final byte[] checkpoint = new byte[seal.checkpointLength()];
        seal.getCheckpoint(checkpoint, 0, checkpoint.length);
        return new SealEntry(
            seal.treeSize(),
            root,
            seal.sealedUtcNs(),
            SealDecoder.clockErrorNsNullValue() == errorNs ? UNKNOWN_ERROR : errorNs,
            source,
            frontier,
            checkpoint);
    }
}
