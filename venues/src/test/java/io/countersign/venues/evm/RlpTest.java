package io.countersign.venues.evm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.countersign.venues.text.TextWriter;
import java.util.HexFormat;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The examples of Ethereum's documentation of RLP, and what lies at the edges. */
class RlpTest
{
    private final TextWriter out = new TextWriter(70_000);

    @ParameterizedTest
    @CsvSource(
        {
            "0, 80", "15, 0f", "127, 7f", "128, 8180", "255, 81ff", "1024, 820400", "16777216, 8401000000",
            "9223372036854775807, 887fffffffffffffff", "-1, 88ffffffffffffffff"
        })
    void shouldWriteIntegers(final long value, final String expected)
    {
        Rlp.put(out, value);
        assertEquals(expected, hex());
        assertEquals(out.length(), Rlp.length(value));

        final UnsafeBuffer bytes = new UnsafeBuffer(HexFormat.of().parseHex(String.format("%064x",
            new java.math.BigInteger(Long.toUnsignedString(value)))));
        out.reset();
        Rlp.putInteger(out, bytes, 0, 32);
        assertEquals(expected, hex());
        assertEquals(out.length(), Rlp.integerLength(bytes, 0, 32));
    }

    @ParameterizedTest
    @CsvSource(
        {
            "'', 80", "00, 00", "7f, 7f", "80, 8180", "646f67, 83646f67"
        })
    void shouldWriteStrings(final String bytes, final String expected)
    {
        assertString(HexFormat.of().parseHex(bytes), expected);
    }

    @Test
    void shouldWriteLongStringsAndLists()
    {
        assertString(new byte[55], "b7" + "00".repeat(55));
        assertString(new byte[56], "b838" + "00".repeat(56));
        assertString(new byte[1024], "b90400" + "00".repeat(1024));
        assertString(new byte[65_536], "ba010000" + "00".repeat(65_536));
        assertList(0, "c0");
        assertList(55, "f7");
        assertList(56, "f838");
        assertList(1024, "f90400");
    }

    private void assertString(final byte[] bytes, final String expected)
    {
        out.reset();
        final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
        Rlp.put(out, buffer, 0, bytes.length);
        assertEquals(expected, hex());
        assertEquals(out.length(), Rlp.length(buffer, 0, bytes.length));
    }

    private void assertList(final int itemsLength, final String expected)
    {
        out.reset();
        Rlp.putList(out, itemsLength);
        assertEquals(expected, hex());
        assertEquals(out.length() + itemsLength, Rlp.listLength(itemsLength));
    }

    private String hex()
    {
        final byte[] bytes = new byte[out.length()];
        out.buffer().getBytes(0, bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
