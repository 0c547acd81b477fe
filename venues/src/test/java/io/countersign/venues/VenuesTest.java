package io.countersign.venues;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
        assertEquals("cancel-all", Operation.CANCEL_ALL.configName());
        assertEquals("query-orders", Operation.QUERY_ORDERS.configName());
        assertEquals("login", Operation.LOGIN.configName());
        assertEquals("new-order, cancel-order, query-order, query-account, cancel-all, query-orders, login",
            Operation.configNames());
    }

    @ParameterizedTest
    @CsvSource({"NEW_ORDER, TRADE, false, true", "CANCEL_ORDER, CANCEL, true, true", "QUERY_ORDER, QUERY, false, true",
        "QUERY_ACCOUNT, QUERY, false, false", "CANCEL_ALL, CANCEL, true, true", "QUERY_ORDERS, QUERY, false, true",
        "LOGIN, LOGIN, false, false"})
    void shouldKeepTheScopesOfOperations(
        final Operation operation, final Scope scope, final boolean isCancel, final boolean hasSymbol)
    {
        assertEquals(scope, operation.scope());
        assertEquals(isCancel, operation.isCancel());
        assertEquals(hasSymbol, operation.hasSymbol());
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
