package io.countersign.venues.dydx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.countersign.venues.Vectors;
import io.countersign.venues.evm.RecoverableSignature;
import io.countersign.venues.evm.SoftwareKey;
import io.countersign.venues.text.TextWriter;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DydxVectorTest
{
    @Test
    void shouldCancelAnOrder()
    {
        final Vectors vector = Vectors.of("dydx.v4.payload.cancel");
        final Map<String, Object> params = vector.map("params");
        final OrderMessage message = new OrderMessage()
            .subaccount(ascii(params.get("owner")), number(params, "subaccount"))
            .id(number(params, "client_id"), number(params, "order_flags"), number(params, "clob_pair_id"))
            .goodTil(0, number(params, "good_til_block_time"));
        assertEquals(vector.text("canonical_payload"), hex(message.cancelOrder()));
    }

    @Test
    void shouldPlaceAnOrder() throws Exception
    {
        final Vectors vector = Vectors.of("derived.dydx.v4.place");
        final Map<String, Object> params = vector.map("params");
        final SoftwareKey signer = SoftwareKey.ofHex(vector.text("key"));
        final OrderMessage message = new OrderMessage().subaccount(ascii(params.get("owner")), 0)
            .id(number(params, "client_id"), OrderMessage.SHORT_TERM, number(params, "clob_pair_id"))
            .trade(OrderMessage.BUY, number(params, "quantums"), ((Number) params.get("subticks")).longValue())
            .goodTil(number(params, "good_til_block"), 0)
            .terms(OrderMessage.TIME_IN_FORCE_DEFAULT, false, number(params, "client_metadata"));
        final CosmosTransaction transaction = new CosmosTransaction()
            .message(OrderMessage.PLACE_ORDER, message.placeOrder())
            .signer(signer.publicKey(), number(params, "sequence"), number(params, "gas_limit"));
        final TextWriter signDoc =
            transaction.signDoc(ascii(params.get("chain_id")), number(params, "account_number"));
        assertEquals(vector.text("canonical_payload"), hex(signDoc));

        final UnsafeBuffer signature = signature(signer, signDoc);
        assertEquals(vector.text("expected_signature"), HexFormat.of().formatHex(signature.byteArray()));
        final String body = vector.text("body_bytes");
        final String auth = vector.text("auth_info_bytes");
        assertEquals("0a" + length(body) + body + "12" + length(auth) + auth + "1a40" +
            vector.text("expected_signature"), signed(transaction.unsigned(), signature));
    }

    @ParameterizedTest
    @ValueSource(strings = { "cosmos.direct.seq0", "cosmos.direct.seq1" })
    void shouldSignTransactionsOfTheCosmosSdk(final String id) throws Exception
    {
        final Vectors vector = Vectors.of(id);
        final Map<String, Object> params = vector.map("params");
        final SoftwareKey signer = SoftwareKey.ofHex(vector.text("key"));
        final CosmosTransaction transaction = new CosmosTransaction();
        final TextWriter body = writer(params.get("bodyBytes"));
        final TextWriter auth = writer(params.get("authInfoBytes"));
        final TextWriter signDoc = transaction.signDoc(
            body, auth, ascii(params.get("chainId")), number(params, "accountNumber"));
        assertEquals(vector.text("canonical_payload"), hex(signDoc));

        final UnsafeBuffer signature = signature(signer, signDoc);
        assertEquals(vector.text("expected_signature"), HexFormat.of().formatHex(signature.byteArray()));
        assertEquals(vector.text("expected_raw_transaction"), signed(transaction.unsigned(body, auth), signature));
    }

    @Test
    void shouldWriteEveryFieldAndNoDefault()
    {
        final OrderMessage message = new OrderMessage().subaccount(ascii("o"), 3)
            .id(-1, OrderMessage.CONDITIONAL, 300)
            .trade(OrderMessage.SELL, -1, 1)
            .goodTil(-1, -1)
            .terms(OrderMessage.TIME_IN_FORCE_POST_ONLY, true, -1);
        final String orderId = "0a050a016f1003" + "15ffffffff" + "1820" + "20ac02";
        final String order = "0a11" + orderId + "1002" + "18ffffffffffffffffff01" + "2001" + "28ffffffff0f" +
            "35ffffffff" + "3802" + "4001" + "48ffffffff0f";
        assertEquals("0a" + length(order) + order, hex(message.placeOrder()));
        assertEquals("0a11" + orderId + "10ffffffff0f" + "1dffffffff", hex(message.cancelOrder()));

        final OrderMessage empty = new OrderMessage().subaccount(ascii("o"), 0);
        assertEquals("0a070a050a030a016f", hex(empty.placeOrder()));
        assertEquals("0a050a030a016f", hex(empty.cancelOrder()));
    }

    @Test
    void shouldSayThatSomethingDidNotFit()
    {
        final OrderMessage message = new OrderMessage().subaccount(ascii("o".repeat(600)), 0);
        assertEquals(TextWriter.TOO_LONG, message.placeOrder().fault());
        assertNotEquals(TextWriter.NO_FAULT, new CosmosTransaction()
            .message(OrderMessage.PLACE_ORDER, message.placeOrder()).signDoc(ascii("c"), 1).fault());
    }

    /** Brought to the lower s with the key that the chain checks it with. */
    private static UnsafeBuffer signature(final SoftwareKey signer, final TextWriter signDoc) throws Exception
    {
        final byte[] bytes = new byte[signDoc.length()];
        signDoc.buffer().getBytes(0, bytes);
        final byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
        final RecoverableSignature signature = new RecoverableSignature();
        assertTrue(signature.take(signer.publicKey(), new UnsafeBuffer(digest), 0, signer.sign(digest), 0));
        final UnsafeBuffer numbers = new UnsafeBuffer(new byte[64]);
        signature.putR(numbers, 0);
        signature.putS(numbers, 32);
        return numbers;
    }

    private static String signed(final TextWriter transaction, final UnsafeBuffer signature)
    {
        CosmosTransaction.appendSignature(transaction, signature, 0);
        return hex(transaction);
    }

    private static UnsafeBuffer ascii(final Object text)
    {
        return new UnsafeBuffer(text.toString().getBytes(StandardCharsets.US_ASCII));
    }

    private static TextWriter writer(final Object hex)
    {
        final TextWriter writer = new TextWriter(1024);
        writer.put(HexFormat.of().parseHex(hex.toString()));
        return writer;
    }

    private static int number(final Map<String, Object> params, final String name)
    {
        return ((Number) params.get(name)).intValue();
    }

    private static String length(final String hex)
    {
        return String.format("%02x", hex.length() / 2);
    }

    private static String hex(final TextWriter writer)
    {
        final byte[] bytes = new byte[writer.length()];
        writer.buffer().getBytes(0, bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
