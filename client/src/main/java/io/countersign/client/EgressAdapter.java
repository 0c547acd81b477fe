package io.countersign.client;

import io.aeron.logbuffer.FragmentHandler;
import io.aeron.logbuffer.FrameDescriptor;
import io.aeron.logbuffer.Header;
import io.countersign.codecs.wire.MessageHeaderDecoder;
import io.countersign.codecs.wire.Reason;
import io.countersign.codecs.wire.RejectedDecoder;
import io.countersign.codecs.wire.SessionOpenedDecoder;
import io.countersign.codecs.wire.SessionRejectedDecoder;
import io.countersign.codecs.wire.SignedRequestDecoder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Decodes the gateway's frames. A frame is copied out of shared memory once and then checked: every client of the media
 * driver can write to that memory, so only a private copy is still what was checked when it is used.
 */
final class EgressAdapter implements FragmentHandler
{
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final SessionOpenedDecoder sessionOpened = new SessionOpenedDecoder();
    private final SessionRejectedDecoder sessionRejected = new SessionRejectedDecoder();
    private final RejectedDecoder rejected = new RejectedDecoder();
    private final SignedRequestView signed = new SignedRequestView();
    private final UnsafeBuffer rule = new UnsafeBuffer(0, 0);
    private final UnsafeBuffer frame;
    private final EgressListener listener;

    /**
     * Creates an adapter.
     *
     * @param listener       for what is decoded.
     * @param maxFrameLength longest reply in bytes that is read.
     */
    EgressAdapter(final EgressListener listener, final int maxFrameLength)
    {
        this.listener = listener;
        this.frame = new UnsafeBuffer(new byte[maxFrameLength]);
    }

    @Override
    public void onFragment(final DirectBuffer buffer, final int offset, final int length, final Header header)
    {
        if (FrameDescriptor.UNFRAGMENTED != (header.flags() & FrameDescriptor.UNFRAGMENTED))
        {
            listener.onStrangeReply(Reason.FRAME_FRAGMENTED);
        }
        else if (length > frame.capacity())
        {
            listener.onStrangeReply(Reason.FRAME_TOO_LONG);
        }
        else
        {
            frame.putBytes(0, buffer, offset, length);
            onFrame(length);
        }
    }

    private void onFrame(final int length)
    {
        final Reason reason = ReplyCheck.check(frame, length, header);
        if (Reason.NONE != reason)
        {
            listener.onStrangeReply(reason);
            return;
        }

        switch (header.templateId())
        {
            case SignedRequestDecoder.TEMPLATE_ID ->
            {
                signed.wrap(frame, header);
                listener.onSigned(signed.sessionId(), signed.requestId(), signed);
            }
            case RejectedDecoder.TEMPLATE_ID ->
            {
                rejected.wrapAndApplyHeader(frame, 0, header);
                rejected.wrapRule(rule);
                listener.onRejected(
                    rejected.sessionId(), rejected.requestId(), rejected.recordSequence(), rejected.reason(), rule);
            }
            case SessionOpenedDecoder.TEMPLATE_ID ->
            {
                sessionOpened.wrapAndApplyHeader(frame, 0, header);
                listener.onSessionOpened(
                    sessionOpened.correlationId(),
                    sessionOpened.sessionId(),
                    sessionOpened.gatewayStartNs(),
                    sessionOpened.maxFrameLength());
            }
            case SessionRejectedDecoder.TEMPLATE_ID ->
            {
                sessionRejected.wrapAndApplyHeader(frame, 0, header);
                listener.onSessionRejected(sessionRejected.correlationId(), sessionRejected.reason());
            }
            default -> listener.onStrangeReply(Reason.UNKNOWN_TEMPLATE);
        }
    }
}
