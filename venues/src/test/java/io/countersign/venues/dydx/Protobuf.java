package io.countersign.venues.dydx;

import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** Reads a protobuf message: each field once, in the order of their numbers. */
final class Protobuf
{
    private final Map<Integer, Object> fields = new TreeMap<>();
    private final byte[] bytes;
    private int position;

    Protobuf(final byte[] bytes)
    {
        this.bytes = bytes;
        int last = 0;
        while (position < bytes.length)
        {
            final int tag = (int) varint();
            final int field = tag >> 3;
            assertTrue(field > last, "field " + field + " after " + last);
            last = field;
            assertNull(fields.put(field, value(tag & 7)));
        }
    }

    /** Numbers that are not there are zero. */
    long number(final int field)
    {
        return (Long) fields.getOrDefault(field, 0L);
    }

    String text(final int field)
    {
        return new String((byte[]) fields.get(field), StandardCharsets.US_ASCII);
    }

    String hex(final int field)
    {
        return HexFormat.of().formatHex((byte[]) fields.get(field));
    }

    Protobuf message(final int field)
    {
        return new Protobuf((byte[]) fields.get(field));
    }

    private Object value(final int kind)
    {
        switch (kind)
        {
            case 0:
                final long value = varint();
                assertTrue(value != 0, "a default that is written");
                return value;
            case 2:
                final int length = (int) varint();
                position += length;
                assertTrue(position <= bytes.length);
                return Arrays.copyOfRange(bytes, position - length, position);
            case 5:
                long fixed = 0;
                for (int i = 0; i < 4; i++)
                {
                    fixed |= (bytes[position++] & 0xFFL) << 8 * i;
                }
                assertTrue(fixed != 0, "a default that is written");
                return fixed;
            default:
                throw new AssertionError("kind " + kind);
        }
    }

    private long varint()
    {
        long value = 0;
        for (int shift = 0;; shift += 7)
        {
            final byte next = bytes[position++];
            value |= (next & 0x7FL) << shift;
            if (next >= 0)
            {
                return value;
            }
        }
    }
}
