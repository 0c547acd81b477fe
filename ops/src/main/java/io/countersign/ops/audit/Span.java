package io.countersign.ops.audit;

import org.agrona.DirectBuffer;

import java.nio.charset.StandardCharsets;

/**
 * Some bytes of a record, where they stand: a text or bytes as they are. Valid as long as the record is.
 */
public final class Span
{
    private DirectBuffer buffer;
    private int offset;
    private int length;

    /**
     * With nothing in it.
     */
    public Span()
    {
    }

    Span wrap(final DirectBuffer newBuffer, final int newOffset, final int newLength)
    {
        newBuffer.boundsCheck(newOffset, newLength);
        buffer = newBuffer;
        offset = newOffset;
        length = newLength;
        return this;
    }

    DirectBuffer buffer()
    {
        return buffer;
    }

    int offset()
    {
        return offset;
    }

    int length()
    {
        return length;
    }

    boolean isEmpty()
    {
        return 0 == length;
    }

    byte[] toBytes()
    {
        final byte[] bytes = new byte[length];
        if (length > 0)
        {
            buffer.getBytes(offset, bytes);
        }
        return bytes;
    }

    boolean is(final byte[] bytes)
    {
        if (bytes.length != length)
        {
            return false;
        }
        for (int i = 0; i < length; i++)
        {
            if (bytes[i] != buffer.getByte(offset + i))
            {
                return false;
            }
        }
        return true;
    }

    /**
     * As text.
     *
     * @return with replacement characters where it is not UTF-8.
     */
    @Override
    public String toString()
    {
        return new String(toBytes(), StandardCharsets.UTF_8);
    }
}
