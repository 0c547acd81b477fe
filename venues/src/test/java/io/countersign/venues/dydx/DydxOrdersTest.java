package io.countersign.venues.dydx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.countersign.codecs.wire.Flag;
import io.countersign.codecs.wire.Method;
import io.countersign.codecs.wire.OrderType;
import io.countersign.codecs.wire.Reason;
import io.countersign.codecs.wire.Side;
import io.countersign.codecs.wire.TimeInForce;
import io.countersign.venues.Allocations;
import io.countersign.venues.CodeProfiles;
import io.countersign.venues.KeyAlgorithm;
import io.countersign.venues.NonceRule;
import io.countersign.venues.Operation;
import io.countersign.venues.Order;
import io.countersign.venues.Seed;
import io.countersign.venues.SignatureEncoding;
import io.countersign.venues.Stamp;
import io.countersign.venues.Vectors;
import io.countersign.venues.Venue;
import io.countersign.venues.VenueKey;
import io.countersign.venues.VenueParameter;
import io.countersign.venues.VenueRequest;
import io.countersign.venues.evm.SoftwareKey;
import io.countersign.venues.profile.FieldSource;
import io.countersign.venues.profile.Profile;
import io.countersign.venues.profile.ProfileException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DydxOrdersTest
{
    private static final Pattern BODY = Pattern.compile("\\{\"jsonrpc\":\"2\\.0\",\"id\":7," +
        "\"method\":\"broadcast_tx_sync\",\"params\":\\{\"tx\":\"([A-Za-z0-9+/=]+)\"}}");
    private static final Vectors VECTOR = Vectors.of("derived.dydx.v4.place");
    private static final SoftwareKey SIGNER = SoftwareKey.ofHex(VECTOR.text("key"));
    private static final String OWNER = VECTOR.map("params").get("owner").toString();

    private final Seed seed = new Seed();
    private final ChainOrderFrames frames = new ChainOrderFrames();
    private final VenueRequest request = new VenueRequest();
    private final Stamp stamp = new Stamp();
    private final VenueKey key = key("dydx-mainnet-1", "42", "0");
    private Venue venue;

    @BeforeEach
    void before() throws Exception
    {
        venue = new DydxScheme().venue(profile());
    }

    /** It names its own sequence, which the chain does not look at, and metadata, which only the indexer does. */
    @Test
    void shouldSignTheOrderOfTheVector() throws Exception
    {
        final Map<String, Object> params = VECTOR.map("params");
        frames.set("symbol", params.get("clob_pair_id")).set("clientOrderId", params.get("client_id"))
            .set("quantity", params.get("quantums")).set("price", params.get("subticks"))
            .set("goodTilBlock", params.get("good_til_block"));
        build(frames.newOrder(), key);
        final String signDoc = HexFormat.of().formatHex(payload());
        // Shorter by the metadata (2 bytes) and the sequence (2), which take 1 from each of the lengths around them.
        assertEquals(VECTOR.text("canonical_payload")
            .replace("0a730a71", "0a710a6f").replace("124d0a4b", "124b0a49").replace("2880dac4094802", "2880dac409")
            .replace("12580a50", "12560a4e")
            .replace("12040a0208011807", "12040a020801"), signDoc);

        final UnsafeBuffer signature = SIGNER.sign(sha256());
        assertEquals(0, venue.finish(request, key, signature, 0, 64));
        assertEquals(Method.POST.value(), request.method());
        assertEquals("/", request.path().toString());
        assertEquals("Content-Type: application/json\n", request.headers().toString());
        final byte[] numbers = signature.byteArray();
        assertEquals(Base64.getEncoder().encodeToString(numbers), request.signature().toString());
        final Protobuf transaction = transaction();
        final Protobuf signed = new Protobuf(payload());
        assertEquals(signed.hex(1), transaction.hex(1));
        assertEquals(signed.hex(2), transaction.hex(2));
        assertEquals(HexFormat.of().formatHex(numbers), transaction.hex(3));
    }

    /** What is sent says what the bot said, and nothing else. */
    @Test
    void shouldSendWhatTheBotSaid() throws Exception
    {
        final Random random = seed.random();
        for (int i = 0; i < 1_000; i++)
        {
            final long account = random.nextLong() >>> 1 + random.nextInt(62);
            final long subaccount = random.nextInt(3) == 0 ? 0 : random.nextInt(128_001);
            final VenueKey any = key("dydx-testnet-4", Long.toString(account), Long.toString(subaccount));
            final long pair = random.nextInt() & 0xFFFF_FFFFL;
            final long client = random.nextInt(4) == 0 ? 0 : random.nextInt() & 0xFFFF_FFFFL;
            final int block = 1 + random.nextInt(Integer.MAX_VALUE);
            final long quantums = 1 + (random.nextLong() >>> 2 + random.nextInt(61));
            final long subticks = 1 + (random.nextLong() >>> 2 + random.nextInt(61));
            final boolean isNewOrder = random.nextInt(3) > 0;
            final int force = random.nextInt(3);
            final boolean isBuy = random.nextBoolean();
            final boolean isReduceOnly = random.nextBoolean();
            frames.set("symbol", pair).set("clientOrderId", client).set("goodTilBlock", block)
                .set("quantity", quantums).set("price", subticks)
                .set("side", isBuy ? Side.BUY : Side.SELL)
                .set("orderType", force == 2 ? OrderType.LIMIT_MAKER : OrderType.LIMIT)
                .set("timeInForce", List.of(TimeInForce.GTC, TimeInForce.IOC, TimeInForce.NULL_VAL).get(force))
                .set("reduceOnly", isReduceOnly ? Flag.TRUE : Flag.FALSE);
            build(isNewOrder ? frames.newOrder() : frames.cancelOrder(), any);
            assertEquals(0, venue.finish(request, any, SIGNER.sign(sha256()), 0, 64), seed);

            final Protobuf signDoc = new Protobuf(payload());
            assertEquals("dydx-testnet-4", signDoc.text(3), seed);
            assertEquals(account, signDoc.number(4), seed);
            assertEquals(signDoc.hex(1), transaction().hex(1), seed);
            assertEquals(signDoc.hex(2), transaction().hex(2), seed);
            final Protobuf signer = signDoc.message(2).message(1);
            assertEquals("/cosmos.crypto.secp256k1.PubKey", signer.message(1).text(1), seed);
            assertEquals(HexFormat.of().formatHex(SIGNER.publicKey().compressed()),
                signer.message(1).message(2).hex(1), seed);
            assertEquals(1, signer.message(2).message(1).number(1), seed);
            assertEquals(0, signer.number(3), seed);

            final Protobuf any1 = signDoc.message(1).message(1);
            assertEquals("/dydxprotocol.clob.Msg" + (isNewOrder ? "Place" : "Cancel") + "Order", any1.text(1), seed);
            final Protobuf order = isNewOrder ? any1.message(2).message(1) : any1.message(2);
            final Protobuf id = order.message(1);
            assertEquals(OWNER, id.message(1).text(1), seed);
            assertEquals(subaccount, id.message(1).number(2), seed);
            assertEquals(client, id.number(2), seed);
            assertEquals(0, id.number(3), seed);
            assertEquals(pair, id.number(4), seed);
            assertEquals(block, order.number(isNewOrder ? 5 : 2), seed);
            if (isNewOrder)
            {
                assertEquals(isBuy ? 1 : 2, order.number(2), seed);
                assertEquals(quantums, order.number(3), seed);
                assertEquals(subticks, order.number(4), seed);
                assertEquals(List.of(0L, 1L, 2L).get(force), order.number(7), seed);
                assertEquals(isReduceOnly ? 1 : 0, order.number(8), seed);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(nullValues = "null", value = {
        "symbol, '', FIELD_MISSING, SYMBOL", "symbol, ETH-USD, FIELD_INVALID, SYMBOL",
        "symbol, 01, FIELD_INVALID, SYMBOL", "symbol, 4294967296, FIELD_INVALID, SYMBOL",
        "goodTilBlock, null, FIELD_MISSING, GOOD_TIL_BLOCK", "goodTilBlock, 0, FIELD_INVALID, GOOD_TIL_BLOCK",
        "goodTilBlock, -1, FIELD_INVALID, GOOD_TIL_BLOCK", "clientOrderId, '', FIELD_MISSING, CLIENT_ORDER_ID",
        "clientOrderId, x1, FIELD_INVALID, CLIENT_ORDER_ID",
        "clientOrderId, 4294967296, FIELD_INVALID, CLIENT_ORDER_ID", "price, null, FIELD_MISSING, PRICE",
        "price, 0, FIELD_INVALID, PRICE", "price, -5, FIELD_INVALID, PRICE", "price, 1.5, FIELD_INVALID, PRICE",
        "quantity, null, FIELD_MISSING, QUANTITY", "quantity, 0, FIELD_INVALID, QUANTITY",
        "quantity, 0.5, FIELD_INVALID, QUANTITY", "quantity, 10E18, FIELD_INVALID, QUANTITY",
        "timeInForce, NULL_VAL, FIELD_MISSING, TIME_IN_FORCE", "timeInForce, FOK, FIELD_INVALID, TIME_IN_FORCE",
        "orderType, MARKET, FIELD_INVALID, ORDER_TYPE", "orderType, STOP_LOSS_LIMIT, FIELD_INVALID, ORDER_TYPE",
        "orderType, LIMIT_MAKER, FIELD_INVALID, TIME_IN_FORCE", "maxAgeMs, 5, FIELD_INVALID, RECEIVE_WINDOW",
        "stopPrice, 5, FIELD_INVALID, STOP_PRICE", "quoteQuantity, 5, FIELD_INVALID, QUOTE_QUANTITY",
        "icebergQuantity, 5, FIELD_INVALID, ICEBERG_QUANTITY", "trailingDelta, 5, FIELD_INVALID, TRAILING_DELTA",
        "strategyId, 5, FIELD_INVALID, STRATEGY_ID", "strategyType, 5, FIELD_INVALID, STRATEGY_TYPE",
        "responseType, ACK, FIELD_INVALID, RESPONSE_TYPE",
        "selfTradePrevention, NONE, FIELD_INVALID, SELF_TRADE_PREVENTION" })
    void shouldRefuseOrders(final String field, final String value, final Reason reason, final FieldSource fault)
    {
        frames.set(field, value);
        assertRefused(frames.newOrder(), reason, fault);
    }

    @ParameterizedTest
    @CsvSource(nullValues = "null", value = {
        "symbol, '', FIELD_MISSING, SYMBOL", "symbol, -1, FIELD_INVALID, SYMBOL",
        "goodTilBlock, null, FIELD_MISSING, GOOD_TIL_BLOCK", "goodTilBlock, 0, FIELD_INVALID, GOOD_TIL_BLOCK",
        "clientOrderId, '', FIELD_MISSING, ORIGINAL_CLIENT_ORDER_ID",
        "clientOrderId, 0x1, FIELD_INVALID, ORIGINAL_CLIENT_ORDER_ID", "orderId, 5, FIELD_INVALID, ORDER_ID",
        "cancelId, 5, FIELD_INVALID, CLIENT_ORDER_ID", "venueOrderId, 5, FIELD_INVALID, VENUE_ORDER_ID",
        "cancelRestriction, ONLY_NEW, FIELD_INVALID, CANCEL_RESTRICTION",
        "maxAgeMs, 5, FIELD_INVALID, RECEIVE_WINDOW" })
    void shouldRefuseCancels(final String field, final String value, final Reason reason, final FieldSource fault)
    {
        frames.set(field, value);
        assertRefused(frames.cancelOrder(), reason, fault);
    }

    @ParameterizedTest
    @CsvSource({ "1.0, 1", "25.00, 25", "1E+3, 1000", "9223372036854775807, 9223372036854775807" })
    void shouldTakeWholeNumbersHoweverTheyAreScaled(final String quantity, final long quantums) throws Exception
    {
        frames.set("quantity", new BigDecimal(quantity));
        build(frames.newOrder(), key);
        assertEquals(quantums, new Protobuf(payload()).message(1).message(1).message(2).message(1).number(3));
    }

    @Test
    void shouldRefuseWhatItDoesNotKnow()
    {
        assertEquals(Reason.OPERATION_NOT_SUPPORTED.value(),
            venue.build(frames.newOrder().reset(), key, stamp, request));
        assertFalse(venue.supports(Operation.CANCEL_ALL));
    }

    @Test
    void shouldSendTheLowerOfTwoSignatures() throws Exception
    {
        build(frames.newOrder(), key);
        final UnsafeBuffer low = SIGNER.sign(sha256());
        final byte[] s = Arrays.copyOfRange(low.byteArray(), 32, 64);
        final UnsafeBuffer high = SoftwareKey.buffer(new BigInteger[]{
            new BigInteger(1, Arrays.copyOf(low.byteArray(), 32)), SoftwareKey.N.subtract(new BigInteger(1, s)) });
        assertEquals(0, venue.finish(request, key, low, 0, 64));
        final String written = request.signature().toString();
        final String body = request.body().toString();
        build(frames.newOrder(), key);
        assertEquals(0, venue.finish(request, key, high, 0, 64));
        assertEquals(written, request.signature().toString());
        assertEquals(body, request.body().toString());
    }

    @Test
    void shouldRefuseASignatureThatIsNotTheKeys() throws Exception
    {
        build(frames.newOrder(), key);
        final UnsafeBuffer signature = SIGNER.sign(sha256());
        build(frames.cancelOrder(), key);
        assertEquals(Reason.TOKEN_ERROR.value(), venue.finish(request, key, signature, 0, 64));
        assertFalse(request.isFinished());
        build(frames.newOrder(), key);
        assertEquals(Reason.FIELD_INVALID.value(), venue.finish(request, key, signature, 0, 65));
    }

    @Test
    void shouldSayTooLongInsteadOfOverrunning() throws Exception
    {
        final Order order = frames.newOrder();
        build(order, key);
        final UnsafeBuffer signature = SIGNER.sign(sha256());
        boolean hasFinished = false;
        for (int capacity = 0; capacity < 800; capacity++)
        {
            final VenueRequest small = new VenueRequest(capacity);
            final int built = venue.build(order, key, stamp, small);
            final int reason = built != 0 ? built : venue.finish(small, key, signature, 0, 64);
            assertEquals(hasFinished || reason == 0 ? 0 : Reason.REQUEST_TOO_LONG.value(), reason, "" + capacity);
            hasFinished |= reason == 0;
        }
        assertTrue(hasFinished);
    }

    @Test
    void shouldCheckTheAddress()
    {
        assertNull(venue.check(key));
        assertEquals(OWNER, AccountAddress.of(SIGNER.publicKey().compressed()));
        assertEquals("the key has no public key", venue.check(builder(OWNER).build()));
        final String other = "dydx14zzueazeh0hj67cghhf9jypslcf9sh2n5k6art";
        assertEquals("'api-key' is " + other + ", but the public key has the address " + OWNER,
            venue.check(builder(other).secp256k1(SIGNER.publicKey()).build()));
    }

    @ParameterizedTest
    @ValueSource(strings = { "-1", "none", "00", "9223372036854775808" })
    void shouldCheckTheAccount(final String account)
    {
        final VenueKey wrong = key("dydx-mainnet-1", account, "0");
        assertEquals("parameter 'account-number' is no number; expected that of the account on the chain",
            venue.check(wrong));
        assertEquals(Reason.FIELD_INVALID.value(), venue.build(frames.newOrder(), wrong, stamp, request));
        final VenueKey other = key("dydx-mainnet-1", "0", "128001");
        assertEquals("parameter 'subaccount' is no subaccount; expected 0 to 128000", venue.check(other));
        assertEquals(Reason.FIELD_INVALID.value(), venue.build(frames.newOrder(), other, stamp, request));
    }

    @Test
    void shouldSayWhatAProfileMustHave()
    {
        final Profile wrong = CodeProfiles.profile(DydxScheme.NAME, KeyAlgorithm.ECDSA_SECP256K1_KECCAK256,
            new NonceRule(NonceRule.Kind.COUNTER, 1), List.of(), Operation.CANCEL_ALL);
        final String at = "venue.yaml:1:1: scheme 'dydx-v4' ";
        assertEquals(List.of(
            at + "has no cancel-all; expected new-order or cancel-order",
            at + "takes keys of ECDSA-secp256k1-SHA256 alone",
            at + "wants no 'nonce'",
            at + "wants the parameter 'chain-id' with the default dydx-mainnet-1",
            at + "wants the parameter 'account-number' with no default",
            at + "wants the parameter 'subaccount' with the default 0"),
            assertThrows(ProfileException.class, () -> new DydxScheme().venue(wrong)).messages());
    }

    @Test
    void shouldNotAllocate() throws Exception
    {
        final Order order = frames.newOrder();
        build(order, key);
        Allocations.assertNone(venue, order, key, SIGNER.sign(sha256()));
    }

    private void assertRefused(final Order order, final Reason reason, final FieldSource fault)
    {
        assertEquals(reason, Reason.get(venue.build(order, key, stamp, request)));
        assertEquals(fault, FieldSource.of(request.faultField()));
        assertFalse(request.isBuilt());
    }

    private void build(final Order order, final VenueKey signer)
    {
        assertEquals(0, venue.build(order, signer, stamp, request), () -> "field " + request.faultField() + seed.get());
        assertTrue(request.isBuilt());
    }

    private Protobuf transaction()
    {
        final Matcher body = BODY.matcher(request.body().toString());
        assertTrue(body.matches(), () -> request.body().toString());
        return new Protobuf(Base64.getDecoder().decode(body.group(1)));
    }

    private byte[] payload()
    {
        final byte[] payload = new byte[request.payload().length()];
        request.payload().buffer().getBytes(request.payload().offset(), payload);
        return payload;
    }

    private byte[] sha256() throws Exception
    {
        return MessageDigest.getInstance("SHA-256").digest(payload());
    }

    private static Profile profile()
    {
        return CodeProfiles.profile(DydxScheme.NAME, KeyAlgorithm.ECDSA_SECP256K1, NonceRule.NONE, List.of(
            new VenueParameter("chain-id", List.of(), "dydx-mainnet-1"),
            new VenueParameter("account-number", List.of(), null),
            new VenueParameter("subaccount", List.of(), "0")), Operation.NEW_ORDER, Operation.CANCEL_ORDER);
    }

    private static VenueKey key(final String chainId, final String account, final String subaccount)
    {
        return builder(OWNER).parameters(List.of(chainId, account, subaccount)).secp256k1(SIGNER.publicKey()).build();
    }

    private static VenueKey.Builder builder(final String apiKey)
    {
        return VenueKey.builder(apiKey, KeyAlgorithm.ECDSA_SECP256K1, SignatureEncoding.BASE64)
            .parameters(List.of("dydx-mainnet-1", "42", "0"));
    }
}
