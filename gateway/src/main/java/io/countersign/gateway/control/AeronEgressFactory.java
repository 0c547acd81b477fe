package io.countersign.gateway.control;

import io.aeron.Aeron;
import io.aeron.ExclusivePublication;
import io.aeron.Subscription;
import io.countersign.gateway.transport.AeronEgress;
import io.countersign.gateway.transport.Egress;

/**
 * Egress on Aeron IPC: an exclusive publication that carries the session id of the bot's own publication, so that only
 * this bot's subscription matches it. The channel is never the bot's to choose.
 */
public final class AeronEgressFactory implements EgressFactory
{
    /**
     * The driver moves a publication's limit on in its own time. With terms of 256 KiB a bot that reads at once lost a
     * reply in 360,000 when a busy machine kept the driver from running. The window is half a term, here about 4,000
     * replies; pages are taken only as they are used.
     */
    private static final String EGRESS_TERMS = "|term-length=4m|sparse=true";

    private final Aeron aeron;
    private final Subscription ingress;
    private final int streamId;

    /**
     * Construct over an open client.
     *
     * @param aeron    client.
     * @param ingress  subscription that bots' publications are images of.
     * @param streamId of egress publications.
     */
    public AeronEgressFactory(final Aeron aeron, final Subscription ingress, final int streamId)
    {
        this.aeron = aeron;
        this.ingress = ingress;
        this.streamId = streamId;
    }

    @Override
    public long add(final int aeronSessionId)
    {
        return aeron.asyncAddExclusivePublication(
            "aeron:ipc?session-id=" + aeronSessionId + EGRESS_TERMS, streamId);
    }

    @Override
    public Egress connected(final long registrationId)
    {
        final ExclusivePublication publication = aeron.getExclusivePublication(registrationId);
        // The driver connects a publication before it opens its window: an offer in between meets back pressure.
        final boolean isOpen =
            null != publication && publication.isConnected() && publication.availableWindow() > 0;
        return isOpen ? new AeronEgress(publication) : null;
    }

    @Override
    public void abandon(final long registrationId)
    {
        aeron.asyncRemovePublication(registrationId);
    }

    @Override
    public boolean isPresent(final int aeronSessionId)
    {
        return null != ingress.imageBySessionId(aeronSessionId);
    }
}
