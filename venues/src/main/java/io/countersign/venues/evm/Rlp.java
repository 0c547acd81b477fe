package io.countersign.venues.evm;

import io.countersign.venues.text.TextWriter;
import org.agrona.DirectBuffer;

/**
 * Recursive length prefix, the encoding of Ethereum's transactions: what each item takes, and how it is written.
 */
public final class Rlp
{
    private static final int STRING = 0x80;
    private static final int LIST = 0xC0;
    private static final int MAX_SHORT_LENGTH = 55;

    private Rlp()
    {
    }

    /**
     * What an integer takes.
     *
     * @param value read as unsigned.
     * @return bytes.
     */
    public static int length(final long value)
    {
        return value >= 0 && value < STRING ? 1 : 1 + significantBytes(value);
    }

    /**
     * What a string of bytes takes.
     *
     * @param bytes  that hold it.
     * @param offset of the first.
     * @param count  how many.
     * @return bytes.
     */
    public static int length(final DirectBuffer bytes, final int offset, final int count)
    {
        return isItsOwnEncoding(bytes, offset, count) ? 1 : headerLength(count) + count;
    }

    /**
     * What an unsigned integer of many bytes takes.
     *
     * @param bytes  highest first, zeros before it or not.
     * @param offset of the first.
     * @param count  how many.
     * @return bytes.
     */
    public static int integerLength(final DirectBuffer bytes, final int offset, final int count)
    {
        final int zeros = leadingZeros(bytes, offset, count);
        return length(bytes, offset + zeros, count - zeros);
    }

    /**
     * What a list takes.
     *
     * @param itemsLength bytes that its items take.
     * @return bytes.
     */
    public static int listLength(final int itemsLength)
    {
        return headerLength(itemsLength) + itemsLength;
    }

    /**
     * Writes an integer.
     *
     * @param out   to append to.
     * @param value read as unsigned.
     */
    public static void put(final TextWriter out, final long value)
    {
        final int count = significantBytes(value);
        if (count != 1 || value >= STRING)
        {
            out.put((byte) (STRING + count));
        }
        putBigEndian(out, value, count);
    }

    /**
     * Writes a string of bytes.
     *
     * @param out    to append to.
     * @param bytes  that hold it.
     * @param offset of the first.
     * @param count  how many.
     */
    public static void put(final TextWriter out, final DirectBuffer bytes, final int offset, final int count)
    {
        if (!isItsOwnEncoding(bytes, offset, count))
        {
            putHeader(out, STRING, count);
        }
        out.put(bytes, offset, count);
    }

    /**
     * Writes an unsigned integer of many bytes: its leading zeros are left out.
     *
     * @param out    to append to.
     * @param bytes  highest first, zeros before it or not.
     * @param offset of the first.
     * @param count  how many.
     */
    public static void putInteger(final TextWriter out, final DirectBuffer bytes, final int offset, final int count)
    {
        final int zeros = leadingZeros(bytes, offset, count);
        put(out, bytes, offset + zeros, count - zeros);
    }

    /**
     * Begins a list.
     *
     * @param out         to append to; the items come next.
     * @param itemsLength bytes that the items take.
     */
    public static void putList(final TextWriter out, final int itemsLength)
    {
        putHeader(out, LIST, itemsLength);
    }

    private static void putHeader(final TextWriter out, final int kind, final int count)
    {
        if (count <= MAX_SHORT_LENGTH)
        {
            out.put((byte) (kind + count));
            return;
        }
        final int lengthBytes = significantBytes(count);
        out.put((byte) (kind + MAX_SHORT_LENGTH + lengthBytes));
        putBigEndian(out, count, lengthBytes);
    }

    private static void putBigEndian(final TextWriter out, final long value, final int count)
    {
        for (int i = count - 1; i >= 0; i--)
        {
            out.put((byte) (value >>> (i << 3)));
        }
    }

    private static int headerLength(final int count)
    {
        return count <= MAX_SHORT_LENGTH ? 1 : 1 + significantBytes(count);
    }

    private static int significantBytes(final long value)
    {
        return Long.BYTES - (Long.numberOfLeadingZeros(value) >>> 3);
    }

    private static boolean isItsOwnEncoding(final DirectBuffer bytes, final int offset, final int count)
    {
        return count == 1 && bytes.getByte(offset) >= 0;
    }

    private static int leadingZeros(final DirectBuffer bytes, final int offset, final int count)
    {
        int zeros = 0;
        while (zeros < count && bytes.getByte(offset + zeros) == 0)
        {
            zeros++;
        }
        return zeros;
    }
}
