package io.countersign.codecs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalTextTest
{
    private static final int TRIES = 100_000;

    private final UnsafeBuffer out = new UnsafeBuffer(new byte[1 + DecimalText.MAX_LENGTH + 1]);
    private final MutableDecimal decimal = new MutableDecimal();
    private final Seed seed = new Seed();
    private final Random random = seed.random();

    @ParameterizedTest
    @CsvSource({
        "10000000, -8, 0.10000000", "1, -1, 0.1", "100, 0, 100", "5, 3, 5000", "0, 0, 0", "0, 18, 0", "0, -2, 0.00",
        "-5, -1, -0.5", "-5, 3, -5000", "1000, -2, 10.00", "1, -18, 0.000000000000000001",
        "9223372036854775807, 18, 9223372036854775807000000000000000000",
        "-9223372036854775808, 18, -9223372036854775808000000000000000000",
        "-9223372036854775808, -18, -9.223372036854775808", "-9223372036854775808, -1, -922337203685477580.8",
        "9223372036854775807, -18, 9.223372036854775807", "999999999999999999, -18, 0.999999999999999999"})
    void shouldWriteExactText(final long mantissa, final int exponent, final String expected)
    {
        assertEquals(expected, write(mantissa, exponent));
        assertTrue(expected.length() <= DecimalText.MAX_LENGTH);
    }

    @Test
    void shouldWriteWhatBigDecimalWrites()
    {
        for (int i = 0; i < TRIES; i++)
        {
            final long mantissa = mantissa();
            final int exponent = random.nextInt(37) - 18;
            final BigDecimal expected = new BigDecimal(BigInteger.valueOf(mantissa), -exponent);

            assertEquals(expected.toPlainString(), write(mantissa, exponent), seed);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-19, 19, -128, 127, Integer.MIN_VALUE, Integer.MAX_VALUE})
    void shouldWriteNothingForAnExponentOutOfRange(final int exponent)
    {
        out.putByte(0, (byte) '#');
        assertEquals(0, DecimalText.write(1, exponent, out, 0));
        assertEquals('#', out.getByte(0));
    }

    @Test
    void shouldParseWhatItWrote()
    {
        for (int i = 0; i < TRIES; i++)
        {
            final long mantissa = mantissa();
            final int exponent = -random.nextInt(19);
            final String text = write(mantissa, exponent);
            final boolean representable = mantissa != Long.MIN_VALUE;

            assertEquals(representable, DecimalText.parse(text, decimal), () -> text + seed);
            if (representable)
            {
                assertEquals(mantissa, decimal.mantissa(), seed);
                assertEquals(exponent, decimal.exponent(), seed);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "-", ".", "-.", "NaN",
        "+1", "1e5", "1E5", "1.0e-1", "007", "00", "-01", "00.1", "Infinity", " 1", "1 ", "1.",
        ".5", "-.5", "1..2", "1.2.3", "1,5", "--1", "1-", "0x10", "1_000",
        "-0", "-0.00", "\u0661", "\uFF11", "1\n", "1d",
        "9223372036854775808", "-9223372036854775808", "92233720368547758070", "99999999999999999999999999",
        "0.1234567890123456789", "0.0000000000000000000", "1.000000000000000000000000000000"})
    void shouldRefuse(final String text)
    {
        decimal.set(1, 1);
        assertFalse(DecimalText.parse(text, decimal), text);
        assertTrue(decimal.isNull(), text);
    }

    @Test
    void shouldAgreeWithAGrammarOnRandomTexts()
    {
        final String alphabet = "0123456789.-+eE ";
        for (int i = 0; i < TRIES; i++)
        {
            final StringBuilder text = new StringBuilder();
            final int length = random.nextInt(23);
            final int choices = random.nextBoolean() ? 11 : alphabet.length();
            for (int j = 0; j < length; j++)
            {
                text.append(alphabet.charAt(random.nextInt(choices)));
            }

            final boolean grammatical = text.toString().matches("-?(0|[1-9][0-9]*)(\\.[0-9]{1,18})?") &&
                !text.toString().matches("-0(\\.0+)?");
            final boolean expected = grammatical &&
                new BigDecimal(text.toString()).unscaledValue().abs().bitLength() <= 63;

            assertEquals(expected, DecimalText.parse(text, decimal), () -> text + seed.get());
            if (expected)
            {
                final BigDecimal value = new BigDecimal(text.toString());
                assertEquals(value, new BigDecimal(BigInteger.valueOf(decimal.mantissa()), -decimal.exponent()), seed);
            }
        }
    }

    @Test
    void shouldCompareAsBigDecimalDoes()
    {
        for (int i = 0; i < TRIES; i++)
        {
            final long left = mantissa();
            final int leftExponent = random.nextInt(37) - 18;
            final boolean near = random.nextInt(4) == 0;
            final int rightExponent = near ? Math.max(-18, leftExponent - random.nextInt(4)) : random.nextInt(37) - 18;
            final long right = near ? nearly(left, leftExponent - rightExponent) : mantissa();

            final int expected = new BigDecimal(BigInteger.valueOf(left), -leftExponent)
                .compareTo(new BigDecimal(BigInteger.valueOf(right), -rightExponent));
            assertEquals(expected,
                Integer.signum(DecimalText.compare(left, leftExponent, right, rightExponent)),
                () -> left + "e" + leftExponent + " " + right + "e" + rightExponent + seed.get());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "10, -1, 1, 0, 0", "0, 18, 0, -18, 0", "1, 2147483647, 9223372036854775807, -2147483648, 1",
        "-1, 2147483647, 1, -2147483648, -1", "0, 2147483647, 1, -2147483648, -1", "0, 2147483647, -1, -2147483648, 1",
        "-9223372036854775808, 18, -9223372036854775808, 18, 0", "-9223372036854775808, 18, 1, 0, -1",
        "9223372036854775807, 0, -9223372036854775808, 18, 1", "1, 19, 9223372036854775807, 0, 1",
        "1, 18, 1000000000000000000, 0, 0", "1, 18, 1000000000000000001, 0, -1"})
    void shouldCompareAtTheEdges(
        final long left, final int leftExponent, final long right, final int rightExponent, final int expected)
    {
        assertEquals(expected, Integer.signum(DecimalText.compare(left, leftExponent, right, rightExponent)));
        assertEquals(-expected, Integer.signum(DecimalText.compare(right, rightExponent, left, leftExponent)));
    }

    private String write(final long mantissa, final int exponent)
    {
        out.setMemory(0, out.capacity(), (byte) '#');
        final int length = DecimalText.write(mantissa, exponent, out, 1);
        assertEquals('#', out.getByte(0), seed);
        assertEquals('#', out.getByte(1 + length), seed);
        return out.getStringWithoutLengthAscii(1, length);
    }

    private long mantissa()
    {
        switch (random.nextInt(6))
        {
            case 0:
                return random.nextInt(21) - 10;
            case 1:
                return Long.MAX_VALUE - random.nextInt(3);
            case 2:
                return Long.MIN_VALUE + random.nextInt(3);
            case 3:
                return BigInteger.TEN.pow(random.nextInt(19)).longValue() - 1 + random.nextInt(3);
            case 4:
                return random.nextLong() >> random.nextInt(63);
            default:
                return random.nextLong();
        }
    }

    private long nearly(final long mantissa, final int power)
    {
        final BigInteger scaled = BigInteger.valueOf(mantissa).multiply(BigInteger.TEN.pow(Math.max(0, power)));
        final long offBy = random.nextInt(3) - 1;
        return scaled.bitLength() < 63 ? scaled.longValue() + offBy : mantissa;
    }
}
