package io.countersign.venues.hyperliquid;

import io.countersign.venues.text.TextWriter;
import org.agrona.DirectBuffer;

/**
 * Writes an action as MessagePack, every number and length in its shortest form: what is hashed. Maps and arrays have
 * at most 15 members and texts at most 255 bytes, else the writer fails with {@link TextWriter#INVALID}. Free of
 * allocation after construction; not thread-safe.
 */
final class MessagePackWriter implements ActionWriter
{
    private static final int FIX_MAP = 0x80;
    private static final int FIX_ARRAY = 0x90;
    private static final int FIX_TEXT = 0xA0;
    private static final int FALSE = 0xC2;
    private static final int TRUE = 0xC3;
    private static final int NUMBER_8 = 0xCC;
    private static final int TEXT_8 = 0xD9;
    private static final int MAX_MEMBERS = 15;
    private static final int MAX_FIX_TEXT = 31;
    private static final int MAX_FIX_NUMBER = 127;
    private static final int MAX_TEXT = 255;

    private TextWriter out;

    /**
     * Begin.
     *
     * @param writer to append to.
     * @return this.
     */
    MessagePackWriter wrap(final TextWriter writer)
    {
        out = writer;
        return this;
    }

    @Override
    public void beginMap(final int size)
    {
        begin(FIX_MAP, size);
    }

    @Override
    public void endMap()
    {
        // The size at the beginning says where it ends.
    }

    @Override
    public void beginArray(final int size)
    {
        begin(FIX_ARRAY, size);
    }

    @Override
    public void endArray()
    {
        // The size at the beginning says where it ends.
    }

    @Override
    public void name(final byte[] name)
    {
        text(name);
    }

    @Override
    public void text(final byte[] text)
    {
        textHeader(text.length);
        out.put(text);
    }

    @Override
    public void text(final DirectBuffer text, final int offset, final int length)
    {
        textHeader(length);
        out.put(text, offset, length);
    }

    @Override
    public void number(final long value)
    {
        if (value < 0)
        {
            out.invalid();
        }
        else if (value <= MAX_FIX_NUMBER)
        {
            out.put((byte) value);
        }
        else
        {
            // 1, 2, 4 or 8 bytes.
            final int size = value <= 0xFF ? 0 : value <= 0xFFFF ? 1 : value <= 0xFFFF_FFFFL ? 2 : 3;
            out.put((byte) (NUMBER_8 + size));
            for (int shift = (8 << size) - 8; shift >= 0; shift -= 8)
            {
                out.put((byte) (value >>> shift));
            }
        }
    }

    @Override
    public void flag(final boolean value)
    {
        out.put((byte) (value ? TRUE : FALSE));
    }

    private void begin(final int kind, final int size)
    {
        if (size > MAX_MEMBERS)
        {
            out.invalid();
        }
        out.put((byte) (kind | size));
    }

    private void textHeader(final int length)
    {
        if (length <= MAX_FIX_TEXT)
        {
            out.put((byte) (FIX_TEXT | length));
        }
        else if (length <= MAX_TEXT)
        {
            out.put((byte) TEXT_8).put((byte) length);
        }
        else
        {
            out.invalid();
        }
    }
}
