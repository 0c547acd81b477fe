package io.countersign.client;

import io.aeron.ExclusivePublication;
import io.aeron.Publication;
import io.countersign.codecs.authentication.FrameAuthenticator;
import io.countersign.codecs.wire.DisconnectEncoder;
import io.countersign.codecs.wire.MessageHeaderEncoder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Puts tags behind frames and sends them to the gateway in a bounded number of tries.
 */
final class IngressPublisher
{
    private final ExclusivePublication publication;
    private final LossMonitor lossMonitor;
    private final FrameAuthenticator authenticator;
    private final long sessionId;
    private final int maxFrameLength;
    private final int attempts;
    private long backPressured;

    IngressPublisher(final Session session, final int attempts)
    {
        this.publication = session.ingress();
        this.lossMonitor = session.lossMonitor();
        this.authenticator = session.toGateway();
        this.sessionId = session.sessionId();
        this.maxFrameLength = Math.min(session.maxFrameLength(), publication.maxPayloadLength());
        this.attempts = attempts;
    }

    long backPressured()
    {
        return backPressured;
    }

    long send(final Request<?> request, final long requestId)
    {
        final int length = request.complete(sessionId, requestId);
        if (length + FrameAuthenticator.TAG_LENGTH > maxFrameLength)
        {
            return OfferCode.FRAME_TOO_LONG;
        }

        final long code = send(request.frame(), authenticator.append(request.frame(), 0, length));
        return code < 0 ? code : requestId;
    }

    void sendDisconnect()
    {
        final int length = MessageHeaderEncoder.ENCODED_LENGTH + DisconnectEncoder.BLOCK_LENGTH;
        final UnsafeBuffer frame = new UnsafeBuffer(new byte[length + FrameAuthenticator.TAG_LENGTH]);
        new DisconnectEncoder().wrapAndApplyHeader(frame, 0, new MessageHeaderEncoder()).sessionId(sessionId);
        send(frame, authenticator.append(frame, 0, length));
    }

    private long send(final DirectBuffer frame, final int length)
    {
        for (int i = attempts; i > 0; i--)
        {
            final long position = publication.offer(frame, 0, length);
            if (position > 0)
            {
                return position;
            }

            if (Publication.BACK_PRESSURED != position && Publication.ADMIN_ACTION != position)
            {
                lossMonitor.onLoss(
                    Publication.MAX_POSITION_EXCEEDED == position ?
                        LossCause.TRANSPORT_FAILED : LossCause.INGRESS_CLOSED,
                    null);
                return OfferCode.NOT_CONNECTED;
            }

            Thread.onSpinWait();
        }

        backPressured++;
        return OfferCode.BACK_PRESSURED;
    }
}
