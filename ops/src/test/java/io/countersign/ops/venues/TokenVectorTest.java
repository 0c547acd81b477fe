package io.countersign.ops.venues;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.countersign.hsm.KeySpec;
import io.countersign.hsm.SigningAlgorithm;
import io.countersign.hsm.SigningLane;
import io.countersign.hsm.SigningListener;
import io.countersign.hsm.SoftHsmFixture;
import io.countersign.hsm.TokenConnector;
import io.countersign.hsm.TokenException;
import io.countersign.ops.venues.Verdict.Kind;
import io.countersign.venues.KeyAlgorithm;
import io.countersign.venues.SignatureEncoding;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Every vector with a key of its own in a token: the venue builds what is signed where a profile or a scheme describes
 * it, the token signs by the lane of the gateway, the venue finishes the request, and what was published comes out.
 */
@Timeout(120)
class TokenVectorTest
{
    private static final int BUILT_FROM_THE_VECTOR = 54;
    private static final int BUILT_FROM_A_TYPED_ORDER = 25;
    private static final int SIGNED_ALONE = 32;

    /** What no token signs with a key of its own, and why. */
    private static final Map<String, String> NOT_SIGNED = new TreeMap<>(Map.of(
        "binance.fix.doc.amend", "a message in a session: none (BodyLength and CheckSum only)",
        "deribit.v1.sha256.doc.buy", "a plain hash over the secret, which is no key then: SHA256(data||secret)",
        "derived.deribit.fix.logon", "a plain hash over the secret, which is no key then: SHA256(data||secret)",
        "dydx.v4.payload.cancel", "a payload, never signed in its source: none (payload only)",
        "hyperliquid.l1.phantom", "a hash, never signed in its source: Keccak-256",
        "rfc8032.ed25519.test1", "an empty message, which no request is, and which the lane refuses: Ed25519"));

    private final SoftHsmFixture token = SoftHsmFixture.create();
    private final Map<String, KeySpec> specs = new HashMap<>();
    private final UnsafeBuffer payloadBuffer = new UnsafeBuffer(ByteBuffer.allocateDirect(4096));
    private SigningLane lane;
    private byte[] signed;

    TokenVectorTest() throws TokenException
    {
    }

    @Test
    void shouldReproduceEveryVectorThroughAToken() throws Exception
    {
        final Map<String, Vector> vectors = new LinkedHashMap<>();
        VectorFiles.all().forEach((vector) -> vectors.put(vector.id(), vector));
        final Map<String, Map.Entry<String, Vector>> described = new LinkedHashMap<>();
        VenueVectorTest.described().forEach((entry) -> described.putIfAbsent(entry.getValue().id(), entry));
        final Map<String, Map.Entry<String, Vector>> ordered = new LinkedHashMap<>();
        VectorFiles.withOrders().forEach((entry) -> ordered.put(entry.getValue().id(), entry));
        ordered.keySet().removeAll(described.keySet());
        for (final Vector vector : vectors.values())
        {
            importKey(vector);
        }

        final Set<String> alone = new TreeSet<>(vectors.keySet());
        alone.removeAll(described.keySet());
        alone.removeAll(ordered.keySet());
        alone.removeAll(NOT_SIGNED.keySet());
        try (TokenConnector connector = new TokenConnector(token.context()))
        {
            lane = connector.connect().inlineLane();
            final List<Map.Entry<String, Vector>> built = new ArrayList<>(described.values());
            built.addAll(ordered.values());
            for (final Map.Entry<String, Vector> entry : built)
            {
                final Verdict verdict = new VectorBench(VectorFiles.venue(entry.getKey()), List.of(entry.getValue()),
                    this::sign).check(entry.getValue());
                assertEquals(Kind.OK, verdict.kind(), verdict::toString);
                assertTrue(verdict.what().contains("signature") || verdict.what().endsWith("its MAC"), verdict.what());
            }
            for (final String id : alone)
            {
                assertSigned(vectors.get(id));
            }
        }
        assertEquals(BUILT_FROM_THE_VECTOR, described.size());
        assertEquals(BUILT_FROM_A_TYPED_ORDER, ordered.size());
        assertEquals(SIGNED_ALONE, alone.size(), alone::toString);
        NOT_SIGNED.forEach((id, why) -> assertTrue(why.endsWith(": " + vectors.get(id).text("algorithm")), id));
        assertEquals(vectors.size(), described.size() + ordered.size() + alone.size() + NOT_SIGNED.size());
    }

    /** A primitive, or what no venue of this build signs: the payload as published. */
    private void assertSigned(final Vector vector) throws Exception
    {
        final VectorKey key = VectorKey.of(vector);
        final byte[] payload = null != vector.text("digest") && KeyAlgorithm.ECDSA_SECP256K1_KECCAK256 ==
            vector.algorithm() ? HexFormat.of().parseHex(vector.text("digest")) : vector.payload();
        final byte[] signature = sign(vector, key, payload);
        final String published = vector.text("expected_signature").split(":")[0];
        final SignatureEncoding encoding = vector.text("encoding").startsWith("hex") ? SignatureEncoding.HEX :
            SignatureEncoding.ofConfigName(vector.text("encoding"));
        if (key.isRandomised())
        {
            assertTrue(key.isSignature(payload, published, encoding), vector.id());
            assertTrue(key.isSignature(
                payload, HexFormat.of().formatHex(signature), SignatureEncoding.HEX), vector.id());
            return;
        }
        assertEquals(published, switch (encoding)
        {
            case BASE64 -> Base64.getEncoder().encodeToString(signature);
            case BASE64URL -> Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
            default -> HexFormat.of().formatHex(signature);
        }, vector.id());
    }

    private byte[] sign(final Vector vector, final VectorKey key, final byte[] payload)
    {
        final KeySpec spec = specs.get(name(vector));
        assertNotNull(spec, vector.id());
        payloadBuffer.putBytes(0, payload);
        signed = null;
        assertTrue(lane.submit(1, token.keys().indexOf(spec), payloadBuffer, 0, payload.length), vector.id());
        assertEquals(1, lane.poll(new SigningListener()
        {
            @Override
            public void onSigned(
                final long correlationId, final DirectBuffer buffer, final int offset, final int length)
            {
                signed = new byte[length];
                buffer.getBytes(offset, signed);
            }

            @Override
            public void onSigningFailed(final long correlationId, final long returnValue)
            {
                throw new AssertionError(vector.id() + ": CKR " + returnValue);
            }
        }));
        return signed;
    }

    private void importKey(final Vector vector) throws TokenException
    {
        if (NOT_SIGNED.containsKey(vector.id()) || specs.containsKey(name(vector)))
        {
            return;
        }
        final VectorKey key = VectorKey.of(vector);
        final SigningAlgorithm algorithm = SigningAlgorithm.ofConfigName(vector.algorithm().configName());
        final String alias = "key-" + specs.size();
        specs.put(name(vector), algorithm.isMac() ? token.importSecret(alias, algorithm, key.secret()) :
            token.importPrivateKey(alias, algorithm, key.pkcs8()));
    }

    private static String name(final Vector vector)
    {
        return vector.algorithm() + " " + vector.text("key_encoding") + " " + vector.text("key");
    }
}
