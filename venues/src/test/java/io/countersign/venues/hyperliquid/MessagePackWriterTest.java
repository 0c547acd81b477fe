package io.countersign.venues.hyperliquid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.countersign.venues.text.TextWriter;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessagePackWriterTest
{
    private final TextWriter out = new TextWriter(512);
    private final MessagePackWriter writer = new MessagePackWriter().wrap(out);

    @ParameterizedTest
    @CsvSource(
        {
            "0, 00", "127, 7f", "128, cc80", "255, ccff", "256, cd0100", "65535, cdffff", "65536, ce00010000",
            "4294967295, ceffffffff", "4294967296, cf0000000100000000", "9223372036854775807, cf7fffffffffffffff"
        })
    void shouldWriteNumbersInTheirShortestForm(final long number, final String expected)
    {
        writer.number(number);
        assertEquals(expected, hex());
    }

    @Test
    void shouldWriteTextsInTheirShortestForm()
    {
        writer.text(new byte[31]);
        assertEquals("bf" + "00".repeat(31), hex());
        out.reset();
        writer.text(new byte[32]);
        assertEquals("d920" + "00".repeat(32), hex());
        out.reset();
        writer.text(new byte[255]);
        assertEquals("d9ff" + "00".repeat(255), hex());
    }

    @Test
    void shouldRefuseWhatItHasNoFormFor()
    {
        writer.text(new byte[256]);
        assertEquals(TextWriter.INVALID, out.fault());
        out.reset();
        writer.number(-1);
        assertEquals(TextWriter.INVALID, out.fault());
        out.reset();
        writer.beginMap(16);
        assertEquals(TextWriter.INVALID, out.fault());
        out.reset();
        writer.beginArray(15);
        assertTrue(out.fault() == TextWriter.NO_FAULT);
        assertEquals("9f", hex());
    }

    private String hex()
    {
        final byte[] bytes = new byte[out.length()];
        out.buffer().getBytes(0, bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
