package io.countersign.client;

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

import java.nio.ByteOrder;

/**
 * What every reply must satisfy before a field of it is believed: rule 1 of the wire protocol, seen from the bot.
 */
final class ReplyCheck
{
    private static final int HEADER_LENGTH = MessageHeaderDecoder.ENCODED_LENGTH;
    private static final int MAX_TEXT8_LENGTH = 254;
    private static final int MAX_TEXT16_LENGTH = 65_534;

    private ReplyCheck()
    {
    }

    /**
     * Checks a whole frame. That a tag has its place is checked, not that it fits.
     *
     * @param frame  private copy of the frame, from index 0.
     * @param length of the frame in bytes.
     * @param header reused to read the message header.
     * @return {@link Reason#NONE} where the frame may be believed.
     */
    static Reason check(final DirectBuffer frame, final int length, final MessageHeaderDecoder header)
    {
        if (length < HEADER_LENGTH)
        {
            return Reason.FRAME_TRUNCATED;
        }

        header.wrap(frame, 0);
        if (SignedRequestDecoder.SCHEMA_ID != header.schemaId())
        {
            return Reason.UNKNOWN_SCHEMA;
        }

        if (SignedRequestDecoder.SCHEMA_VERSION != header.version())
        {
            return Reason.UNKNOWN_VERSION;
        }

        final int blockLength = expectedBlockLength(header.templateId());
        if (blockLength < 0)
        {
            return Reason.UNKNOWN_TEMPLATE;
        }

        if (blockLength != header.blockLength())
        {
            return Reason.WRONG_BLOCK_LENGTH;
        }

        final int bodyLength = hasTag(header.templateId()) ? length - FrameAuthenticator.TAG_LENGTH : length;
        if (bodyLength < HEADER_LENGTH + blockLength)
        {
            return Reason.FRAME_TRUNCATED;
        }

        return checkBody(frame, bodyLength, header.templateId(), HEADER_LENGTH + blockLength);
    }

    /**
     * Whether a reply ends with a tag.
     *
     * @param templateId of the reply.
     * @return false for those of a handshake that come before both ends know each other.
     */
    static boolean hasTag(final int templateId)
    {
        return SessionRejectedDecoder.TEMPLATE_ID != templateId && ChallengeDecoder.TEMPLATE_ID != templateId;
    }

    private static int expectedBlockLength(final int templateId)
    {
        return switch (templateId)
        {
            case SignedRequestDecoder.TEMPLATE_ID -> SignedRequestDecoder.BLOCK_LENGTH;
            case RejectedDecoder.TEMPLATE_ID -> RejectedDecoder.BLOCK_LENGTH;
            case SessionOpenedDecoder.TEMPLATE_ID -> SessionOpenedDecoder.BLOCK_LENGTH;
            case SessionRejectedDecoder.TEMPLATE_ID -> SessionRejectedDecoder.BLOCK_LENGTH;
            case ChallengeDecoder.TEMPLATE_ID -> ChallengeDecoder.BLOCK_LENGTH;
            default -> -1;
        };
    }

    private static Reason checkBody(
        final DirectBuffer frame, final int length, final int templateId, final int textsOffset)
    {
        return switch (templateId)
        {
            case SignedRequestDecoder.TEMPLATE_ID ->
                isListedMethod(frame.getByte(HEADER_LENGTH + SignedRequestDecoder.methodEncodingOffset()) & 0xFF) ?
                    checkText16s(frame, length, textsOffset) : Reason.UNKNOWN_ENUM_VALUE;
            case RejectedDecoder.TEMPLATE_ID ->
                isListedReason(frame, RejectedDecoder.reasonEncodingOffset()) ?
                    checkText8(frame, length, textsOffset) : Reason.UNKNOWN_ENUM_VALUE;
            case SessionRejectedDecoder.TEMPLATE_ID ->
                isListedReason(frame, SessionRejectedDecoder.reasonEncodingOffset()) ?
                    checkEnd(length, textsOffset) : Reason.UNKNOWN_ENUM_VALUE;
            default -> checkEnd(length, textsOffset);
        };
    }

    private static boolean isListedMethod(final int value)
    {
        final Method method = Method.get((short) value);
        return Method.SBE_UNKNOWN != method && Method.NULL_VAL != method;
    }

    private static boolean isListedReason(final DirectBuffer frame, final int blockOffset)
    {
        final int value = frame.getShort(HEADER_LENGTH + blockOffset, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
        final Reason reason = Reason.get(value);
        return Reason.SBE_UNKNOWN != reason && Reason.NULL_VAL != reason;
    }

    private static Reason checkText16s(final DirectBuffer frame, final int length, final int textsOffset)
    {
        final int texts = 5;
        int offset = textsOffset;
        for (int i = 0; i < texts; i++)
        {
            final int textOffset = offset + SignedRequestDecoder.pathHeaderLength();
            if (textOffset > length)
            {
                return Reason.FRAME_TRUNCATED;
            }

            final int textLength = frame.getShort(offset, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
            if (textLength > MAX_TEXT16_LENGTH)
            {
                return Reason.FIELD_OUT_OF_RANGE;
            }

            offset = textOffset + textLength;
        }

        return checkEnd(length, offset);
    }

    private static Reason checkText8(final DirectBuffer frame, final int length, final int offset)
    {
        final int textOffset = offset + RejectedDecoder.ruleHeaderLength();
        if (textOffset > length)
        {
            return Reason.FRAME_TRUNCATED;
        }

        final int textLength = frame.getByte(offset) & 0xFF;
        return textLength > MAX_TEXT8_LENGTH ? Reason.FIELD_OUT_OF_RANGE : checkEnd(length, textOffset + textLength);
    }

    private static Reason checkEnd(final int length, final int end)
    {
        if (end == length)
        {
            return Reason.NONE;
        }

        return end > length ? Reason.FRAME_TRUNCATED : Reason.TRAILING_BYTES;
    }
}
