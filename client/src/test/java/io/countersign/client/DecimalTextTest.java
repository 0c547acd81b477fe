package io.countersign.client;

import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class DecimalTextTest
{
    private static final String ALPHABET = "0123456789012345678900..-+eE x";

    private final DecimalText decimalText = new DecimalText();

    @Test
    void shouldKeepTrailingZeros()
    {
        assertDecimal("10.00", 1000, -2);
        assertDecimal("0.000", 0, -3);
        assertDecimal("-0.10", -10, -2);
        assertDecimal("1E+3", 1, 3);
        assertDecimal("1.50e-7", 150, -9);
        assertDecimal("9223372036854775807", Long.MAX_VALUE, 0);
        assertDecimal("-9.223372036854775807", -Long.MAX_VALUE, -18);
        assertDecimal("1e18", 1, 18);
    }

    @Test
    void shouldRefuseWhatTheWireCannotHold()
    {
        for (final String text : new String[]{
            "9223372036854775808", "-9223372036854775808", "-9223372036854775809", "0." + "0".repeat(18) + "1", "1e19",
            "1e-19", "1E99999999"})
        {
            assertThrows(IllegalArgumentException.class, () -> decimalText.of("price", new BigDecimal(text)), text);
            final IllegalArgumentException ex =
                assertThrows(IllegalArgumentException.class, () -> decimalText.parse("price", text), text);
            assertTrue(ex.getMessage().startsWith("price "), ex.getMessage());
            assertTrue(ex.getMessage().endsWith(text), ex.getMessage());
        }
    }

    @Test
    void shouldRefuseWhatIsNoNumber()
    {
        for (final String text : new String[]{
            "", "-", ".", "1..2", "1,5", "0x1", "NaN", "1e", "1e+", "1 ", "--1", "1e5.0"})
        {
            assertThrows(IllegalArgumentException.class, () -> decimalText.parse("price", text), text);
        }
    }

    @Test
    void shouldAgreeWithBigDecimalOnWhateverIsWritten()
    {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        int numbers = 0;
        for (int i = 0; i < 200_000; i++)
        {
            final StringBuilder text = new StringBuilder();
            for (int j = random.nextInt(1, 24); j > 0; j--)
            {
                text.append(ALPHABET.charAt(random.nextInt(random.nextBoolean() ? 20 : ALPHABET.length())));
            }

            final boolean expected = isHeldByWire(text.toString());
            boolean actual = true;
            try
            {
                decimalText.parse("price", text);
            }
            catch (final IllegalArgumentException ex)
            {
                actual = false;
            }

            assertEquals(expected, actual, "seed=" + seed + " text=" + text);
            if (expected)
            {
                numbers++;
                final BigDecimal number = new BigDecimal(text.toString());
                assertEquals(
                    number, BigDecimal.valueOf(decimalText.mantissa(), -decimalText.exponent()), "seed=" + seed);
            }
        }

        assertTrue(numbers > 1_000, "seed=" + seed + " made only " + numbers + " numbers");
    }

    private static boolean isHeldByWire(final String text)
    {
        try
        {
            final BigDecimal number = new BigDecimal(text);
            return Math.abs((long) number.scale()) <= 18 &&
                number.unscaledValue().abs().bitLength() < Long.SIZE;
        }
        catch (final NumberFormatException ex)
        {
            return false;
        }
    }

    private void assertDecimal(final String text, final long mantissa, final int exponent)
    {
        decimalText.parse("price", text);
        assertEquals(mantissa, decimalText.mantissa(), text);
        assertEquals(exponent, decimalText.exponent(), text);

        decimalText.of("price", new BigDecimal(text));
        assertEquals(mantissa, decimalText.mantissa(), text);
        assertEquals(exponent, decimalText.exponent(), text);
    }
}
