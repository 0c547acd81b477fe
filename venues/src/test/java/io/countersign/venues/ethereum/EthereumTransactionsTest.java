package io.countersign.venues.ethereum;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.countersign.codecs.wire.Method;
import io.countersign.codecs.wire.Reason;
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
import io.countersign.venues.text.TextWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
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

class EthereumTransactionsTest
{
    private static final Pattern BODY = Pattern.compile("\\{\"jsonrpc\":\"2\\.0\",\"id\":(\\d+)," +
        "\"method\":\"eth_sendRawTransaction\",\"params\":\\[\"0x((?:[0-9a-f]{2})+)\"]}");
    private static final Vectors VECTOR = Vectors.of("eth.eip1559.1");
    private static final SoftwareKey SIGNER = SoftwareKey.ofHex(VECTOR.text("key"));
    private static final List<VenueParameter> PARAMETERS = List.of(
        new VenueParameter("chain-id", List.of(), "1"),
        new VenueParameter("data", List.of("none", "any"), "none"),
        new VenueParameter("max-fee-ether", List.of(), "0.05"));

    private final Seed seed = new Seed();
    private final TransactionFrames frames = new TransactionFrames();
    private final VenueRequest request = new VenueRequest();
    private final Stamp stamp = new Stamp();
    private final VenueKey key = key("1337", "any", "0.05");
    private Venue venue;

    @BeforeEach
    void before() throws Exception
    {
        venue = new EthereumScheme().venue(profile());
    }

    @Test
    void shouldSendTheTransactionOfTheVector()
    {
        final Map<String, Object> params = VECTOR.map("params");
        frames.recipient = params.get("to").toString();
        frames.data = HexFormat.of().parseHex(params.get("data").toString().substring(2));
        build(frames.order(), key);
        assertEquals(VECTOR.text("canonical_payload"), hex(request.scratch()));
        assertEquals(VECTOR.text("digest"), HexFormat.of().formatHex(digest()));
        assertEquals(32, request.payload().length());

        finish();
        assertEquals(Method.POST.value(), request.method());
        assertEquals("/", request.path().toString());
        assertEquals("", request.query().toString());
        assertEquals("Content-Type: application/json\n", request.headers().toString());
        assertEquals("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"eth_sendRawTransaction\",\"params\":[\"0x" +
            VECTOR.text("expected_raw_transaction") + "\"]}", request.body().toString());
        assertEquals(VECTOR.text("expected_signature").replace(":v=", "0"), request.signature().toString());
    }

    /** What is sent says what the bot said, and nothing else. */
    @Test
    void shouldSendWhatTheBotSaid()
    {
        final Random random = seed.random();
        final VenueKey any = key(Long.toString(random.nextLong() >>> 1 | 1), "any", "9");
        final BigInteger chainId = new BigInteger(
            any.parameter(0).getStringWithoutLengthAscii(0, any.parameter(0).capacity()));
        for (int i = 0; i < 1_000; i++)
        {
            final byte[] recipient = new byte[20];
            random.nextBytes(recipient);
            recipient[0] = (byte) random.nextInt(2);
            frames.recipient = "0x" + HexFormat.of().formatHex(recipient);
            frames.quantity = random.nextInt(5) == 0 ? null : new BigDecimal(
                BigInteger.valueOf(random.nextLong() >>> 1 + random.nextInt(63)), random.nextInt(37) - 18);
            frames.requestId = random.nextLong() >>> 1;
            frames.accountNonce = random.nextLong() >>> 1 + random.nextInt(63);
            frames.gasLimit = 1 + random.nextInt(1_000_000);
            frames.maxFeePerGas = 1 + (random.nextLong() >>> 24 + random.nextInt(40));
            frames.maxPriorityFeePerGas = random.nextInt(2) * (random.nextLong() >>> 1) % (frames.maxFeePerGas + 1);
            frames.data = new byte[random.nextInt(4) == 0 ? 0 : random.nextInt(321)];
            random.nextBytes(frames.data);
            build(frames.order(), any);
            final UnsafeBuffer signature = SIGNER.sign(digest());
            assertEquals(0, venue.finish(request, any, signature, 0, 64), seed);

            final Matcher body = BODY.matcher(request.body().toString());
            assertTrue(body.matches(), () -> request.body() + seed.get());
            assertEquals(frames.requestId, Long.parseLong(body.group(1)), seed);
            final byte[] raw = HexFormat.of().parseHex(body.group(2));
            assertEquals(2, raw[0], seed);
            final List<String> items = new RlpItems(raw, 1).items();
            assertEquals(List.of(
                number(chainId), number(frames.accountNonce), number(frames.maxPriorityFeePerGas),
                number(frames.maxFeePerGas), number(frames.gasLimit), HexFormat.of().formatHex(recipient),
                number(frames.quantity == null ? BigInteger.ZERO :
                    frames.quantity.movePointRight(18).toBigIntegerExact()),
                HexFormat.of().formatHex(frames.data), "[]"), items.subList(0, 9), seed);
            assertEquals(12, items.size(), seed);
            assertEquals(request.signature().toString(), String.format("%64s%64s%2s", items.get(10), items.get(11),
                items.get(9).isEmpty() ? "00" : items.get(9)).replace(' ', '0'), seed);
        }
    }

