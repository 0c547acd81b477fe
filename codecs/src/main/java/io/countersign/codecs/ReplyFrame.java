package io.countersign.codecs;

import io.countersign.codecs.authentication.FrameAuthenticator;
import io.countersign.codecs.wire.AccessTokenAcceptedDecoder;
import io.countersign.codecs.wire.ChallengeDecoder;
import io.countersign.codecs.wire.CommandDoneDecoder;
import io.countersign.codecs.wire.CommandLineDecoder;
import io.countersign.codecs.wire.Fate;
import io.countersign.codecs.wire.Field;
import io.countersign.codecs.wire.MessageHeaderDecoder;
import io.countersign.codecs.wire.Method;
import io.countersign.codecs.wire.OutcomeDecoder;
import io.countersign.codecs.wire.Reason;
import io.countersign.codecs.wire.RejectedDecoder;
import io.countersign.codecs.wire.SessionClosedDecoder;
import io.countersign.codecs.wire.SessionEnd;
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
            case OutcomeDecoder.TEMPLATE_ID:
                return checkOutcome(frame, offset, bodyLength, bodyEnd);
            case AccessTokenAcceptedDecoder.TEMPLATE_ID:
                return FrameFault.checkFixed(
                    frame, offset, bodyLength, bodyEnd, AccessTokenAcceptedDecoder.BLOCK_LENGTH);
            case CommandDoneDecoder.TEMPLATE_ID:
                return FrameFault.checkFixed(frame, offset, bodyLength, bodyEnd, CommandDoneDecoder.BLOCK_LENGTH);
            case CommandLineDecoder.TEMPLATE_ID:
                return checkCommandLine(frame, offset, bodyLength, bodyEnd);
            case SessionClosedDecoder.TEMPLATE_ID:
                return checkSessionClosed(frame, offset, bodyLength, bodyEnd);
            case SessionOpenedDecoder.TEMPLATE_ID:
                return FrameFault.checkFixed(frame, offset, bodyLength, bodyEnd, SessionOpenedDecoder.BLOCK_LENGTH);
            case ChallengeDecoder.TEMPLATE_ID:
                return FrameFault.checkFixed(frame, offset, length, offset + length, ChallengeDecoder.BLOCK_LENGTH);
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

    /**
     * The place of a reply among those of its session. Stands at the same place in every reply of an open session.
     *
     * @param frame  that {@link #check} found good; not SessionOpened.
     * @param offset of its message header.
     * @return its egress sequence.
     */
    public static long egressSequence(final DirectBuffer frame, final int offset)
    {
        return headField(frame, offset, SignedRequestDecoder.egressSequenceEncodingOffset());
    }

    /**
     * The time from which on a reply has no effect.
     *
     * @param frame  that {@link #check} found good; not SessionOpened.
     * @param offset of its message header.
     * @return UTC in nanoseconds since 1970.
     */
    public static long deadlineNs(final DirectBuffer frame, final int offset)
    {
        return headField(frame, offset, SignedRequestDecoder.deadlineNsEncodingOffset());
    }

    private static long headField(final DirectBuffer frame, final int offset, final int fieldOffset)
    {
        return frame.getLong(
            offset + MessageHeaderDecoder.ENCODED_LENGTH + fieldOffset, MessageHeaderDecoder.BYTE_ORDER);
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
        if (fault != FrameFault.NONE)
        {
            return fault;
        }

        final Field field = Field.get(FrameFault.unsignedByte(frame, block + RejectedDecoder.fieldEncodingOffset()));
        return Field.SBE_UNKNOWN == field ?
            FrameFault.UNKNOWN_ENUM_VALUE : checkReason(frame, block + RejectedDecoder.reasonEncodingOffset());
    }

    private static int checkOutcome(final DirectBuffer frame, final int offset, final int length, final int end)
    {
        final int fault = FrameFault.checkFixed(frame, offset, length, end, OutcomeDecoder.BLOCK_LENGTH);
        if (fault != FrameFault.NONE)
        {
            return fault;
        }
        final int block = offset + MessageHeaderDecoder.ENCODED_LENGTH;
        final Fate fate = Fate.get(FrameFault.unsignedByte(frame, block + OutcomeDecoder.fateEncodingOffset()));
        return Fate.SBE_UNKNOWN == fate || Fate.NULL_VAL == fate ?
            FrameFault.UNKNOWN_ENUM_VALUE : checkReason(frame, block + OutcomeDecoder.reasonEncodingOffset());
    }

    private static int checkCommandLine(final DirectBuffer frame, final int offset, final int length, final int end)
    {
        final int fault = FrameFault.checkBlock(frame, offset, length, CommandLineDecoder.BLOCK_LENGTH);
        if (fault != FrameFault.NONE)
        {
            return fault;
        }
        final int texts = offset + MessageHeaderDecoder.ENCODED_LENGTH + CommandLineDecoder.BLOCK_LENGTH;
        return FrameFault.checkEnd(FrameFault.behindText16(frame, texts, end), end);
    }

    private static int checkSessionClosed(final DirectBuffer frame, final int offset, final int length, final int end)
    {
        final int fault = FrameFault.checkFixed(frame, offset, length, end, SessionClosedDecoder.BLOCK_LENGTH);
        if (fault != FrameFault.NONE)
        {
            return fault;
        }
        final SessionEnd cause = SessionEnd.get(FrameFault.unsignedByte(
            frame, offset + MessageHeaderDecoder.ENCODED_LENGTH + SessionClosedDecoder.endEncodingOffset()));
        return SessionEnd.SBE_UNKNOWN == cause || SessionEnd.NULL_VAL == cause ?
            FrameFault.UNKNOWN_ENUM_VALUE : FrameFault.NONE;
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
