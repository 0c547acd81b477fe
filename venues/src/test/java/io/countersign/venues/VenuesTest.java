package io.countersign.venues;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.countersign.codecs.wire.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.agrona.DirectBuffer;
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
        final Venue binance = new NamedVenue("binance-spot");
        final Venues venues = Venues.of(List.of(binance));
        assertSame(binance, venues.byName("binance-spot"));
        assertEquals(List.of(binance), venues.all());
        assertNull(venues.byName("Binance-Spot"));
        assertNull(venues.byName(""));
        assertEquals("binance-spot", venues.names());
    }

    @Test
    void shouldMakeAVenueOnceAndOnlyWhenItIsAskedFor()
    {
        final List<String> made = new ArrayList<>();
        final Venues venues = Venues.of(List.of("one", "two"), (name) ->
        {
            made.add(name);
            return new NamedVenue(name);
        });
        assertEquals("one, two", venues.names());
        assertNull(venues.byName("three"));
        assertEquals(List.of(), made);
        assertSame(venues.byName("two"), venues.byName("two"));
        assertEquals(List.of("two"), made);
        assertEquals(List.of("one", "two"), venues.all().stream().map(Venue::name).toList());
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
        assertEquals("transact", Operation.TRANSACT.configName());
        assertEquals("new-order, cancel-order, query-order, query-account, cancel-all, query-orders, login, " +
            "transact",
            Operation.configNames());
    }

    @ParameterizedTest
    @CsvSource({"NEW_ORDER, TRADE, false, true", "CANCEL_ORDER, CANCEL, true, true", "QUERY_ORDER, QUERY, false, true",
        "QUERY_ACCOUNT, QUERY, false, false", "CANCEL_ALL, CANCEL, true, true", "QUERY_ORDERS, QUERY, false, true",
        "LOGIN, LOGIN, false, false", "TRANSACT, TRANSFER, false, true"})
    void shouldKeepTheScopesOfOperations(
        final Operation operation, final Scope scope, final boolean isCancel, final boolean hasSymbol)
    {
        assertEquals(scope, operation.scope());
        assertEquals(isCancel, operation.isCancel());
        assertEquals(hasSymbol, operation.hasSymbol());
        assertEquals(scope == Scope.TRADE || scope == Scope.TRANSFER, operation.isLimited());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "key\nX-Other: 1", "key\r", "k\u00e9y", "key\u0000", "\u007f"})
    void shouldRefuseApiKeysThatDoNotFitIntoAHeader(final String apiKey)
    {
        final IllegalArgumentException ex = assertThrows(
            IllegalArgumentException.class, () -> key(apiKey).build());
        assertFalse(ex.getMessage().contains("\n"));
        assertThrows(IllegalArgumentException.class, () -> key("key").parameters(List.of(apiKey)).build());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a ", " a", "pass\nX-Other: 1", "p\u00e9", "\u007f"})
    void shouldRefusePassphrasesThatDoNotFitIntoAHeader(final String passphrase)
    {
        assertThrows(IllegalArgumentException.class, () -> key("key").passphrase(passphrase).build());
    }

    @Test
    void shouldRefuseATextThatIsTooLong()
    {
        assertNotNull(key("k".repeat(VenueKey.MAX_TEXT_LENGTH)).build());
        assertThrows(IllegalArgumentException.class, () -> key("k".repeat(VenueKey.MAX_TEXT_LENGTH + 1)).build());
    }

    @Test
    void shouldKeepWhatConfigurationFixes()
    {
        final VenueKey key = key("key").passphrase("two words").parameters(List.of("spot", "x")).nonceSeed(7).build();
        assertEquals("two words", key.passphrase().getStringWithoutLengthAscii(0, key.passphrase().capacity()));
        assertEquals(2, key.parameterCount());
        assertEquals("x", key.parameter(1).getStringWithoutLengthAscii(0, 1));
        assertEquals(7, key.nonceSeed());
        assertNull(key("key").build().passphrase());
    }

    @Test
    void shouldFixTheTimeOnlyWhereAsked()
    {
        assertEquals(5, key("key").build().utcNs(5));
        assertFalse(key("key").build().isExample());
        assertEquals(7_000_000, key("key").fixedTimestampMs(7L).build().utcNs(5));
        assertTrue(key("key").fixedTimestampMs(7L).build().isExample());
        assertThrows(
            IllegalArgumentException.class, () -> key("key").fixedTimestampMs(Long.MAX_VALUE / 1000).build());
    }

    private static VenueKey.Builder key(final String apiKey)
    {
        return VenueKey.builder(apiKey, KeyAlgorithm.HMAC_SHA256, SignatureEncoding.HEX);
    }

    /** A venue that has nothing but its name. */
    private record NamedVenue(String name) implements Venue
    {
        @Override
        public boolean supports(final Operation operation)
        {
            return false;
        }

        @Override
        public Set<Operation> equivalents(final Operation operation)
        {
            return Set.of();
        }

        @Override
        public Binding binding(final Operation operation)
        {
            return Binding.A;
        }

        @Override
        public KeyRule keyRule(final KeyAlgorithm algorithm)
        {
            return null;
        }

        @Override
        public int build(final Order order, final VenueKey key, final Stamp stamp, final VenueRequest request)
        {
            return Reason.OPERATION_NOT_SUPPORTED.value();
        }

        @Override
        public int finish(
            final VenueRequest request,
            final VenueKey key,
            final DirectBuffer signature,
            final int offset,
            final int length)
        {
            return Reason.FIELD_INVALID.value();
        }
    }
}
