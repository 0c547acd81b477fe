package io.countersign.gateway.policy;

import io.countersign.venues.Region;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Immutable table from texts to their position in a list, looked up by bytes in a buffer. Linear probing at a load of
 * at most one quarter; no allocation on look-up. Only operators fill it, so its hash need not resist chosen keys.
 */
public final class TextTable
{
    /** What {@link #indexOf} returns for a text that is not in the table. */
    public static final int ABSENT = -1;

    private final byte[][] texts;
    private final int[] slots;
    private final int mask;

    /**
     * Build the table.
     *
     * @param names distinct texts; their position is what a look-up gives.
     */
    public TextTable(final List<String> names)
    {
        final int capacity = BitUtil.findNextPositivePowerOfTwo(Math.max(4, names.size() * 4));
        mask = capacity - 1;
        slots = new int[capacity];
        Arrays.fill(slots, ABSENT);
        texts = new byte[names.size()][];
        for (int i = 0; i < texts.length; i++)
        {
            texts[i] = names.get(i).getBytes(StandardCharsets.UTF_8);
            int slot = hash(new UnsafeBuffer(texts[i]), 0, texts[i].length) & mask;
            while (ABSENT != slots[slot])
            {
                slot = (slot + 1) & mask;
            }
            slots[slot] = i;
        }
    }

    /**
     * Look up a text by its bytes.
     *
     * @param buffer holding the text.
     * @param offset of the text.
     * @param length of the text in bytes.
     * @return its position in the list that the table was built from, or {@link #ABSENT}.
     */
    public int indexOf(final DirectBuffer buffer, final int offset, final int length)
    {
        int slot = hash(buffer, offset, length) & mask;
        int index = slots[slot];
        while (ABSENT != index)
        {
            if (matches(texts[index], buffer, offset, length))
            {
                return index;
            }
            slot = (slot + 1) & mask;
            index = slots[slot];
        }
        return ABSENT;
    }

    /** Look up a text by its bytes. */
    int indexOf(final Region text)
    {
        return indexOf(text.buffer(), text.offset(), text.length());
    }

    /**
     * The bytes of a text.
     *
     * @param index position in the list.
     * @return its UTF-8 bytes, not to be written to.
     */
    public byte[] text(final int index)
    {
        return texts[index];
    }

    private static boolean matches(final byte[] text, final DirectBuffer buffer, final int offset, final int length)
    {
        if (text.length != length)
        {
            return false;
        }
        for (int i = 0; i < length; i++)
        {
            if (text[i] != buffer.getByte(offset + i))
            {
                return false;
            }
        }
        return true;
    }

    private static int hash(final DirectBuffer buffer, final int offset, final int length)
    {
        int hash = length;
        for (int i = 0; i < length; i++)
        {
            hash = 31 * hash + buffer.getByte(offset + i);
        }
        return hash ^ (hash >>> 15);
    }
}
