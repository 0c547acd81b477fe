package io.countersign.client;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.math.BigDecimal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class DecimalFieldTest
{
    private final NewOrderRequest order = new NewOrderRequest(null);

    DecimalFieldTest()
    {
        order.reset();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.00", "0.10000000", "1", "9223372036854775807", "0.000000000000000001"})
    void shouldTakeTheSameNumberAsTextAndAsBigDecimal(final String text)
    {
        assertNull(order.price(text).quantity(new BigDecimal(text)).invalidField());
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "-", ".", "1..2", "1,5", "0x1", "NaN", "1e3", "1E-3", "+1", "007", ".5", "5.", "1 ",
        "9223372036854775808", "0.0000000000000000001"})
    void shouldRefuseTextsThatAreNoPlainDecimal(final String text)
    {
        final IllegalArgumentException ex =
            assertThrows(IllegalArgumentException.class, () -> order.price(text));
        assertTrue(ex.getMessage().startsWith("price ") && ex.getMessage().endsWith(text), ex.getMessage());
    }

    @Test
    void shouldRefuseWhatTheWireCannotHold()
    {
        assertThrows(
            IllegalArgumentException.class, () -> order.price(new BigDecimal("9223372036854775808")));
        assertThrows(IllegalArgumentException.class, () -> order.price(new BigDecimal("1E+999999")));
        assertEquals("price", order.price(new BigDecimal("1E+19")).invalidField());
    }
}
