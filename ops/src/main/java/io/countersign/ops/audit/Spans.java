package io.countersign.ops.audit;

import org.agrona.DirectBuffer;

import java.nio.ByteOrder;

/**
 * The texts and bytes behind the fixed fields of a record or frame, each behind its length, in the order of the schema.
 * What it gives is used again for the next record.
 */
final class Spans
{
    private static final int MOST = 6;

    private final Span[] spans = new Span[MOST];
    private DirectBuffer buffer;
    private int position;
    private int count;

    Spans()
    {
        for (int i = 0; i < MOST; i++)
        {
            spans[i] = new Span();
        }
    }

    /** Go to the first, right behind the fixed fields. */
    Spans wrap(final DirectBuffer newBuffer, final int newPosition)
    {
        buffer = newBuffer;
        position = newPosition;
        count = 0;
        return this;
    }

    /** Behind a length of 1 byte. */
    Span next8()
    {
        return next(Byte.BYTES, buffer.getByte(position) & 0xFF);
    }

    /** Behind a length of 2 bytes. */
    Span next16()
    {
        return next(Short.BYTES, buffer.getShort(position, ByteOrder.LITTLE_ENDIAN) & 0xFFFF);
    }

    /** Behind a length of 4 bytes. */
    Span next32()
    {
        return next(Integer.BYTES, buffer.getInt(position, ByteOrder.LITTLE_ENDIAN));
    }

    /** One that the record's version does not have yet. */
    Span none()
    {
        return spans[count++].wrap(buffer, 0, 0);
    }

    private Span next(final int lengthBytes, final int length)
    {
        final Span span = spans[count++].wrap(buffer, position + lengthBytes, length);
        position += lengthBytes + length;
        return span;
    }
}
