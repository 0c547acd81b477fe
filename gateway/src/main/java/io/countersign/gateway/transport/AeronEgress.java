package io.countersign.gateway.transport;

import io.aeron.ExclusivePublication;
import org.agrona.DirectBuffer;

/**
 * Egress by an exclusive Aeron publication.
 */
public final class AeronEgress implements Egress
{
    private final ExclusivePublication publication;
    private final int maxLength;

    /**
     * Construct over an open publication.
     *
     * @param publication to offer to.
     */
    public AeronEgress(final ExclusivePublication publication)
    {
        this.publication = publication;
        maxLength = publication.maxPayloadLength();
    }

    @Override
    public long offer(final DirectBuffer buffer, final int offset, final int length)
    {
        return length > maxLength ? TOO_LONG : publication.offer(buffer, offset, length);
    }

    @Override
    public void close()
    {
        publication.close();
    }
}
