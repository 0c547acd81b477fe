package io.countersign.gateway.control;

import io.aeron.ExclusivePublication;
import io.countersign.gateway.transport.AeronEgress;
import io.countersign.gateway.transport.AeronIngress;
import io.countersign.gateway.transport.Egress;
import io.countersign.gateway.transport.PublicationId;
import io.countersign.gateway.transport.Source;

import java.util.List;

/**
 * Egress on Aeron: an exclusive publication of the ingress's own driver that carries the session id of the bot's own
 * publication, so that only this bot's subscription matches it. The channel is never the bot's to choose: on IPC it is
 * the ingress's directory, on UDP the address that the bot's frames come from.
 */
public final class AeronEgressFactory implements EgressFactory
{
    private final AeronIngress[] ingresses;
    private final int streamId;

    /**
     * Construct over open ingresses.
     *
     * @param ingresses in configuration order.
     * @param streamId  of egress publications.
     */
    public AeronEgressFactory(final List<AeronIngress> ingresses, final int streamId)
    {
        this.ingresses = ingresses.toArray(new AeronIngress[0]);
        this.streamId = streamId;
    }

    @Override
    public Source source(final long publicationId)
    {
        return ingress(publicationId).source(PublicationId.aeronSessionId(publicationId));
    }

    @Override
    public long add(final long publicationId, final Source source)
    {
        final AeronIngress ingress = ingress(publicationId);
        return ingress.aeron().asyncAddExclusivePublication(
            ingress.egressChannel(PublicationId.aeronSessionId(publicationId), source), streamId);
    }

    @Override
    public Egress connected(final long publicationId, final long registrationId)
    {
        final ExclusivePublication publication =
            ingress(publicationId).aeron().getExclusivePublication(registrationId);
        // The driver connects a publication before it opens its window: an offer in between meets back pressure.
        final boolean isOpen =
            null != publication && publication.isConnected() && publication.availableWindow() > 0;
        return isOpen ? new AeronEgress(publication) : null;
    }

    @Override
    public void abandon(final long publicationId, final long registrationId)
    {
        ingress(publicationId).aeron().asyncRemovePublication(registrationId);
    }

    private AeronIngress ingress(final long publicationId)
    {
        return ingresses[PublicationId.ingressIndex(publicationId)];
    }
}
