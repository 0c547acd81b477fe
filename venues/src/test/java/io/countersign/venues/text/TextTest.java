package io.countersign.venues.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.countersign.codecs.MutableDecimal;
import io.countersign.venues.Seed;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextTest
{
    private final TextWriter out = new TextWriter(4096);
    private final Seed seed = new Seed();
    private final Random random = seed.random();

    /** RFC 4648, section 10. */
    @ParameterizedTest
    @CsvSource({"'', ''", "f, Zg==", "fo, Zm8=", "foo, Zm9v", "foob, Zm9vYg==", "fooba, Zm9vYmE=", "foobar, Zm9vYmFy"})
    void shouldWriteBase64(final String text, final String expected)
    {
        final UnsafeBuffer bytes = new UnsafeBuffer(text.getBytes(StandardCharsets.US_ASCII));
        Base64Text.append(out, bytes, 0, bytes.capacity());
        assertEquals(expected, out.toString());
    }

    @Test
    void shouldWriteBytesAsTheJdkDoes()
    {
        for (int length = 0; length < 600; length++)
        {
            final byte[] bytes = new byte[length];
            random.nextBytes(bytes);
            final UnsafeBuffer buffer = new UnsafeBuffer(new byte[length + 3]);
            buffer.putBytes(3, bytes);

            Base64Text.append(out.reset(), buffer, 3, length);
            assertEquals(Base64.getEncoder().encodeToString(bytes), out.toString(), seed);
            HexText.append(out.reset(), buffer, 3, length);
            assertEquals(HexFormat.of().formatHex(bytes), out.toString(), seed);
        }
    }

    @ParameterizedTest
    @CsvSource({"AZaz09-_.~, AZaz09-_.~", "a b+c, a%20b%2Bc", "*, %2A", "100%, 100%25", "a&b=c, a%26b%3Dc",
        "\uFF11, %EF%BC%91", "\u00e9, %C3%A9", "[\"x\"], %5B%22x%22%5D", "\uD83D\uDE00, %F0%9F%98%80",
        "\u00a0, %C2%A0", "\uFFFF, %EF%BF%BF"})
    void shouldPercentEncode(final String text, final String expected)
    {
        assertEquals(expected, encoded(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void shouldRefuseExactlyWhatIsNoTextWithoutControls()
    {
        // Every sequence of two bytes, and those of three and four from the corners of RFC 3629.
        final int[] corners = {0x00, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xFF};
        for (int lead = 0; lead < 256; lead++)
        {
            assertRefusedAsByTheJdk(lead);
            for (int second = 0; second < 256; second++)
            {
                assertRefusedAsByTheJdk(lead, second);
            }
            for (final int second : corners)
            {
                for (final int third : corners)
                {
                    assertRefusedAsByTheJdk(lead, second, third);
                    for (final int fourth : corners)
                    {
                        assertRefusedAsByTheJdk(lead, second, third, fourth);
                    }
                }
            }
        }
    }

    @Test
    void shouldRememberTheFirstFaultAndTakeNothingMore()
    {
        final TextWriter small = new TextWriter(4);
        small.put((byte) 'a').put(new byte[]{'b', 'c', 'd', 'e'}).put((byte) 'f').invalid();
        assertEquals(TextWriter.TOO_LONG, small.fault());
        assertEquals("a", small.toString());

        small.reset().put((byte) 'a').invalid().put(new byte[10]).putLong(1).putDecimal(1, 0);
        assertEquals(TextWriter.INVALID, small.fault());
        assertEquals("a", small.toString());
        assertEquals(TextWriter.NO_FAULT, small.reset().fault());
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, -1, 9, 10, 1_499_827_319_559L, Long.MAX_VALUE, Long.MIN_VALUE})
    void shouldWriteNumbersUpToTheLastByte(final long value)
    {
        final String expected = Long.toString(value);
        assertEquals(expected, new TextWriter(expected.length()).putLong(value).toString());
        assertEquals(TextWriter.TOO_LONG, new TextWriter(expected.length() - 1).putLong(value).fault());
        assertEquals(expected, out.putLong(value).toString());
    }

    @Test
    void shouldWriteDecimalsUpToTheLastByte()
    {
        for (int exponent = -18; exponent <= 18; exponent++)
        {
            final long mantissa = random.nextLong();
            final String expected = new BigDecimal(BigInteger.valueOf(mantissa), -exponent).toPlainString();
            final TextWriter exact = new TextWriter(expected.length());
            assertEquals(expected, exact.putDecimal(mantissa, exponent).toString(), seed);
            final TextWriter small = new TextWriter(expected.length() - 1);
            assertEquals(TextWriter.TOO_LONG, small.putDecimal(mantissa, exponent).fault(), seed);
        }
        assertEquals(TextWriter.INVALID, out.putDecimal(1, 19).fault());
    }

    @Test
    void shouldJoinParameters()
    {
        final UnsafeBuffer text = new UnsafeBuffer("x&y".getBytes(StandardCharsets.US_ASCII));
        QueryParameters.literal(out, QueryParameters.name("a"), new byte[]{'1'});
        QueryParameters.number(out, QueryParameters.name("b"), -2);
        QueryParameters.decimal(out, QueryParameters.name("c"), new MutableDecimal().set(300, -2));
        QueryParameters.text(out, QueryParameters.name("d"), text, 0, 3);
        assertEquals("a=1&b=-2&c=3.00&d=x%26y", out.toString());
    }

    private void assertRefusedAsByTheJdk(final int... values)
    {
        final byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++)
        {
            bytes[i] = (byte) values[i];
        }
        boolean isText;
        try
        {
            isText = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).chars()
                .noneMatch(Character::isISOControl);
        }
        catch (final CharacterCodingException ex)
        {
            isText = false;
        }
        encoded(bytes);
        assertEquals(isText ? TextWriter.NO_FAULT : TextWriter.INVALID, out.fault(), HexFormat.of().formatHex(bytes));
    }

    private String encoded(final byte[] bytes)
    {
        PercentEncoding.append(out.reset(), new UnsafeBuffer(bytes), 0, bytes.length);
        return out.toString();
    }
}