    @ParameterizedTest
    @CsvSource(nullValues = "null", value = {
        "recipient, '', FIELD_MISSING, SYMBOL", "recipient, 0x96, FIELD_INVALID, SYMBOL",
        "recipient, 0x96216849c49358B10257cb55b28eA603c874b05e, FIELD_INVALID, SYMBOL",
        "recipient, 96216849c49358b10257cb55b28ea603c874b05e, FIELD_INVALID, SYMBOL",
        "recipient, '0x96216849c49358b10257cb55b28ea603c874b0\"]', FIELD_INVALID, SYMBOL",
        "quantity, -1, FIELD_INVALID, QUANTITY", "accountNonce, null, FIELD_MISSING, ACCOUNT_NONCE",
        "accountNonce, -1, FIELD_INVALID, ACCOUNT_NONCE", "gasLimit, null, FIELD_MISSING, GAS_LIMIT",
        "gasLimit, 0, FIELD_INVALID, GAS_LIMIT", "maxFeePerGas, null, FIELD_MISSING, MAX_FEE_PER_GAS",
        "maxFeePerGas, 0, FIELD_INVALID, MAX_FEE_PER_GAS",
        "maxPriorityFeePerGas, null, FIELD_MISSING, MAX_PRIORITY_FEE_PER_GAS",
        "maxPriorityFeePerGas, -1, FIELD_INVALID, MAX_PRIORITY_FEE_PER_GAS",
        "maxPriorityFeePerGas, 2000000001, FIELD_INVALID, MAX_PRIORITY_FEE_PER_GAS",
        "maxAgeMs, 1000, FIELD_INVALID, RECEIVE_WINDOW" })
    void shouldRefuse(final String field, final String value, final Reason reason, final FieldSource fault)
    {
        final long number = value == null ? Long.MIN_VALUE : value.matches("-?\\d+") ? Long.parseLong(value) : 0;
        switch (field)
        {
            case "recipient" -> frames.recipient = value;
            case "quantity" -> frames.quantity = new BigDecimal(value);
            case "accountNonce" -> frames.accountNonce = number;
            case "gasLimit" -> frames.gasLimit = number;
            case "maxFeePerGas" -> frames.maxFeePerGas = number;
            case "maxPriorityFeePerGas" -> frames.maxPriorityFeePerGas = number;
            default -> frames.maxAgeMs = (int) number;
        }
        assertRefused(key, reason, fault);
    }

    /** What a contract does with its data no rule can see. */
    @Test
    void shouldRefuseDataUnlessTheKeyMayCall()
    {
        frames.data = new byte[]{ 1 };
        assertRefused(key("1337", "none", "0.05"), Reason.FIELD_INVALID, FieldSource.DATA);
        build(frames.order(), key);
        frames.data = new byte[0];
        build(frames.order(), key("1337", "none", "0.05"));
    }

    /** 100,000 units of gas at 500 gwei are 0.05 ether. */
    @Test
    void shouldRefuseAFeeThatIsTooHigh()
    {
        frames.maxFeePerGas = 500_000_000_000L;
        build(frames.order(), key);
        frames.maxFeePerGas++;
        assertRefused(key, Reason.FIELD_INVALID, FieldSource.MAX_FEE_PER_GAS);
        build(frames.order(), key("1337", "none", "0.051"));
        for (final long gasLimit : new long[]{ 1L << 32, Long.MAX_VALUE, 36_893_489L })
        {
            // The products pass 64 bits, and one of them ends in a small number.
            frames.gasLimit = gasLimit;
            assertRefused(key("1337", "none", "9.2"), Reason.FIELD_INVALID, FieldSource.MAX_FEE_PER_GAS);
        }
    }

    @Test
    void shouldRefuseWhatItDoesNotKnow()
    {
        final Order order = frames.order().reset();
        assertEquals(Reason.OPERATION_NOT_SUPPORTED.value(), venue.build(order, key, stamp, request));
        assertFalse(venue.supports(Operation.NEW_ORDER));
        assertTrue(venue.supports(Operation.TRANSACT));
    }

    @Test
    void shouldRefuseASignatureThatIsNotTheKeys()
    {
        build(frames.order(), key);
        final UnsafeBuffer signature = SIGNER.sign(digest());
        signature.putByte(40, (byte) (signature.getByte(40) ^ 1));
        assertEquals(Reason.TOKEN_ERROR.value(), venue.finish(request, key, signature, 0, 64));
        assertFalse(request.isFinished());
        assertEquals(Reason.FIELD_INVALID.value(), venue.finish(request, key, signature, 0, 64));
        build(frames.order(), key);
        assertEquals(Reason.FIELD_INVALID.value(), venue.finish(request, key, signature, 1, 64));
        build(frames.order(), key);
        assertEquals(Reason.FIELD_INVALID.value(), venue.finish(request, key, signature, 0, 63));
    }

