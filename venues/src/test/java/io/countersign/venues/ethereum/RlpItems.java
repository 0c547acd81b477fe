package io.countersign.venues.ethereum;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Reads a list of recursive length prefix: strings in hexadecimal, and lists without items. */
final class RlpItems
{
    private final byte[] bytes;
    private int position;

    RlpItems(final byte[] bytes, final int position)
    {
        this.bytes = bytes;
        this.position = position;
    }

    List<String> items()
    {
        final int end = next(0xC0);
        assertEquals(bytes.length, end);
        final List<String> items = new ArrayList<>();
        while (position < end)
        {
            if (bytes[position] == (byte) 0xC0)
            {
                items.add("[]");
                position++;
            }
            else if (bytes[position] >= 0)
            {
                items.add(HexFormat.of().toHexDigits(bytes[position++]));
            }
            else
            {
                final int itemEnd = next(0x80);
                items.add(HexFormat.of().formatHex(bytes, position, itemEnd));
                position = itemEnd;
            }
        }
        return items;
    }

    private int next(final int kind)
    {
        final int head = (bytes[position++] & 0xFF) - kind;
        assertTrue(head >= 0 && head < 64);
        if (head <= 55)
        {
            return position + head;
        }
        final int lengthBytes = head - 55;
        final int length = new BigInteger(1, bytes, position, lengthBytes).intValueExact();
        position += lengthBytes;
        return position + length;
    }
}
