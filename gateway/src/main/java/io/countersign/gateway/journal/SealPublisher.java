package io.countersign.gateway.journal;

import io.countersign.codecs.journal.MessageHeaderEncoder;
import io.countersign.codecs.journal.SealEncoder;
import org.agrona.ExpandableArrayBuffer;

/**
 * Encodes seals. Shares the sequence with {@link JournalPublisher}. For the gateway thread; it copies 1 KiB.
 */
public final class SealPublisher
{
    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(2048);
    private final MessageHeaderEncoder headerEncoder = new MessageHeaderEncoder();
    private final SealEncoder sealEncoder = new SealEncoder();
    private final JournalPublisher publisher;
    private long lastTreeSize;

    /**
     * Construct beside the publisher of requests.
     *
     * @param publisher whose journal and sequence are used.
     */
    public SealPublisher(final JournalPublisher publisher)
    {
        this.publisher = publisher;
    }

    /**
     * Whether a seal may still stand in the journal (rule 11 of the schema): tree sizes rise, and a Seal is not far
     * behind what it covers.
     *
     * @param seal that was signed.
     * @return false when it is to be dropped; a later one covers all that it would.
     */
    public boolean isTimely(final SealEntry seal)
    {
        final long lag = publisher.nextSequence() - seal.treeSize();
        return seal.treeSize() > lastTreeSize && 0 < lag && lag <= SealEntry.MAX_LAG;
    }

    /**
     * The audit key has signed what the journal held.
     *
     * @param seal  timely.
     * @param nowNs monotonic time.
     * @return sequence or {@link JournalPublisher#NOT_APPENDED}.
     */
    public long seal(final SealEntry seal, final long nowNs)
    {
        sealEncoder.wrapAndApplyHeader(buffer, 0, headerEncoder)
            .sequence(publisher.nextSequence())
            .utcNs(publisher.utcNs(nowNs))
            .monotonicNs(nowNs)
            .treeSize(seal.treeSize())
            .putRoot(seal.root(), 0, seal.root().length)
            .sealedUtcNs(seal.sealedUtcNs())
            .clockErrorNs(0 > seal.clockErrorNs() ? SealEncoder.clockErrorNsNullValue() : seal.clockErrorNs())
            .clockSource(seal.clockSource())
            .putFrontier(seal.frontier(), 0, seal.frontier().length)
            .putCheckpoint(seal.checkpoint(), 0, seal.checkpoint().length);
        final long sequence = publisher.append(buffer, sealEncoder.limit());
        lastTreeSize = JournalPublisher.NOT_APPENDED == sequence ? lastTreeSize : seal.treeSize();
        return sequence;
    }
}
