package io.countersign.venues.hyperliquid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.countersign.codecs.wire.Method;
import io.countersign.codecs.wire.Reason;
import io.countersign.venues.KeyAlgorithm;
import io.countersign.venues.NonceRule;
import io.countersign.venues.Operation;
import io.countersign.venues.Order;
import io.countersign.venues.Seed;
import io.countersign.venues.SignatureEncoding;
import io.countersign.venues.Stamp;
import io.countersign.venues.VenueKey;
import io.countersign.venues.VenueRequest;
import io.countersign.venues.evm.SoftwareKey;
import io.countersign.venues.profile.FieldSource;
import io.countersign.venues.profile.ProfileException;
import java.lang.management.ManagementFactory;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HyperliquidL1Test
{
    private static final String VAULT = "0x1719884eb866cb12b2287399b15f7db5e7d775ea";
    private static final String CLIENT_ORDER_ID = "0x000000000000000000000000000000ff";
    private static final int CASES = 20_000;

    private final Seed seed = new Seed();
    private final HyperliquidL1 venue = new HyperliquidL1(Fixture.profile());
    private final OrderFrames frames = new OrderFrames();
    private final VenueRequest request = new VenueRequest();
    private final VenueKey key = Fixture.key(Fixture.SIGNER, "mainnet", "none");
    private final Stamp stamp = new Stamp().set(1_700_000_000_000_000_000L, 1_700_000_000_005L);
    private final Map<String, String> limit = new HashMap<>(Map.of(
        "symbol", "1", "side", "BUY", "orderType", "LIMIT", "timeInForce", "GTC", "price", "100.0",
        "quantity", "0.50"));

    @Test
    void shouldWriteTheWholeRequest()
    {
        limit.putAll(Map.of("reduceOnly", "TRUE", "clientOrderId", CLIENT_ORDER_ID, "maxAgeMs", "1500"));
        final VenueKey vaultKey = Fixture.key(Fixture.SIGNER, "testnet", VAULT);
        assertNull(venue.check(vaultKey));
        build(frames.newOrder(limit), vaultKey);
        finish(vaultKey);
        final String signature = request.signature().toString();
        assertEquals(Method.POST.value(), request.method());
        assertEquals("/exchange", request.path().toString());
        assertEquals("", request.query().toString());
        assertEquals("Content-Type: application/json\n", request.headers().toString());
        assertEquals("{\"action\":{\"type\":\"order\",\"orders\":[{\"a\":1,\"b\":true,\"p\":\"100\",\"s\":\"0.5\"," +
            "\"r\":true,\"t\":{\"limit\":{\"tif\":\"Gtc\"}},\"c\":\"" + CLIENT_ORDER_ID + "\"}]," +
            "\"grouping\":\"na\"},\"nonce\":1700000000005,\"vaultAddress\":\"" + VAULT +
            "\",\"expiresAfter\":1700000001500,\"signature\":{\"r\":\"0x" + signature.substring(0, 64) +
            "\",\"s\":\"0x" + signature.substring(64, 128) + "\",\"v\":" +
            Integer.parseInt(signature.substring(128), 16) + "}}", request.body().toString());
    }

    @Test
    void shouldSignForOneNetworkAndOneAccount()
    {
        final String payload = payload(key);
        assertNotEquals(payload, payload(Fixture.key(Fixture.SIGNER, "testnet", "none")));
        assertNotEquals(payload, payload(Fixture.key(Fixture.SIGNER, "mainnet", VAULT)));
        assertEquals(payload, payload(Fixture.key(Fixture.SIGNER, "mainnet", "none")));
    }

    @ParameterizedTest
    @CsvSource(
        {
            "LIMIT, IOC, , {\"limit\":{\"tif\":\"Ioc\"}}",
            "LIMIT_MAKER, , , {\"limit\":{\"tif\":\"Alo\"}}",
            "STOP_LOSS, , 103.00, '{\"trigger\":{\"isMarket\":true,\"triggerPx\":\"103\",\"tpsl\":\"sl\"}}'",
            "STOP_LOSS_LIMIT, , 103, '{\"trigger\":{\"isMarket\":false,\"triggerPx\":\"103\",\"tpsl\":\"sl\"}}'",
            "TAKE_PROFIT, , 0.1, '{\"trigger\":{\"isMarket\":true,\"triggerPx\":\"0.1\",\"tpsl\":\"tp\"}}'",
            "TAKE_PROFIT_LIMIT, , 1, '{\"trigger\":{\"isMarket\":false,\"triggerPx\":\"1\",\"tpsl\":\"tp\"}}'"
        })
    void shouldWriteEveryType(
        final String type, final String timeInForce, final String stopPrice, final String expected)
    {
        limit.remove("timeInForce");
        limit.put("orderType", type);
        put("timeInForce", timeInForce);
        put("stopPrice", stopPrice);
        build(frames.newOrder(limit), key);
        assertTrue(request.body().toString().contains("\"t\":" + expected + "}"), request.body().toString());
    }

    @ParameterizedTest
    @CsvSource(
        {
            "100.00000000, 100", "0.00000001, 0.00000001", "1670.1, 1670.1", "0.10, 0.1", "1000000, 1000000",
            "0.0147, 0.0147", "0.1000000000, 0.1", "9223372036854775807, 9223372036854775807"
        })
    void shouldWriteNumbersInOneForm(final String price, final String expected)
    {
        limit.put("price", price);
        build(frames.newOrder(limit), key);
        assertTrue(request.body().toString().contains("\"p\":\"" + expected + "\""), request.body().toString());
    }

    @ParameterizedTest
    @CsvSource(
        {
            "symbol, , FIELD_MISSING",
            "timeInForce, , FIELD_MISSING", "price, , FIELD_MISSING", "quantity, , FIELD_MISSING",
            "symbol, BTC, FIELD_INVALID", "symbol, 01, FIELD_INVALID", "symbol, -1, FIELD_INVALID",
            "symbol, 1234567890, FIELD_INVALID", "symbol, '1}', FIELD_INVALID", "symbol, ' 1', FIELD_INVALID",
            "orderType, MARKET, FIELD_INVALID", "timeInForce, FOK, FIELD_INVALID",
            "price, 0, FIELD_INVALID", "price, -1, FIELD_INVALID", "price, 0.000000001, FIELD_INVALID",
            "quantity, 0.0, FIELD_INVALID", "quantity, 1.000000001, FIELD_INVALID",
            "stopPrice, 1, FIELD_INVALID", "quoteQuantity, 1, FIELD_INVALID", "icebergQuantity, 1, FIELD_INVALID",
            "trailingDelta, 1, FIELD_INVALID", "strategyId, 1, FIELD_INVALID", "strategyType, 7, FIELD_INVALID",
            "goodTilBlock, 7, FIELD_INVALID",
            "responseType, ACK, FIELD_INVALID", "selfTradePrevention, NONE, FIELD_INVALID",
            "maxAgeMs, 0, FIELD_INVALID", "maxAgeMs, 3600001, FIELD_INVALID",
            "clientOrderId, mine-1, FIELD_INVALID", "clientOrderId, 0x000000000000000000000000000000FF, FIELD_INVALID",
            "clientOrderId, 0x00000000000000000000000000000ff, FIELD_INVALID",
            "clientOrderId, 0x000000000000000000000000000000ff0, FIELD_INVALID",
            "clientOrderId, 0000000000000000000000000000000000, FIELD_INVALID"
        })
    void shouldRefuseAndSayWhichField(final String field, final String value, final Reason reason)
    {
        limit.remove(field);
        put(field, value);
        assertEquals(reason.value(), venue.build(frames.newOrder(limit), key, stamp, request));
        assertFalse(request.isBuilt());
        assertEquals(0, request.body().length());
        final String name = field.equals("maxAgeMs") ? "receiveWindow" : field;
        assertEquals(
            FieldSource.valueOf(name.replaceAll("([A-Z])", "_$1").toUpperCase(java.util.Locale.ROOT)).ordinal(),
            request.faultField());
    }

    @ParameterizedTest
    @CsvSource(
        {
            "STOP_LOSS, , , FIELD_MISSING", "STOP_LOSS, GTC, 1, FIELD_INVALID", "LIMIT_MAKER, GTC, , FIELD_INVALID",
            "LIMIT_MAKER, , 1, FIELD_INVALID", "TAKE_PROFIT, , 0, FIELD_INVALID"
        })
    void shouldRefuseWhatATypeHasNoPlaceFor(
        final String type, final String timeInForce, final String stopPrice, final Reason reason)
    {
        limit.remove("timeInForce");
        limit.put("orderType", type);
        put("timeInForce", timeInForce);
        put("stopPrice", stopPrice);
        assertEquals(reason.value(), venue.build(frames.newOrder(limit), key, stamp, request));
    }

    @Test
    void shouldCancelByOneId()
    {
        build(frames.cancelOrder(Map.of("symbol", "10107", "orderId", "82382")), key);
        assertTrue(request.body().toString().startsWith(
            "{\"action\":{\"type\":\"cancel\",\"cancels\":[{\"a\":10107,\"o\":82382}]},\"nonce\":"));
        build(frames.cancelOrder(Map.of("symbol", "0", "originalClientOrderId", CLIENT_ORDER_ID)), key);
        assertTrue(request.body().toString().startsWith("{\"action\":{\"type\":\"cancelByCloid\",\"cancels\":[{" +
            "\"asset\":0,\"cloid\":\"" + CLIENT_ORDER_ID + "\"}]},\"nonce\":"));

        assertRefused(Map.of("symbol", "1"), Reason.FIELD_MISSING);
        assertRefused(Map.of("orderId", "1"), Reason.FIELD_MISSING);
        assertRefused(Map.of("symbol", "1", "orderId", "1", "originalClientOrderId", CLIENT_ORDER_ID),
            Reason.FIELD_INVALID);
        assertRefused(Map.of("symbol", "1", "orderId", "-1"), Reason.FIELD_INVALID);
        assertRefused(Map.of("symbol", "1", "originalClientOrderId", "mine"), Reason.FIELD_INVALID);
        assertRefused(Map.of("symbol", "1", "orderId", "1", "clientOrderId", CLIENT_ORDER_ID), Reason.FIELD_INVALID);
        assertRefused(Map.of("symbol", "1", "orderId", "1", "venueOrderId", "1"), Reason.FIELD_INVALID);
        assertRefused(Map.of("symbol", "1", "orderId", "1", "cancelRestriction", "ONLY_NEW"), Reason.FIELD_INVALID);
        assertRefused(Map.of("symbol", "1", "orderId", "1", "goodTilBlock", "7"), Reason.FIELD_INVALID);
    }

    @Test
    void shouldKnowNoOtherOperation()
    {
        assertEquals(Reason.OPERATION_NOT_SUPPORTED.value(),
            venue.build(frames.queryOrder(), key, stamp, request));
        assertTrue(venue.supports(Operation.CANCEL_ORDER));
        assertFalse(venue.supports(Operation.CANCEL_ALL));
        assertFalse(venue.supports(Operation.QUERY_ORDER));
        assertEquals(java.util.Set.of(), venue.equivalents(Operation.NEW_ORDER));
    }

    /** What a token gives is released only when it is this key's signature of this digest. */
    @Test
    void shouldRefuseASignatureThatIsNotTheKeys()
    {
        for (final int bit : new int[]{ 0, 255, 256, 300, 511 })
        {
            build(frames.newOrder(limit), key);
            final UnsafeBuffer signature = Fixture.SIGNER.sign(digest());
            signature.putByte(bit >> 3, (byte) (signature.getByte(bit >> 3) ^ 1 << (bit & 7)));
            assertEquals(Reason.TOKEN_ERROR.value(), venue.finish(request, key, signature, 0, 64));
            assertEquals(0, request.body().length());
            assertFalse(request.isFinished());
        }
        build(frames.newOrder(limit), key);
        final SoftwareKey other = SoftwareKey.ofHex("2");
        assertEquals(Reason.TOKEN_ERROR.value(), venue.finish(request, key, other.sign(digest()), 0, 64));

        build(frames.newOrder(limit), key);
        assertEquals(Reason.FIELD_INVALID.value(), venue.finish(request, key, new UnsafeBuffer(new byte[63]), 0, 63));
        assertEquals(Reason.FIELD_INVALID.value(), venue.finish(request, key, new UnsafeBuffer(new byte[64]), 0, 64));
    }

    @Test
    void shouldWriteHighAndLowSignaturesAlike()
    {
        build(frames.newOrder(limit), key);
        final UnsafeBuffer signature = Fixture.SIGNER.sign(digest());
        finish(key, signature);
        final String written = request.signature().toString();

        final byte[] bytes = new byte[32];
        signature.getBytes(32, bytes);
        final UnsafeBuffer other = SoftwareKey.buffer(new BigInteger[]{
            BigInteger.ZERO, SoftwareKey.N.subtract(new BigInteger(1, bytes)) });
        other.putBytes(0, signature, 0, 32);
        build(frames.newOrder(limit), key);
        finish(key, other);
        assertEquals(written, request.signature().toString());
    }

    @Test
    void shouldRefuseWhatDoesNotFit()
    {
        final VenueRequest small = new VenueRequest(64);
        assertEquals(Reason.REQUEST_TOO_LONG.value(), venue.build(frames.newOrder(limit), key, stamp, small));
        assertFalse(small.isBuilt());
    }

    @ParameterizedTest
    @ValueSource(strings = { "0x1719884EB866cb12b2287399b15f7db5e7d775ea", "0x17", "no" })
    void shouldCheckTheVault(final String vault)
    {
        final VenueKey wrong = Fixture.key(Fixture.SIGNER, "mainnet", vault);
        assertEquals("parameter 'vault' is no address; expected none or 0x and 40 hexadecimal digits in lower case",
            venue.check(wrong));
        assertEquals(Reason.FIELD_INVALID.value(), venue.build(frames.newOrder(limit), wrong, stamp, request));
    }

    @Test
    void shouldCheckTheAddress()
    {
        assertNull(venue.check(key));
        final VenueKey.Builder builder = VenueKey.builder(
            "0x" + "00".repeat(20), KeyAlgorithm.ECDSA_SECP256K1_KECCAK256, SignatureEncoding.HEX)
            .parameters(List.of("mainnet", "none"));
        assertEquals("the key has no public key", venue.check(builder.build()));
        assertEquals("'api-key' is 0x0000000000000000000000000000000000000000, but the public key has the address " +
            "0x14791697260e4c9a71f18484c9f997b308e59325",
            venue.check(builder.secp256k1(Fixture.SIGNER.publicKey()).build()));
    }

    @Test
    void shouldSayWhatAProfileMustHave() throws Exception
    {
        final HyperliquidScheme scheme = new HyperliquidScheme();
        assertEquals("hyperliquid", scheme.venue(Fixture.profile()).name());
        final List<String> messages = assertThrows(ProfileException.class, () -> scheme.venue(Fixture.profile(
            KeyAlgorithm.ECDSA_SECP256K1, List.of(), NonceRule.NONE, Operation.QUERY_ORDER))).messages();
        assertEquals(List.of(
            "hyperliquid.yaml:1:1: scheme 'hyperliquid-l1' has no query-order; expected new-order or cancel-order",
            "hyperliquid.yaml:1:1: scheme 'hyperliquid-l1' takes keys of ECDSA-secp256k1-Keccak256 alone",
            "hyperliquid.yaml:1:1: scheme 'hyperliquid-l1' wants 'nonce: {kind: counter, unit: ms}'",
            "hyperliquid.yaml:1:1: scheme 'hyperliquid-l1' wants the parameter 'network' with the values " +
                "mainnet, testnet",
            "hyperliquid.yaml:1:1: scheme 'hyperliquid-l1' wants the parameter 'vault' with the default none"),
            messages);
    }

    /** Whatever stands in a text field, the request is refused or says just what the bot said. */
    @Test
    void shouldNotBeLedAstrayByTexts()
    {
        final Random random = seed.random();
        final String characters = "0123456789abcdefx0x0,:\"\\{}[]/ \n\u0000Aé€";
        int built = 0;
        for (int i = 0; i < CASES; i++)
        {
            limit.put("symbol", text(random, i % 2 == 0 ? characters : "0123456789", 1 + random.nextInt(9)));
            limit.put("clientOrderId", random.nextBoolean() ?
                "0x" + text(random, i % 3 == 0 ? characters : "0123456789abcdef", 32) : "");
            final int reason = venue.build(frames.newOrder(limit), key, stamp, request);
            if (reason == 0)
            {
                built++;
                final Map<?, ?> action = (Map<?, ?>) HyperliquidVectorTest.json(request.body() + "}").get("action");
                final Map<?, ?> order = (Map<?, ?>) ((List<?>) action.get("orders")).getFirst();
                assertEquals(limit.get("symbol"), order.get("a").toString(), seed);
                assertEquals(limit.get("clientOrderId"), order.containsKey("c") ? order.get("c") : "", seed);
                assertEquals(limit.get("clientOrderId").isEmpty() ? 6 : 7, order.size(), seed);
            }
            else
            {
                assertEquals(Reason.FIELD_INVALID.value(), reason, seed);
            }
        }
        assertTrue(built > CASES / 20 && built < CASES, built + " built" + seed);
    }

    @Test
    void shouldNotAllocate()
    {
        limit.putAll(Map.of("clientOrderId", CLIENT_ORDER_ID, "maxAgeMs", "1500"));
        final Order order = frames.newOrder(limit);
        final VenueKey vaultKey = Fixture.key(Fixture.SIGNER, "testnet", VAULT);
        build(order, vaultKey);
        final UnsafeBuffer signature = Fixture.SIGNER.sign(digest());
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        run(order, vaultKey, signature, 10_000);
        final int count = 2_000;
        final long before = threads.getCurrentThreadAllocatedBytes();
        final int finished = run(order, vaultKey, signature, count);
        final long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertEquals(count, finished);
        assertTrue(allocated < count, allocated + " bytes");
    }

    private int run(final Order order, final VenueKey vaultKey, final UnsafeBuffer signature, final int times)
    {
        int finished = 0;
        for (int i = 0; i < times; i++)
        {
            venue.build(order, vaultKey, stamp, request);
            finished += venue.finish(request, vaultKey, signature, 0, 64) == 0 ? 1 : 0;
        }
        return finished;
    }

    private void assertRefused(final Map<String, String> cancel, final Reason reason)
    {
        assertEquals(reason.value(), venue.build(frames.cancelOrder(cancel), key, stamp, request));
    }

    private void put(final String field, final String value)
    {
        if (value != null)
        {
            limit.put(field, value);
        }
    }

    private String payload(final VenueKey signer)
    {
        build(frames.newOrder(limit), signer);
        return java.util.HexFormat.of().formatHex(digest());
    }

    private void build(final Order order, final VenueKey signer)
    {
        assertEquals(0, venue.build(order, signer, stamp, request));
        assertTrue(request.isBuilt());
    }

    private void finish(final VenueKey signer)
    {
        finish(signer, Fixture.SIGNER.sign(digest()));
    }

    private void finish(final VenueKey signer, final UnsafeBuffer signature)
    {
        assertEquals(0, venue.finish(request, signer, signature, 0, 64));
        assertTrue(request.isFinished());
    }

    private byte[] digest()
    {
        final byte[] digest = new byte[32];
        request.payload().buffer().getBytes(request.payload().offset(), digest);
        return digest;
    }

    private static String text(final Random random, final String characters, final int length)
    {
        final StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++)
        {
            text.append(characters.charAt(random.nextInt(characters.length())));
        }
        return text.toString();
    }
}
