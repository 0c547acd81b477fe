package io.countersign.venues;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class VenuesTest
{
    @Test
    void shouldFindVenuesByName()
    {
        assertEquals("binance-spot", Venues.byName("binance-spot").name());
        assertNull(Venues.byName("Binance-Spot"));
        assertNull(Venues.byName(""));
        for (final String name : Venues.names().split(", "))
        {
            assertNotNull(Venues.byName(name), name);
        }
    }

    @ParameterizedTest
    @EnumSource(Operation.class)
    void shouldFindOperationsByName(final Operation operation)
    {
        assertEquals(operation, Operation.ofConfigName(operation.configName()));
        assertEquals(operation.ordinal(), operation.code());
        assertNull(Operation.ofConfigName(operation.name()));
    }

    @Test
    void shouldKeepTheNamesOfOperations()
    {
        assertEquals("new-order", Operation.NEW_ORDER.configName());
        assertEquals("cancel-order", Operation.CANCEL_ORDER.configName());
        assertEquals("query-order", Operation.QUERY_ORDER.configName());
        assertEquals("query-account", Operation.QUERY_ACCOUNT.configName());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "key\nX-Other: 1", "key\r", "k\u00e9y", "key\u0000", "\u007f"})
    void shouldRefuseApiKeysThatDoNotFitIntoAHeader(final String apiKey)
    {
        final IllegalArgumentException ex = assertThrows(
            IllegalArgumentException.class, () -> new VenueKey(apiKey, SignatureEncoding.HEX));
        assertFalse(ex.getMessage().contains("\n"));
    }

    @Test
    void shouldRefuseAnApiKeyThatIsTooLong()
    {
        assertNotNull(new VenueKey("k".repeat(VenueKey.MAX_API_KEY_LENGTH), SignatureEncoding.HEX));
        assertThrows(IllegalArgumentException.class,
            () -> new VenueKey("k".repeat(VenueKey.MAX_API_KEY_LENGTH + 1), SignatureEncoding.HEX));
    }

    @Test
    void shouldFixTheTimestampOnlyWhereAsked()
    {
        assertEquals(5, new VenueKey("key", SignatureEncoding.HEX).timestampMs(5));
        assertEquals(7, new VenueKey("key", SignatureEncoding.HEX, 7L).timestampMs(5));
    }
}
