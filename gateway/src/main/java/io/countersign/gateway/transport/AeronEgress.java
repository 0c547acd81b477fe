package io.countersign.gateway.transport;

import io.aeron.ExclusivePublication;
import org.agrona.DirectBuffer;

/**
 * Egress by an exclusive Aeron publication.
 */
public final class AeronEgress implements Egress
{
    private final ExclusivePublication publication;

    /**
     * Construct over an open publication.
     *
     * @param publication to offer to.
     */
    public AeronEgress(final ExclusivePublication publication)
    {
        this.publication = publication;
    }

    @Override
    public long offer(final DirectBuffer buffer, final int offset, final int length)
    {
        return publication.offer(buffer, offset, length);
    }

    @Override
    public void close()
    {
        publication.close();
    }
}
