package io.countersign.gateway;

import io.countersign.client.BlockingClient;
import io.countersign.client.RejectedException;
import io.countersign.client.SignedRequest;
import io.countersign.client.TransactionRequest;
import io.countersign.codecs.wire.OrderType;
import io.countersign.codecs.wire.Reason;
import io.countersign.codecs.wire.Side;
import io.countersign.codecs.wire.TimeInForce;
import io.countersign.gateway.profile.SignerRecovery;
import io.countersign.hsm.KeySpec;
import io.countersign.hsm.SigningAlgorithm;
import io.countersign.venues.ethereum.TransactionEncoder;
import io.countersign.venues.evm.Keccak256;
import io.countersign.venues.evm.Secp256k1Key;
import io.countersign.venues.text.TextWriter;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.function.Consumer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * Bot to token and back for chains, with the keys that their published vectors name.
 */
@Timeout(60)
class ChainRoadTest
{
    private static final String ETHEREUM_KEY = "70af7ec25374c2b06cbfffeaf9817a3d1bc61854abbf39e9e00de734b0c0c8c4";
    private static final String DYDX_KEY = "0a7ff605269ed00853a425beda719da038a11792f6dddf31c087b2988b4dc8fe";
    private static final String FRIEND = "0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed";
    private static final String FRIEND_WITH_CHECKSUM = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed";

    private GatewayFixture fixture;

    @BeforeEach
    void before() throws Exception
    {
        fixture = new GatewayFixture();
        final KeySpec ethereum = fixture.token().importPrivateKey(
            "eth", SigningAlgorithm.ECDSA_SECP256K1_KECCAK256, SignerRecovery.pkcs8(ETHEREUM_KEY));
        final KeySpec dydx = fixture.token().importPrivateKey(
            "dydx", SigningAlgorithm.ECDSA_SECP256K1, SignerRecovery.pkcs8(DYDX_KEY));
        fixture.write("gateway.yaml", Files.readString(fixture.config()).replace("policy: policy.yaml\n", """
              - alias: eth
                id: "%s"
                algorithm: ECDSA-secp256k1-Keccak256
                public-key: %s
                venue: ethereum
                api-key: "0x1c34025bd3ce0224448ca8ec1a061bfda495f392"
                parameters: {chain-id: "1337", data: any}
              - alias: dydx
                id: "%s"
                algorithm: ECDSA-secp256k1-SHA256
                public-key: %s
                venue: dydx-v4
                api-key: dydx1wldnytkerzs39rs28djn0p9vvqer2x2k5x8hjy
                parameters: {account-number: "42"}
            policy: policy.yaml
            """.formatted(
            HexFormat.of().formatHex(ethereum.id()), Base64.getEncoder().encodeToString(ethereum.pinned()),
            HexFormat.of().formatHex(dydx.id()), Base64.getEncoder().encodeToString(dydx.pinned()))));
        fixture.write("policy.yaml", """
            acknowledge: [transfer]
            principals:
              - name: maker
                api-key-versions: [1]
                rules:
                  - name: pay
                    keys: [eth]
                    scopes: [transfer]
                    symbols: ["%s"]
                    max-quantity: 2.5
                    limits: [{per: day, max-notional: 3}]
                  - name: make
                    keys: [dydx]
                    scopes: [trade, cancel]
                    symbols: ["1"]
            """.formatted(FRIEND_WITH_CHECKSUM));
        fixture.launch();
    }

    @AfterEach
    void after()
    {
        fixture.close();
        assertTrue(fixture.errors().isEmpty(), () -> "errors were reported: " + fixture.errors());
    }

    @Test
    void shouldSignTransactionsToThoseThatPolicyNames() throws Exception
    {
        final byte[] data = HexFormat.of().parseHex("5544");
        try (BlockingClient client = fixture.connect())
        {
            assertSigned(client.transaction(fields(FRIEND, "2.5")
                .andThen((request) -> request.callData(new UnsafeBuffer(data), 0, data.length))), 2.5, data);
            assertSigned(client.transaction(fields(FRIEND_WITH_CHECKSUM, "0.5")), 0.5, new byte[0]);
            assertRefused(Reason.SYMBOL_NOT_GRANTED,
                client, fields("0x52908400098527886e0f7030069857d2e4169ee7", "0.1"));
            assertRefused(Reason.SYMBOL_NOT_GRANTED, client, fields(FRIEND_WITH_CHECKSUM.replace('A', 'a'), "0.1"));
            assertRefused(Reason.QUANTITY_ABOVE_LIMIT, client, fields(FRIEND, "2.500000000000000001"));
            assertRefused(Reason.TURNOVER_ABOVE_LIMIT, client, fields(FRIEND, "0.000000000000000001"));
            assertRefused(Reason.FIELD_INVALID, client, fields(FRIEND, "0").andThen((request) -> request.gasLimit(0)));
            assertSigned(client.transaction(fields(FRIEND, "0")), 0, new byte[0]);
        }
    }

