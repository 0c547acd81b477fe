package io.countersign.gateway.transport;

import io.aeron.Image;
import io.aeron.Subscription;
import io.aeron.logbuffer.FragmentHandler;
import io.aeron.logbuffer.FrameDescriptor;
import io.aeron.logbuffer.Header;
import org.agrona.DirectBuffer;

/**
 * Ingress from an Aeron subscription. For one thread.
 */
public final class AeronIngress implements Ingress, FragmentHandler
{
    private final Subscription subscription;
    private final String name;
    private IngressHandler handler;

    /**
     * Construct over an open subscription.
     *
     * @param subscription to poll.
     * @param name         of the ingress in records.
     */
    public AeronIngress(final Subscription subscription, final String name)
    {
        this.subscription = subscription;
        this.name = name;
    }

    @Override
    public int poll(final IngressHandler handler, final int fragmentLimit)
    {
        this.handler = handler;
        return subscription.poll(this, fragmentLimit);
    }

    @Override
    public String name()
    {
        return name;
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
        handler.onFrame(aeronSessionId, isWhole, buffer, offset, length);
    }

    /** Aeron adds what the length claims to its offset; where that overflows, it delivers the same frame for ever. */
    private static void skipTerm(final Image image)
    {
        final int termLength = image.termBufferLength();
        image.position(image.position() / termLength * termLength + termLength);
    }
}
