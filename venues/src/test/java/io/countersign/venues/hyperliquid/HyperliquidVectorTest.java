package io.countersign.venues.hyperliquid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.countersign.venues.Order;
import io.countersign.venues.Stamp;
import io.countersign.venues.Vectors;
import io.countersign.venues.VenueKey;
import io.countersign.venues.VenueRequest;
import io.countersign.venues.evm.Keccak256;
import io.countersign.venues.evm.RecoverableSignature;
import io.countersign.venues.evm.SoftwareKey;
import io.countersign.venues.evm.TypedData;
import io.countersign.venues.text.TextWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class HyperliquidVectorTest
{
    private static final Set<String> OPERATIONS = Set.of("order", "cancel", "cancelByCloid");

    private final HyperliquidL1 venue = new HyperliquidL1(Fixture.profile());
    private final OrderFrames frames = new OrderFrames();
    private final VenueRequest request = new VenueRequest();
    private final TextWriter out = new TextWriter(1024);

    static List<Vectors> actions()
    {
        return Vectors.startingWith("hyperliquid.", "derived.hyperliquid.").stream()
            .filter((vector) -> !"hyperliquid.user.usdSend".equals(vector.id())).toList();
    }

    static List<Vectors> operations()
    {
        return actions().stream().filter((vector) -> OPERATIONS.contains(action(vector).get("type"))).toList();
    }

    @Test
    void shouldHaveEveryVector()
    {
        assertEquals(16, actions().size());
        assertEquals(8, operations().size());
    }

    @ParameterizedTest
    @MethodSource("actions")
    void shouldWriteAndHashTheAction(final Vectors vector)
    {
        write(action(vector), new MessagePackWriter().wrap(out));
        final String preimage = vector.text(vector.has("action_preimage_hex") ? "action_preimage_hex" :
            "canonical_payload");
        final byte[] action = new byte[out.length()];
        out.buffer().getBytes(0, action);
        assertTrue(preimage.startsWith(HexFormat.of().formatHex(action)));

        final ActionDigest digest = new ActionDigest().action(
            out.buffer(), out.length(), vector.number("timestamp"), vault(vector), expiryMs(vector));
        assertEquals(vector.text(vector.has("connection_id") ? "connection_id" : "expected_signature"),
            hex(digest.connectionId(), 0, 32));
        if (vector.has("digest"))
        {
            final UnsafeBuffer signed = new UnsafeBuffer(new byte[32]);
            digest.digest("mainnet".equals(vector.text("network")), signed, 0);
            assertEquals(vector.text("digest"), hex(signed, 0, 32));
        }
    }

    @ParameterizedTest
    @MethodSource("actions")
    void shouldWriteTheActionAsJson(final Vectors vector)
    {
        write(action(vector), new JsonWriter().wrap(out));
        // The order of names counts too, so as text.
        assertEquals(action(vector).toString(), json(out.toString()).toString());
    }

    @ParameterizedTest
    @MethodSource("operations")
    void shouldProduceTheRequestOfTheVector(final Vectors vector)
    {
        final long nonce = vector.number("timestamp");
        final String network = vector.has("network") ? vector.text("network") : "mainnet";
        final VenueKey key = Fixture.key(Fixture.SIGNER, network, "none");
        final Order order = frames.of(action(vector), vector.has("expires_after") ?
            "" + (vector.number("expires_after") - nonce) : null);
        assertEquals(0, venue.build(order, key, new Stamp().set(nonce * 1_000_000, nonce), request));
        assertEquals(32, request.payload().length());
        if (!vector.has("digest"))
        {
            // Its source states the hash of the action alone, which the test of all actions compares.
            return;
        }
        final byte[] digest = new byte[32];
        request.payload().buffer().getBytes(request.payload().offset(), digest);
        assertEquals(vector.text("digest"), HexFormat.of().formatHex(digest));

        final UnsafeBuffer signature = Fixture.SIGNER.sign(digest);
        assertEquals(0, venue.finish(request, key, signature, 0, 64));
        assertEquals(vector.text("expected_signature"), request.signature().toString());
        assertEquals("/exchange", request.path().toString());
        assertBody(vector, json(request.body().toString()));
    }

    @Test
    void shouldHashWhatUsersSignThemselves()
    {
        final Vectors vector = Vectors.of("hyperliquid.user.usdSend");
        final Map<String, Object> values = vector.map("params");
        final byte[] domain =
            TypedData.domainSeparator("HyperliquidSignTransaction", "1", 0x66eee, new byte[20]);
        final UnsafeBuffer digest = new UnsafeBuffer(new byte[32]);
        new TypedData(new Keccak256())
            .begin(TypedData.hash("HyperliquidTransaction:UsdSend(string hyperliquidChain,string destination," +
                "string amount,uint64 time)"))
            .word(TypedData.hash("" + values.get("hyperliquidChain")))
            .word(TypedData.hash("" + values.get("destination")))
            .word(TypedData.hash("" + values.get("amount")))
            .number(vector.number("timestamp"))
            .digest(domain, digest, 0);
        assertEquals(vector.text("digest"), hex(digest, 0, 32));

        final RecoverableSignature signature = new RecoverableSignature();
        final SoftwareKey signer = SoftwareKey.ofHex(vector.text("key"));
        assertEquals(vector.text("signer_address"),
            "0x" + HexFormat.of().formatHex(signer.publicKey().address()));
        assertTrue(signature.take(
            signer.publicKey(), digest, 0, signer.sign(vector.bytes("digest")), 0));
        final UnsafeBuffer numbers = new UnsafeBuffer(new byte[64]);
        signature.putR(numbers, 0);
        signature.putS(numbers, 32);
        assertEquals(vector.text("expected_signature"),
            hex(numbers, 0, 64) + Integer.toHexString(27 + signature.parity()));
    }

    @SuppressWarnings("unchecked")
    private static void assertBody(final Vectors vector, final Map<String, Object> body)
    {
        assertEquals(action(vector).toString(), body.get("action").toString());
        assertEquals(vector.number("timestamp"), ((Number) body.get("nonce")).longValue());
        assertEquals(vector.fields().get("expires_after"), body.get("expiresAfter"));
        final Map<String, Object> signature = (Map<String, Object>) body.get("signature");
        final String expected = vector.text("expected_signature");
        assertEquals("0x" + expected.substring(0, 64), signature.get("r"));
        assertEquals("0x" + expected.substring(64, 128), signature.get("s"));
        assertEquals(Integer.parseInt(expected.substring(128), 16), signature.get("v"));
    }

    private static Map<String, Object> action(final Vectors vector)
    {
        return vector.map(vector.has("action") ? "action" : "params");
    }

    private static DirectBuffer vault(final Vectors vector)
    {
        return vector.has("vault_address") ? new UnsafeBuffer(vector.bytes("vault_address")) : null;
    }

    private static long expiryMs(final Vectors vector)
    {
        return vector.has("expires_after") ? vector.number("expires_after") : ActionDigest.NO_EXPIRY;
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> json(final String text)
    {
        return (Map<String, Object>) new Load(LoadSettings.builder().build()).loadFromString(text);
    }

    private static void write(final Object value, final ActionWriter writer)
    {
        switch (value)
        {
            case final Map<?, ?> map ->
            {
                writer.beginMap(map.size());
                map.forEach((name, member) ->
                {
                    writer.name(name.toString().getBytes(StandardCharsets.US_ASCII));
                    write(member, writer);
                });
                writer.endMap();
            }
            case final List<?> list ->
            {
                writer.beginArray(list.size());
                list.forEach((member) -> write(member, writer));
                writer.endArray();
            }
            case final Boolean flag -> writer.flag(flag);
            case final Number number -> writer.number(number.longValue());
            default ->
            {
                final byte[] text = value.toString().getBytes(StandardCharsets.US_ASCII);
                writer.text(new UnsafeBuffer(Arrays.copyOf(text, text.length)), 0, text.length);
            }
        }
    }

    private static String hex(final DirectBuffer buffer, final int offset, final int length)
    {
        final byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