    @Test
    void shouldSignOrdersOfDydx() throws Exception
    {
        try (BlockingClient client = fixture.connect())
        {
            assertSigned(client.newOrder((order) -> order.key("dydx").symbol("1").side(Side.BUY)
                .orderType(OrderType.LIMIT).timeInForce(TimeInForce.IOC).quantity(10_000_000, 0)
                .price(40_000_000_000L, 0).clientOrderId("12345").goodTilBlock(20_000_000)), "MsgPlaceOrder");
            assertSigned(client.cancelOrder((cancel) -> cancel.key("dydx").symbol("1")
                .originalClientOrderId("12345").goodTilBlock(20_000_000)), "MsgCancelOrder");
            assertEquals(Reason.FIELD_MISSING, assertThrows(RejectedException.class, () -> client.cancelOrder(
                (cancel) -> cancel.key("dydx").symbol("1").originalClientOrderId("12345"))).reason());
        }
    }

    private static Consumer<TransactionRequest> fields(final String recipient, final String ether)
    {
        return (request) -> request.key("eth").recipient(recipient).quantity(ether)
            .accountNonce(2).gasLimit(100_000).fees(2_000_000_000, 1_000_000_000);
    }

    private static void assertRefused(
        final Reason reason, final BlockingClient client, final Consumer<TransactionRequest> fields)
    {
        assertEquals(reason, assertThrows(RejectedException.class, () -> client.transaction(fields)).reason());
    }

    private static void assertSigned(final SignedRequest signed, final double ether, final byte[] data)
    {
        final TextWriter fields = new TextWriter(1024);
        final TextWriter unsigned = new TextWriter(1024);
        new TransactionEncoder().chainId(1337).nonce(2).fees(1_000_000_000, 2_000_000_000).gasLimit(100_000)
            .to(new UnsafeBuffer(HexFormat.of().parseHex(FRIEND.substring(2))), 0).value((long) (ether * 1e18))
            .data(new UnsafeBuffer(data), 0, data.length).writeFields(fields);
        TransactionEncoder.writeUnsigned(fields, unsigned);
        final byte[] signature = HexFormat.of().parseHex(signed.signature());
        assertEquals("1c34025bd3ce0224448ca8ec1a061bfda495f392", HexFormat.of().formatHex(SignerRecovery.recover(
            Keccak256.of(bytes(unsigned)), Arrays.copyOf(signature, 32), Arrays.copyOfRange(signature, 32, 64),
            signature[64]).address()));
        assertTrue(signed.body().contains(HexFormat.of().formatHex(bytes(fields))), signed.body());
        assertTrue(signed.body().startsWith("{\"jsonrpc\":\"2.0\",\"id\":" + signed.requestId() +
            ",\"method\":\"eth_sendRawTransaction\",\"params\":[\"0x02f8"), signed.body());
        assertEquals("/", signed.path());
    }

    private void assertSigned(final SignedRequest signed, final String message) throws Exception
    {
        final String tx = "\"tx\":\"";
        final String body = signed.body();
        final byte[] transaction = Base64.getDecoder().decode(
            body.substring(body.indexOf(tx) + tx.length(), body.length() - "\"}}".length()));
        assertTrue(new String(transaction, StandardCharsets.ISO_8859_1).contains("/dydxprotocol.clob." + message));
        final int end = transaction.length - 66;
        assertEquals("1a40", HexFormat.of().formatHex(transaction, end, end + 2));

        final ByteArrayOutputStream signDoc = new ByteArrayOutputStream();
        signDoc.write(transaction, 0, end);
        signDoc.write(0x1a);
        signDoc.write("dydx-mainnet-1".length());
        signDoc.writeBytes("dydx-mainnet-1".getBytes(StandardCharsets.US_ASCII));
        signDoc.writeBytes(new byte[]{ 0x20, 42 });
        final byte[] digest = MessageDigest.getInstance("SHA-256").digest(signDoc.toByteArray());
        final byte[] signature = Arrays.copyOfRange(transaction, end + 2, transaction.length);
        assertArrayEquals(signature, Base64.getDecoder().decode(signed.signature()));
        final byte[] r = Arrays.copyOf(signature, 32);
        final byte[] s = Arrays.copyOfRange(signature, 32, 64);
        final byte[] expected = Secp256k1Key.ofSubjectPublicKeyInfo(fixture.token().keys().stream()
            .filter((key) -> "dydx".equals(key.alias())).findFirst().orElseThrow().pinned()).compressed();
        assertTrue(Arrays.equals(expected, SignerRecovery.recover(digest, r, s, 0).compressed()) ||
            Arrays.equals(expected, SignerRecovery.recover(digest, r, s, 1).compressed()));
    }

    private static byte[] bytes(final TextWriter writer)
    {
        final byte[] bytes = new byte[writer.length()];
        writer.buffer().getBytes(0, bytes);
        return bytes;
    }
}
