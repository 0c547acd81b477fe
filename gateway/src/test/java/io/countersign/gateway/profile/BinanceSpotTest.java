package io.countersign.gateway.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.countersign.codecs.WireFrame;
import io.countersign.codecs.authentication.FrameAuthenticator;
import io.countersign.codecs.wire.Reason;
import io.countersign.gateway.config.VenueProfiles;
import io.countersign.venues.KeyAlgorithm;
import io.countersign.venues.Operation;
import io.countersign.venues.Order;
import io.countersign.venues.OrderAdapter;
import io.countersign.venues.SignatureEncoding;
import io.countersign.venues.Stamp;
import io.countersign.venues.Venue;
import io.countersign.venues.VenueKey;
import io.countersign.venues.VenueRequest;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class BinanceSpotTest
{
    private static final long TIMESTAMP_MS = 1_499_827_319_559L;
    private static final int OPERATIONS_PER_ROUND = 10_000;
    private static final int FREE_ROUNDS = 20;
    private static final int MAX_ROUNDS = 400;
    private static final Map<String, String> ALL_FIELDS = Map.ofEntries(
        Map.entry("symbol", "\uFF11\uFF12\uFF13"), Map.entry("side", "BUY"), Map.entry("type", "STOP_LOSS_LIMIT"),
        Map.entry("timeInForce", "GTC"), Map.entry("quantity", "0.10000000"), Map.entry("price", "52000.00"),
        Map.entry("stopPrice", "51999.99"), Map.entry("newClientOrderId", "my order"),
        Map.entry("origClientOrderId", "other order"), Map.entry("orderId", "12345678901"),
        Map.entry("strategyId", "-5"), Map.entry("strategyType", "1000000"), Map.entry("trailingDelta", "100"),
        Map.entry("icebergQty", "0.05"), Map.entry("newOrderRespType", "FULL"),
        Map.entry("selfTradePreventionMode", "EXPIRE_MAKER"), Map.entry("cancelRestrictions", "ONLY_NEW"),
        Map.entry("omitZeroBalances", "true"), Map.entry("recvWindow", "5000"));

    private final Venue venue = VenueProfiles.shipped().byName("binance-spot");
    private final VenueKey hmacKey = VenueKey.builder(
        "apiKey", KeyAlgorithm.HMAC_SHA256, SignatureEncoding.HEX).build();
    private final VenueKey rsaKey = VenueKey.builder(
        "apiKey", KeyAlgorithm.RSA_2048, SignatureEncoding.BASE64).build();
    private final Stamp stamp = new Stamp().set(TIMESTAMP_MS * 1_000_000, 0);
    private final VenueRequest request = new VenueRequest();
    private final BinanceFrames frames = new BinanceFrames();
    private final UnsafeBuffer signature = new UnsafeBuffer(new byte[512]);

    @Test
    void shouldRefuseAnOrderWithoutOperation()
    {
        assertReason(Reason.OPERATION_NOT_SUPPORTED, venue.build(new Order(), hmacKey, stamp, request));
        assertFalse(request.isBuilt());
    }

    @ParameterizedTest
    @CsvSource({"recvWindow, 0", "recvWindow, 60001", "recvWindow, -1", "price, 0", "price, -1", "price, 0.00",
        "quantity, 0", "quantity, -0.1", "stopPrice, 0", "icebergQty, 0", "trailingDelta, 0", "trailingDelta, -1",
        "quoteOrderQty, 1"})
    void shouldRefuseFieldsOutOfRange(final String field, final String value)
    {
        final Map<String, String> fields = new HashMap<>(ALL_FIELDS);
        fields.put(field, value);
        assertReason(Reason.FIELD_INVALID,
            venue.build(frames.order(Operation.NEW_ORDER, fields), hmacKey, stamp, request));
    }

    @ParameterizedTest
    @CsvSource({"0", "999999", "-1", "-9223372036854775808"})
    void shouldRefuseATimeThatIsNone(final long utcNs)
    {
        assertReason(Reason.FIELD_INVALID,
            venue.build(frames.order(Operation.QUERY_ACCOUNT, ALL_FIELDS), hmacKey, stamp.set(utcNs, 0), request));
    }

    @ParameterizedTest
    @EnumSource(value = Operation.class, names = "LOGIN")
    void shouldRefuseOperationsThatItDoesNotKnow(final Operation operation)
    {
        assertFalse(venue.supports(operation));
        assertReason(Reason.OPERATION_NOT_SUPPORTED,
            venue.build(frames.order(operation, ALL_FIELDS), hmacKey, stamp, request));
        assertFalse(request.isBuilt());
        assertEquals(0, request.payload().length());
    }

    /** Left out, they would make another order of it, or an order that the bot has not meant. */
    @ParameterizedTest
    @CsvSource({"NEW_ORDER, reduceOnly, true", "NEW_ORDER, reduceOnly, false", "CANCEL_ORDER, venueOrderId, a-1",
        "QUERY_ORDER, venueOrderId, a-1"})
    void shouldRefuseFieldsThatItCannotWrite(final Operation operation, final String field, final String value)
    {
        final Map<String, String> fields = new HashMap<>(ALL_FIELDS);
        assertReason(Reason.NONE, venue.build(frames.order(operation, fields), hmacKey, stamp, request));
        fields.put(field, value);
        assertReason(
            Reason.FIELD_INVALID, venue.build(frames.order(operation, fields), hmacKey, stamp, request));
        assertFalse(request.isBuilt());
    }

    @ParameterizedTest
    @EnumSource(value = Operation.class, names = {"LOGIN", "TRANSACT"}, mode = EnumSource.Mode.EXCLUDE)
    void shouldSayTooLongInsteadOfOverrunning(final Operation operation)
    {
        final Order order = frames.order(operation, ALL_FIELDS);
        assertEquals(0, venue.build(order, rsaKey, stamp, request));
        final int payloadLength = request.payload().length();
        assertEquals(0, venue.finish(request, rsaKey, signature, 0, 512));
        final int fullLength = request.query().length();
        final int headersLength = request.headers().length();
        assertTrue(headersLength < payloadLength);

        for (int capacity = 0; capacity <= fullLength; capacity++)
        {
            final VenueRequest small = new VenueRequest(capacity);
            final int built = venue.build(order, rsaKey, stamp, small);
            assertReason(capacity < payloadLength ? Reason.REQUEST_TOO_LONG : Reason.NONE, built);
            assertEquals(capacity < payloadLength ? 0 : payloadLength, small.payload().length());
            if (built == 0)
            {
                assertReason(capacity < fullLength ? Reason.REQUEST_TOO_LONG : Reason.NONE,
                    venue.finish(small, rsaKey, signature, 0, 512));
                assertEquals(capacity == fullLength, small.isFinished());
            }
        }
    }

    @Test
    void shouldFinishARequestOnceAndOnlyWhenItWasBuilt()
    {
        assertReason(Reason.FIELD_INVALID, venue.finish(request, hmacKey, signature, 0, 32));

        final Order order = frames.order(Operation.QUERY_ACCOUNT, ALL_FIELDS);
        assertEquals(0, venue.build(order, hmacKey, stamp, request));
        assertEquals(0, venue.finish(request, hmacKey, signature, 0, 32));
        assertReason(Reason.FIELD_INVALID, venue.finish(request, hmacKey, signature, 0, 32));
        assertEquals(0, request.query().length());
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "0, -1", "-1, 32", "0, 513", "512, 1", "2147483647, 1", "1, 2147483647"})
    void shouldRefuseASignatureThatIsNone(final int offset, final int length)
    {
        final Order order = frames.order(Operation.QUERY_ACCOUNT, ALL_FIELDS);
        assertEquals(0, venue.build(order, hmacKey, stamp, request));
        assertReason(Reason.FIELD_INVALID, venue.finish(request, hmacKey, signature, offset, length));
        assertFalse(request.isFinished());
    }

    @Test
    void shouldLeaveNothingOfARequestToTheNext()
    {
        assertEquals(0, venue.build(
            frames.order(Operation.NEW_ORDER, ALL_FIELDS), rsaKey, stamp, request));
        assertEquals(0, venue.finish(request, rsaKey, signature, 0, 512));
        assertEquals(0, venue.build(
            frames.order(Operation.QUERY_ACCOUNT, Map.of(), new byte[0]), hmacKey, stamp, request));
        assertEquals("timestamp=" + TIMESTAMP_MS, request.payload().toString());
        assertEquals(0, request.signature().length());
        assertEquals("X-MBX-APIKEY: apiKey\n", request.headers().toString());
    }

    @Test
    void shouldAllocateNothing()
    {
        final Operation[] operations =
            {Operation.NEW_ORDER, Operation.CANCEL_ORDER, Operation.QUERY_ORDER, Operation.QUERY_ACCOUNT};
        final UnsafeBuffer[] inputs = new UnsafeBuffer[operations.length];
        for (final Operation operation : operations)
        {
            final int length = frames.frame(operation, ALL_FIELDS, BinanceFrames.utf8("BTCUSDT"));
            inputs[operation.code()] = new UnsafeBuffer(new byte[length + FrameAuthenticator.TAG_LENGTH]);
            inputs[operation.code()].putBytes(0, frames.buffer(), 0, length);
        }
        final OrderAdapter adapter = new OrderAdapter();
        final Order order = new Order();
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

        // While the optimising compiler is at work, some hundred bytes that no bytecode asks for appear on this thread,
        // once each, later on a busy machine. An allocation per operation would be in every round.
        int freeRounds = 0;
        long allocated = 0;
        for (int round = 0; round < MAX_ROUNDS && freeRounds < FREE_ROUNDS; round++)
        {
            final long before = threads.getCurrentThreadAllocatedBytes();
            final int faults = run(inputs, adapter, order, OPERATIONS_PER_ROUND);
            final long after = threads.getCurrentThreadAllocatedBytes();
            assertEquals(0, faults);
            allocated = after - before;
            freeRounds = allocated == 0 ? freeRounds + 1 : 0;
        }

        assertEquals(FREE_ROUNDS, freeRounds, "bytes allocated in the last round: " + allocated);
    }

    private int run(final UnsafeBuffer[] inputs, final OrderAdapter adapter, final Order order, final int times)
    {
        int faults = 0;
        for (int i = 0; i < times; i++)
        {
            final UnsafeBuffer input = inputs[i & 3];
            final VenueKey key = (i & 4) == 0 ? hmacKey : rsaKey;
            faults |= WireFrame.check(input, 0, input.capacity());
            faults |= adapter.decode(input, 0, order) ? 0 : 1;
            faults |= venue.build(order, key, stamp, request);
            faults |= venue.finish(request, key, signature, 0, (i & 4) == 0 ? 32 : 512);
        }
        return faults;
    }

    private static void assertReason(final Reason expected, final int actual)
    {
        assertEquals(expected, Reason.get(actual));
    }
}