    @Test
    void shouldSayTooLongInsteadOfOverrunning()
    {
        frames.data = new byte[320];
        final Order order = frames.order();
        build(order, key);
        final UnsafeBuffer signature = SIGNER.sign(digest());
        boolean hasFinished = false;
        for (int capacity = 0; capacity < 1_200; capacity += 7)
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
        final String address = "0x1c34025bd3ce0224448ca8ec1a061bfda495f392";
        assertEquals("the key has no public key", venue.check(builder(address).build()));
        assertEquals("'api-key' is 0x0000000000000000000000000000000000000000, but the public key has the address " +
            address, venue.check(builder("0x" + "00".repeat(20)).secp256k1(SIGNER.publicKey()).build()));
    }

    @ParameterizedTest
    @ValueSource(strings = { "0", "01", "mainnet", "-1", "9223372036854775808", "0x1" })
    void shouldCheckTheChain(final String chainId)
    {
        final VenueKey wrong = key(chainId, "none", "0.05");
        assertEquals("parameter 'chain-id' is no number of a chain; expected 1 or more in decimal",
            venue.check(wrong));
        assertRefused(wrong, Reason.FIELD_INVALID, FieldSource.PARAMETER);
    }

    @ParameterizedTest
    @ValueSource(strings = { "0", "10", "much", "-1" })
    void shouldCheckTheLimitOfTheFee(final String maxFee)
    {
        final VenueKey wrong = key("1", "none", maxFee);
        assertEquals("parameter 'max-fee-ether' is no amount of ether; expected a decimal above 0 and below 9.2",
            venue.check(wrong));
        if (!"10".equals(maxFee))
        {
            assertRefused(wrong, Reason.FIELD_INVALID, FieldSource.MAX_FEE_PER_GAS);
        }
    }

    @Test
    void shouldSayWhatAProfileMustHave()
    {
        final Profile wrong = CodeProfiles.profile(EthereumScheme.NAME, KeyAlgorithm.ED25519,
            new NonceRule(NonceRule.Kind.COUNTER, 1), List.of(), Operation.NEW_ORDER);
        final String at = "venue.yaml:1:1: scheme 'ethereum-eip1559' ";
        assertEquals(List.of(
            at + "has no new-order; expected transact",
            at + "takes keys of ECDSA-secp256k1-Keccak256 alone",
            at + "wants no 'nonce'",
            at + "wants the parameter 'chain-id' with the default 1",
            at + "wants the parameter 'data' with the values none, any",
            at + "wants the parameter 'max-fee-ether' with the default 0.05"),
            assertThrows(ProfileException.class, () -> new EthereumScheme().venue(wrong)).messages());
    }

    @Test
    void shouldNotAllocate()
    {
        frames.data = new byte[68];
        frames.recipient = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed";
        final Order order = frames.order();
        build(order, key);
        Allocations.assertNone(venue, order, key, SIGNER.sign(digest()));
    }

    private void assertRefused(final VenueKey signer, final Reason reason, final FieldSource fault)
    {
        assertEquals(reason, Reason.get(venue.build(frames.order(), signer, stamp, request)));
        assertEquals(fault, FieldSource.of(request.faultField()));
        assertFalse(request.isBuilt());
    }

    private void build(final Order order, final VenueKey signer)
    {
        assertEquals(0, venue.build(order, signer, stamp, request), () -> "field " + request.faultField() + seed.get());
        assertTrue(request.isBuilt());
    }

    private void finish()
    {
        assertEquals(0, venue.finish(request, key, SIGNER.sign(digest()), 0, 64));
        assertTrue(request.isFinished());
    }

    private byte[] digest()
    {
        final byte[] digest = new byte[request.payload().length()];
        request.payload().buffer().getBytes(request.payload().offset(), digest);
        return digest;
    }

    private static Profile profile()
    {
        return CodeProfiles.profile(EthereumScheme.NAME, KeyAlgorithm.ECDSA_SECP256K1_KECCAK256, NonceRule.NONE,
            PARAMETERS, Operation.TRANSACT);
    }

    private static VenueKey key(final String chainId, final String data, final String maxFee)
    {
        return builder(VECTOR.text("signer_address")).parameters(List.of(chainId, data, maxFee))
            .secp256k1(SIGNER.publicKey()).build();
    }

    private static VenueKey.Builder builder(final String apiKey)
    {
        return VenueKey.builder(apiKey, KeyAlgorithm.ECDSA_SECP256K1_KECCAK256, SignatureEncoding.HEX)
            .parameters(List.of("1", "none", "0.05"));
    }

    private static String number(final long value)
    {
        return number(BigInteger.valueOf(value));
    }

    /** Without zeros in front, zero as nothing. */
    private static String number(final BigInteger value)
    {
        final String hex = value.signum() == 0 ? "" : value.toString(16);
        return hex.length() % 2 == 0 ? hex : "0" + hex;
    }

    private static String hex(final TextWriter writer)
    {
        final byte[] bytes = new byte[writer.length()];
        writer.buffer().getBytes(0, bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
