package io.countersign.gateway.transport;

import io.aeron.Aeron;
import io.aeron.Image;
import io.aeron.Subscription;
import io.aeron.logbuffer.FragmentHandler;
import io.aeron.logbuffer.FrameDescriptor;
import io.aeron.logbuffer.Header;
import io.countersign.gateway.address.IpAddress;
import io.countersign.gateway.address.IpEndpoint;
import io.countersign.gateway.config.IngressConfig;
import org.agrona.DirectBuffer;

/**
 * One ingress: the subscription that frames come from, and what is known of their senders. {@link #poll} is for the
 * gateway thread, all else for the control agent.
 */
public final class AeronIngress implements FragmentHandler
{
    /**
     * The driver moves a publication's limit on in its own time. With terms of 256 KiB a bot that reads at once lost a
     * reply in 360,000 when a busy machine kept the driver from running. The window is half a term, here about 4,000
     * replies; pages are taken only as they are used. A UDP bot's window is what its own driver grants.
     */
    private static final String EGRESS_TERMS = "|term-length=4m|sparse=true";

    private final int index;
    private final IngressConfig config;
    private final Aeron aeron;
    private final Subscription subscription;
    private final Source ipcSource;
    private IngressHandler handler;

    /**
     * Construct over an open subscription.
     *
     * @param index        position of the ingress in the configuration.
     * @param config       of the ingress.
     * @param aeron        client of the ingress's driver.
     * @param subscription to poll.
     */
    AeronIngress(final int index, final IngressConfig config, final Aeron aeron, final Subscription subscription)
    {
        this.index = index;
        this.config = config;
        this.aeron = aeron;
        this.subscription = subscription;
        ipcSource = Source.ipc(config.name());
    }

    /**
     * Hand over frames that have arrived. For the gateway thread.
     *
     * @param handler       to receive them in this thread.
     * @param fragmentLimit most frames to hand over.
     * @return how many were.
     */
    int poll(final IngressHandler handler, final int fragmentLimit)
    {
        this.handler = handler;
        return subscription.poll(this, fragmentLimit);
    }

    /**
     * The client of this ingress's driver.
     *
     * @return open client with a thread of its own.
     */
    public Aeron aeron()
    {
        return aeron;
    }

    /**
     * Where a publication comes from.
     *
     * @param aeronSessionId of the publication.
     * @return its source, or null when it has gone, or when no reply can go to where it comes from: an address with a
     *     zone ({@code fe80::1%eth0}) is none that this gateway sends to.
     */
    public Source source(final int aeronSessionId)
    {
        final Image image = subscription.imageBySessionId(aeronSessionId);
        if (null == image)
        {
            return null;
        }
        return config.isUdp() ? udpSource(image.sourceIdentity()) : ipcSource;
    }

    /**
     * The channel that replies to a publication go out on: never one that a bot has named.
     *
     * @param aeronSessionId of the publication.
     * @param source         from {@link #source}.
     * @return a channel with the publication's own session id, so that only its bot's subscription matches.
     */
    public String egressChannel(final int aeronSessionId, final Source source)
    {
        final String medium = config.isUdp() ?
            "aeron:udp?endpoint=" + new IpEndpoint(source.address(), source.egress().port()) + "|" : "aeron:ipc?";
        return medium + "session-id=" + aeronSessionId + EGRESS_TERMS;
    }

    @Override
    public void onFragment(final DirectBuffer buffer, final int offset, final int length, final Header header)
    {
        final boolean isWhole =
            FrameDescriptor.UNFRAGMENTED == (header.flags() & FrameDescriptor.UNFRAGMENTED);
        // The image is this process's own; the session id in the header lies in memory that every bot can write to.
        final Image image = (Image) header.context();
        final int aeronSessionId = image.sessionId();
        if (length > buffer.capacity() - offset)
        {
            skipTerm(image);
        }
        handler.onFrame(PublicationId.of(index, aeronSessionId), isWhole, buffer, offset, length);
    }

    /** Aeron writes {@code HOST:PORT} with the address as the JDK does, IPv6 without brackets and uncompressed. */
    private Source udpSource(final String identity)
    {
        final int colon = identity.lastIndexOf(':');
        try
        {
            final IpEndpoint endpoint = new IpEndpoint(
                IpAddress.parse(identity.substring(0, colon)), Integer.parseInt(identity.substring(colon + 1)));
            return Source.udp(config.name(), endpoint, config.egressPort());
        }
        catch (final IllegalArgumentException | IndexOutOfBoundsException ex)
        {
            return null;
        }
    }

    /** Aeron adds what the length claims to its offset; where that overflows, it delivers the same frame for ever. */
    private static void skipTerm(final Image image)
    {
        final int termLength = image.termBufferLength();
        image.position(image.position() / termLength * termLength + termLength);
    }
}
