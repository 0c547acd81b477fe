package io.countersign.venues.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WholeNumberTest
{
    @ParameterizedTest
    @CsvSource({
        "0, 0, 0", "7, 7, 7", "8, 7, -1", "10, 9, -1", "9, 5, -1", "4294967295, 4294967295, 4294967295",
        "4294967296, 4294967295, -1", "9223372036854775807, 9223372036854775807, 9223372036854775807",
        "9223372036854775808, 9223372036854775807, -1", "99999999999999999999, 9223372036854775807, -1",
        "'', 9, -1", "00, 9, -1", "01, 9, -1", "+1, 9, -1", "-1, 9, -1", "' 1', 9, -1", "1 , 99, 1", "1.0, 99, -1",
        "1e1, 99, -1", "\u0661, 99, -1", "/, 99, -1", ":, 99, -1" })
    void shouldReadNumbersInOneWay(final String text, final long max, final long expected)
    {
        final byte[] bytes = ("5" + text + "5").getBytes(StandardCharsets.UTF_8);
        assertEquals(expected, WholeNumber.parse(new UnsafeBuffer(bytes), 1, bytes.length - 2, max));
    }
}
