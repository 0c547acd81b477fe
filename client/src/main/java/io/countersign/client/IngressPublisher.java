package io.countersign.client;

import io.aeron.ExclusivePublication;
import io.aeron.Publication;
import io.countersign.codecs.authentication.FrameAuthenticator;
import io.countersign.codecs.wire.AskOutcomeEncoder;
import io.countersign.codecs.wire.DisconnectEncoder;
import io.countersign.codecs.wire.KeepAliveEncoder;
import io.countersign.codecs.wire.MessageHeaderEncoder;
import io.countersign.codecs.wire.PresentAccessTokenEncoder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.util.concurrent.TimeUnit;

/**
 * Puts tags behind frames and sends them to the gateway in a bounded number of tries.
 */
final class IngressPublisher
{
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final int KEEP_ALIVES_PER_IDLE_TIMEOUT = 3;
    private static final int FIXED_FRAME_LENGTH =
        MessageHeaderEncoder.ENCODED_LENGTH + AskOutcomeEncoder.BLOCK_LENGTH + FrameAuthenticator.TAG_LENGTH;

    private final ExclusivePublication publication;
    private final LossMonitor lossMonitor;
    private final FrameAuthenticator authenticator;
    private final long sessionId;
    private final int maxFrameLength;
    private final int attempts;
    private final long requestTimeoutNs;
    private final long idleTimeoutNs;
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final AskOutcomeEncoder askOutcome = new AskOutcomeEncoder();
    private final KeepAliveEncoder keepAlive = new KeepAliveEncoder();
    private final UnsafeBuffer fixedFrame = new UnsafeBuffer(new byte[FIXED_FRAME_LENGTH]);
    private long ingressSequence;
    private long lastSentNs;
    private long backPressured;

    IngressPublisher(final Session session, final int attempts, final long requestTimeoutNs)
    {
        this.requestTimeoutNs = requestTimeoutNs;
        this.publication = session.ingress();
        this.lossMonitor = session.lossMonitor();
        this.authenticator = session.toGateway();
        this.sessionId = session.terms().sessionId();
        this.idleTimeoutNs = TimeUnit.MILLISECONDS.toNanos(session.terms().idleTimeoutMs());
        this.lastSentNs = System.nanoTime();
        this.maxFrameLength = Math.min(session.terms().maxFrameLength(), publication.maxPayloadLength());
        this.attempts = attempts;
    }

    long backPressured()
    {
        return backPressured;
    }

    /** When the last frame was sent, on the monotonic clock. */
    long lastSentNs()
    {
        return lastSentNs;
    }

    long send(final Request<?> request, final long requestId)
    {
        if (!request.hasDeadline())
        {
            // Nobody waits for the reply any more when the request has timed out here.
            request.deadlineNs(utcInNs(requestTimeoutNs));
        }

        final int length = request.complete(sessionId, ++ingressSequence, requestId);
        if (length + FrameAuthenticator.TAG_LENGTH > maxFrameLength)
        {
            return OfferCode.FRAME_TOO_LONG;
        }

        final long code = send(request.frame(), authenticator.append(request.frame(), 0, length));
        return code < 0 ? code : requestId;
    }

    long sendAccessToken(final byte[] accessToken, final long requestId)
    {
        final PresentAccessTokenEncoder encoder = new PresentAccessTokenEncoder();
        final int bodyLength = MessageHeaderEncoder.ENCODED_LENGTH + PresentAccessTokenEncoder.BLOCK_LENGTH +
            PresentAccessTokenEncoder.accessTokenHeaderLength() + accessToken.length;
        if (bodyLength + FrameAuthenticator.TAG_LENGTH > maxFrameLength)
        {
            return OfferCode.FRAME_TOO_LONG;
        }

        final UnsafeBuffer frame = new UnsafeBuffer(new byte[bodyLength + FrameAuthenticator.TAG_LENGTH]);
        encoder.wrapAndApplyHeader(frame, 0, new MessageHeaderEncoder())
            .sessionId(sessionId)
            .ingressSequence(++ingressSequence)
            .deadlineNs(utcInNs(requestTimeoutNs))
            .requestId(requestId)
            .putAccessToken(accessToken, 0, accessToken.length);
        final long code = send(frame, authenticator.append(frame, 0, bodyLength));
        return code < 0 ? code : requestId;
    }

    long sendAskOutcome(final long requestId, final long askedRequestId)
    {
        askOutcome.wrapAndApplyHeader(fixedFrame, 0, header)
            .sessionId(sessionId)
            .ingressSequence(++ingressSequence)
            .deadlineNs(utcInNs(requestTimeoutNs))
            .requestId(requestId)
            .askedRequestId(askedRequestId);
        final long code = sendFixed(askOutcome.limit());
        return code < 0 ? code : requestId;
    }

    /** Keeps the session open that would else be closed before long. What finds no room is tried again. */
    void keepAlive(final long nowNs)
    {
        if (nowNs - lastSentNs >= idleTimeoutNs / KEEP_ALIVES_PER_IDLE_TIMEOUT)
        {
            keepAlive.wrapAndApplyHeader(fixedFrame, 0, header)
                .sessionId(sessionId)
                .ingressSequence(++ingressSequence)
                .deadlineNs(utcInNs(idleTimeoutNs));
            sendFixed(keepAlive.limit());
        }
    }

    void sendDisconnect()
    {
        final DisconnectEncoder disconnect = new DisconnectEncoder().wrapAndApplyHeader(fixedFrame, 0, header)
            .sessionId(sessionId)
            .ingressSequence(++ingressSequence)
            .deadlineNs(Long.MAX_VALUE);
        sendFixed(disconnect.limit());
    }

    private long sendFixed(final int length)
    {
        return send(fixedFrame, authenticator.append(fixedFrame, 0, length));
    }

    private static long utcInNs(final long delayNs)
    {
        return System.currentTimeMillis() * NANOS_PER_MILLI + delayNs;
    }

    private long send(final DirectBuffer frame, final int length)
    {
        for (int i = attempts; i > 0; i--)
        {
            final long position = publication.offer(frame, 0, length);
            if (position > 0)
            {
                lastSentNs = System.nanoTime();
                authenticator.prime();
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
