package io.countersign.gateway.policy;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

class TextTableTest
{
    private static final int OFFSET = 5;

    @Test
    void shouldFindWhatAHashMapFinds()
    {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        for (int round = 0; round < 500; round++)
        {
            final int alphabet = 1 + random.nextInt(4);
            final int maxLength = random.nextBoolean() ? 3 : 64;
            final Map<String, Integer> expected = new HashMap<>();
            final List<String> names = new ArrayList<>();
            for (int i = 0, count = random.nextInt(60); i < count; i++)
            {
                final String name = text(random, alphabet, maxLength);
                if (null == expected.putIfAbsent(name, names.size()))
                {
                    names.add(name);
                }
            }
            final TextTable table = new TextTable(names);
            for (int i = 0; i < names.size(); i++)
            {
                assertEquals(i, indexOf(table, names.get(i)), "seed " + seed);
                assertArrayEquals(names.get(i).getBytes(StandardCharsets.UTF_8), table.text(i));
            }
            for (int i = 0; i < 200; i++)
            {
                final String name = text(random, alphabet, maxLength);
                assertEquals(
                    expected.getOrDefault(name, TextTable.ABSENT), indexOf(table, name), "seed " + seed);
            }
        }
    }

    /** "Aa" and "BB" have the same hash, and so has every text made of them: all end in one run of slots. */
    @Test
    void shouldTellTextsApartWhoseHashesCollide()
    {
        List<String> names = List.of("");
        for (int i = 0; i < 8; i++)
        {
            final List<String> longer = new ArrayList<>();
            names.forEach((name) -> longer.addAll(List.of(name + "Aa", name + "BB")));
            names = longer;
        }
        final TextTable table = new TextTable(names.subList(0, 128));
        for (int i = 0; i < names.size(); i++)
        {
            assertEquals(i < 128 ? i : TextTable.ABSENT, indexOf(table, names.get(i)));
        }
    }

    @Test
    void shouldTellEmptyAndLongTextsApart()
    {
        final String longest = "x".repeat(64);
        final TextTable table = new TextTable(List.of(longest, "x".repeat(63)));
        assertEquals(0, indexOf(table, longest));
        assertEquals(1, indexOf(table, "x".repeat(63)));
        assertEquals(TextTable.ABSENT, indexOf(table, ""));
        assertEquals(TextTable.ABSENT, indexOf(table, longest + "x"));
        assertEquals(TextTable.ABSENT, indexOf(new TextTable(List.of()), ""));
        assertEquals(0, indexOf(new TextTable(List.of("")), ""));
        assertEquals(TextTable.ABSENT, table.indexOf(null, 0, 0));
    }

    private static int indexOf(final TextTable table, final String name)
    {
        final byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[bytes.length + 2 * OFFSET]);
        buffer.setMemory(0, buffer.capacity(), (byte) 'A');
        buffer.putBytes(OFFSET, bytes);
        return table.indexOf(buffer, OFFSET, bytes.length);
    }

    private static String text(final Random random, final int alphabet, final int maxLength)
    {
        final StringBuilder text = new StringBuilder();
        for (int i = 0, length = random.nextInt(maxLength + 1); i < length; i++)
        {
            text.append((char) ('A' + random.nextInt(alphabet)));
        }
        return text.toString();
    }
}
