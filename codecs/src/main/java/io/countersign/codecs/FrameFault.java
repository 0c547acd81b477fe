package io.countersign.codecs;

import io.countersign.codecs.wire.DecimalDecoder;
import io.countersign.codecs.wire.MessageHeaderDecoder;
import io.countersign.codecs.wire.Reason;
import io.countersign.codecs.wire.Text16Decoder;
import io.countersign.codecs.wire.Text8Decoder;
import org.agrona.DirectBuffer;

/**
 * The checks that {@link WireFrame} and {@link ReplyFrame} are made of. Each reads inside the frame only.
 * A check of texts returns the position behind the text or, below zero, minus the reason: one int carries both, so
 * that walking a frame neither allocates nor throws.
 */
final class FrameFault
{
    static final int NONE = Reason.NONE.value();
    static final int FRAME_TRUNCATED = Reason.FRAME_TRUNCATED.value();
    static final int TRAILING_BYTES = Reason.TRAILING_BYTES.value();
    static final int UNKNOWN_SCHEMA = Reason.UNKNOWN_SCHEMA.value();
    static final int UNKNOWN_VERSION = Reason.UNKNOWN_VERSION.value();
    static final int UNKNOWN_TEMPLATE = Reason.UNKNOWN_TEMPLATE.value();
    static final int WRONG_BLOCK_LENGTH = Reason.WRONG_BLOCK_LENGTH.value();
    static final int UNKNOWN_ENUM_VALUE = Reason.UNKNOWN_ENUM_VALUE.value();
    static final int FIELD_OUT_OF_RANGE = Reason.FIELD_OUT_OF_RANGE.value();

    private FrameFault()
    {
    }

    static boolean holdsHeader(final DirectBuffer frame, final int offset, final int length)
    {
        return offset >= 0 &&
            length >= MessageHeaderDecoder.ENCODED_LENGTH &&
            length <= (long) frame.capacity() - offset;
    }

    static int blockLength(final DirectBuffer frame, final int offset)
    {
        return unsignedShort(frame, offset + MessageHeaderDecoder.blockLengthEncodingOffset());
    }

    static int templateId(final DirectBuffer frame, final int offset)
    {
        return unsignedShort(frame, offset + MessageHeaderDecoder.templateIdEncodingOffset());
    }

    static int schemaId(final DirectBuffer frame, final int offset)
    {
        return unsignedShort(frame, offset + MessageHeaderDecoder.schemaIdEncodingOffset());
    }

    static int version(final DirectBuffer frame, final int offset)
    {
        return unsignedShort(frame, offset + MessageHeaderDecoder.versionEncodingOffset());
    }

    static int checkSchema(final DirectBuffer frame, final int offset, final int length)
    {
        if (!holdsHeader(frame, offset, length))
        {
            return FRAME_TRUNCATED;
        }
        if (MessageHeaderDecoder.SCHEMA_ID != schemaId(frame, offset))
        {
            return UNKNOWN_SCHEMA;
        }
        if (MessageHeaderDecoder.SCHEMA_VERSION != version(frame, offset))
        {
            return UNKNOWN_VERSION;
        }
        return NONE;
    }

    static int checkBlock(final DirectBuffer frame, final int offset, final int length, final int blockLength)
    {
        if (blockLength(frame, offset) != blockLength)
        {
            return WRONG_BLOCK_LENGTH;
        }
        return length - MessageHeaderDecoder.ENCODED_LENGTH < blockLength ? FRAME_TRUNCATED : NONE;
    }

    static int checkFixed(
        final DirectBuffer frame, final int offset, final int length, final int end, final int blockLength)
    {
        final int fault = checkBlock(frame, offset, length, blockLength);
        return NONE != fault ? fault : checkEnd(offset + MessageHeaderDecoder.ENCODED_LENGTH + blockLength, end);
    }

    static int behindText8(final DirectBuffer frame, final int position, final int end, final int maxLength)
    {
        if (position < 0)
        {
            return position;
        }
        final int textPosition = position + Text8Decoder.varDataEncodingOffset();
        if (textPosition > end)
        {
            return -FRAME_TRUNCATED;
        }
        final int textLength = frame.getByte(position + Text8Decoder.lengthEncodingOffset()) & 0xFF;
        return behindText(textPosition, textLength, end, maxLength);
    }

    static int behindText16(final DirectBuffer frame, final int position, final int end)
    {
        return behindText16(frame, position, end, Text16Decoder.lengthMaxValue());
    }

    static int behindText16(final DirectBuffer frame, final int position, final int end, final int maxLength)
    {
        if (position < 0)
        {
            return position;
        }
        final int textPosition = position + Text16Decoder.varDataEncodingOffset();
        if (textPosition > end)
        {
            return -FRAME_TRUNCATED;
        }
        final int textLength = unsignedShort(frame, position + Text16Decoder.lengthEncodingOffset());
        return behindText(textPosition, textLength, end, maxLength);
    }

    static int checkEnd(final int position, final int end)
    {
        if (position < 0)
        {
            return -position;
        }
        return position == end ? NONE : TRAILING_BYTES;
    }

    static boolean decimalInRange(final DirectBuffer frame, final int position)
    {
        final long mantissa = frame.getLong(
            position + DecimalDecoder.mantissaEncodingOffset(), DecimalDecoder.BYTE_ORDER);
        final byte exponent = frame.getByte(position + DecimalDecoder.exponentEncodingOffset());
        return DecimalDecoder.mantissaNullValue() == mantissa ||
            exponent >= DecimalDecoder.exponentMinValue() && exponent <= DecimalDecoder.exponentMaxValue();
    }

    static short unsignedByte(final DirectBuffer frame, final int position)
    {
        return (short) (frame.getByte(position) & 0xFF);
    }

    static int unsignedShort(final DirectBuffer frame, final int position)
    {
        return frame.getShort(position, MessageHeaderDecoder.BYTE_ORDER) & 0xFFFF;
    }

    private static int behindText(final int textPosition, final int textLength, final int end, final int maxLength)
    {
        if (textLength > end - textPosition)
        {
            return -FRAME_TRUNCATED;
        }
        return textLength > maxLength ? -FIELD_OUT_OF_RANGE : textPosition + textLength;
    }
}
