package io.countersign.codecs;

import io.countersign.codecs.authentication.FrameAuthenticator;
import io.countersign.codecs.wire.ChallengeDecoder;
import io.countersign.codecs.wire.MessageHeaderDecoder;
import io.countersign.codecs.wire.Method;
import io.countersign.codecs.wire.Reason;
import io.countersign.codecs.wire.RejectedDecoder;
import io.countersign.codecs.wire.SessionOpenedDecoder;
import io.countersign.codecs.wire.SessionRejectedDecoder;
import io.countersign.codecs.wire.SignedRequestDecoder;
import org.agrona.DirectBuffer;

/**
 * What must hold of a frame from the gateway before a bot may decode it: the counterpart of {@link WireFrame}.
 * Nothing here allocates or throws; no state, so any thread may call.
 */
public final class ReplyFrame
{
    private ReplyFrame()
    {
    }

    /**
     * Checks a whole frame: header, template, block, texts up to the last byte or the tag, and enumerated values. That
     * a tag has its place is checked, not that it fits.
     *
     * @param frame  that holds it.
     * @param offset of its message header.
     * @param length of the frame in bytes.
     * @return a value of {@link Reason}, 0 when the frame may be decoded.
     */
    public static int check(final DirectBuffer frame, final int offset, final int length)
    {
        final int fault = FrameFault.checkSchema(frame, offset, length);
        if (fault != FrameFault.NONE)
        {
            return fault;
        }

        final int bodyLength = length - FrameAuthenticator.TAG_LENGTH;
        final int bodyEnd = offset + bodyLength;
        switch (FrameFault.templateId(frame, offset))
        {
            case SignedRequestDecoder.TEMPLATE_ID:
                return checkSignedRequest(frame, offset, bodyLength, bodyEnd);
            case RejectedDecoder.TEMPLATE_ID:
                return checkRejected(frame, offset, bodyLength, bodyEnd);
            case SessionOpenedDecoder.TEMPLATE_ID:
                return checkFixed(frame, offset, bodyLength, bodyEnd, SessionOpenedDecoder.BLOCK_LENGTH);
            case ChallengeDecoder.TEMPLATE_ID:
                return checkFixed(frame, offset, length, offset + length, ChallengeDecoder.BLOCK_LENGTH);
            case SessionRejectedDecoder.TEMPLATE_ID:
                return checkSessionRejected(frame, offset, length, offset + length);
            default:
                return FrameFault.UNKNOWN_TEMPLATE;
        }
    }

    /**
     * Whether a reply ends with a tag.
     *
     * @param templateId of the reply.
     * @return false for those of a handshake that come before both ends know each other.
     */
    public static boolean hasTag(final int templateId)
    {
        return SessionRejectedDecoder.TEMPLATE_ID != templateId && ChallengeDecoder.TEMPLATE_ID != templateId;
    }

    private static int checkSignedRequest(final DirectBuffer frame, final int offset, final int length, final int end)
    {
        int fault = FrameFault.checkBlock(frame, offset, length, SignedRequestDecoder.BLOCK_LENGTH);
        if (fault != FrameFault.NONE)
        {
            return fault;
        }

        final int block = offset + MessageHeaderDecoder.ENCODED_LENGTH;
        int position = block + SignedRequestDecoder.BLOCK_LENGTH;
        position = FrameFault.behindText16(frame, position, end);
        position = FrameFault.behindText16(frame, position, end);
        position = FrameFault.behindText16(frame, position, end);
        position = FrameFault.behindText16(frame, position, end);
        position = FrameFault.behindText16(frame, position, end);
        fault = FrameFault.checkEnd(position, end);
        if (fault != FrameFault.NONE)
        {
            return fault;
        }

        final Method method = Method.get(
            FrameFault.unsignedByte(frame, block + SignedRequestDecoder.methodEncodingOffset()));
        return method == Method.SBE_UNKNOWN || method == Method.NULL_VAL ?
            FrameFault.UNKNOWN_ENUM_VALUE : FrameFault.NONE;
    }

    private static int checkRejected(final DirectBuffer frame, final int offset, final int length, final int end)
    {
        int fault = FrameFault.checkBlock(frame, offset, length, RejectedDecoder.BLOCK_LENGTH);
        if (fault != FrameFault.NONE)
        {
            return fault;
        }

        final int block = offset + MessageHeaderDecoder.ENCODED_LENGTH;
        final int texts = block + RejectedDecoder.BLOCK_LENGTH;
        fault = FrameFault.checkEnd(FrameFault.behindText8(frame, texts, end, WireFrame.MAX_NAME_LENGTH), end);
        return fault != FrameFault.NONE ?
            fault : checkReason(frame, block + RejectedDecoder.reasonEncodingOffset());
    }

    private static int checkFixed(
        final DirectBuffer frame, final int offset, final int length, final int end, final int blockLength)
    {
        final int fault = FrameFault.checkBlock(frame, offset, length, blockLength);
        if (fault != FrameFault.NONE)
        {
            return fault;
        }
        return FrameFault.checkEnd(offset + MessageHeaderDecoder.ENCODED_LENGTH + blockLength, end);
    }

    private static int checkSessionRejected(final DirectBuffer frame, final int offset, final int length, final int end)
    {
        int fault = FrameFault.checkBlock(frame, offset, length, SessionRejectedDecoder.BLOCK_LENGTH);
        if (fault != FrameFault.NONE)
        {
            return fault;
        }

        final int block = offset + MessageHeaderDecoder.ENCODED_LENGTH;
        fault = FrameFault.checkEnd(block + SessionRejectedDecoder.BLOCK_LENGTH, end);
        return fault != FrameFault.NONE ?
            fault : checkReason(frame, block + SessionRejectedDecoder.reasonEncodingOffset());
    }

    private static int checkReason(final DirectBuffer frame, final int position)
    {
        final Reason reason = Reason.get(FrameFault.unsignedShort(frame, position));
        return reason == Reason.SBE_UNKNOWN || reason == Reason.NULL_VAL ?
            FrameFault.UNKNOWN_ENUM_VALUE : FrameFault.NONE;
    }
}
