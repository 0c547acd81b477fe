package io.countersign.venues;

import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;

/**
 * A stretch of bytes in a buffer that somebody else owns. Reusable; not thread-safe.
 */
public final class Region
{
    private DirectBuffer buffer;
    private int offset;
    private int length;

    /**
     * Lay this over bytes.
     *
     * @param buffer that holds them.
     * @param offset of the first.
     * @param length in bytes.
     * @return this.
     */
    public Region wrap(final DirectBuffer buffer, final int offset, final int length)
    {
        // Writing a reference costs a card mark, and it is nearly always the same buffer.
        if (this.buffer != buffer)
        {
            this.buffer = buffer;
        }
        this.offset = offset;
        this.length = length;
        return this;
    }

    /**
     * Be empty; the buffer stays.
     *
     * @return this.
     */
    public Region reset()
    {
        offset = 0;
        length = 0;
        return this;
    }

    /**
     * The buffer that holds the bytes.
     *
     * @return the buffer, null before the first {@link #wrap}.
     */
    public DirectBuffer buffer()
    {
        return buffer;
    }

    /**
     * Where the bytes begin.
     *
     * @return index in {@link #buffer()}.
     */
    public int offset()
    {
        return offset;
    }

    /**
     * How many bytes there are.
     *
     * @return the length.
     */
    public int length()
    {
        return length;
    }

    /**
     * Whether there are none.
     *
     * @return true when the length is 0.
     */
    public boolean isEmpty()
    {
        return length == 0;
    }

    /**
     * The bytes read as UTF-8, for people: allocates.
     *
     * @return the text.
     */
    @Override
    public String toString()
    {
        final byte[] bytes = new byte[length];
        if (length > 0)
        {
            buffer.getBytes(offset, bytes);
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
