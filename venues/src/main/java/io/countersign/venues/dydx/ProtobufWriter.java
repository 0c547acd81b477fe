package io.countersign.venues.dydx;

import io.countersign.venues.text.TextWriter;
import org.agrona.DirectBuffer;

/**
 * Writes the fields of a protobuf message. As the chain hashes what it is sent, there is one form only: fields in the
 * order of their numbers, those with their default value left out. Not thread-safe.
 */
final class ProtobufWriter
{
    private static final int VARINT = 0;
    private static final int BYTES = 2;
    private static final int FIXED_32 = 5;
    private static final int MORE = 0x80;

    private final TextWriter out;

    ProtobufWriter(final int capacity)
    {
        out = new TextWriter(capacity);
    }

    ProtobufWriter reset()
    {
        out.reset();
        return this;
    }

    /** What was written so far, with its fault. */
    TextWriter written()
    {
        return out;
    }

    ProtobufWriter number(final int field, final long value)
    {
        if (value != 0)
        {
            tag(field, VARINT);
            varint(value);
        }
        return this;
    }

    ProtobufWriter fixed32(final int field, final int value)
    {
        if (value != 0)
        {
            tag(field, FIXED_32);
            for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE)
            {
                out.put((byte) (value >>> shift));
            }
        }
        return this;
    }

    ProtobufWriter bytes(final int field, final byte[] value)
    {
        tag(field, BYTES);
        varint(value.length);
        out.put(value);
        return this;
    }

    ProtobufWriter bytes(final int field, final DirectBuffer value, final int offset, final int length)
    {
        tag(field, BYTES);
        varint(length);
        out.put(value, offset, length);
        return this;
    }

    /** A text, bytes or a message; written even when it is empty, as members are that are there. */
    ProtobufWriter bytes(final int field, final TextWriter value)
    {
        tag(field, BYTES);
        varint(value.length());
        out.put(value);
        return this;
    }

    private void tag(final int field, final int kind)
    {
        varint((long) field << 3 | kind);
    }

    private void varint(final long value)
    {
        long rest = value;
        while (rest >>> 7 != 0)
        {
            out.put((byte) (rest & 0x7F | MORE));
            rest >>>= 7;
        }
        out.put((byte) rest);
    }
}
