package io.countersign.gateway.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.countersign.codecs.wire.Reason;
import io.countersign.gateway.config.VenueProfiles;
import io.countersign.hsm.KeySpec;
import io.countersign.hsm.SigningAlgorithm;
import io.countersign.hsm.SigningLane;
import io.countersign.hsm.SigningListener;
import io.countersign.hsm.SoftHsmFixture;
import io.countersign.hsm.TokenConnector;
import io.countersign.venues.KeyAlgorithm;
import io.countersign.venues.Operation;
import io.countersign.venues.SignatureEncoding;
import io.countersign.venues.Stamp;
import io.countersign.venues.Venue;
import io.countersign.venues.VenueKey;
import io.countersign.venues.VenueRequest;
import io.countersign.venues.evm.RecoverableSignature;
import io.countersign.venues.evm.Secp256k1Key;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Published digests signed by a token, whose signatures are random: the published signer must come out again. */
class TokenRecoveryTest
{
    private static final String SIGNER = "0123456789012345678901234567890123456789012345678901234567890123";

    private final Map<String, KeySpec> keys = new HashMap<>();
    private final UnsafeBuffer payload = new UnsafeBuffer(ByteBuffer.allocateDirect(1024));
    private final UnsafeBuffer signature = new UnsafeBuffer(ByteBuffer.allocateDirect(64));
    private final RecoverableSignature recoverable = new RecoverableSignature();

    @Test
    void shouldRecoverThePublishedSigners() throws Exception
    {
        final List<Map<String, Object>> vectors = vectors(SigningAlgorithm.ECDSA_SECP256K1_KECCAK256);
        assertEquals(21, vectors.size());
        final SoftHsmFixture token = SoftHsmFixture.create();
        for (final Map<String, Object> vector : vectors)
        {
            importKey(token, vector.get("key").toString(), SigningAlgorithm.ECDSA_SECP256K1_KECCAK256);
        }

        try (TokenConnector connector = new TokenConnector(token.context()))
        {
            final SigningLane lane = connector.connect().inlineLane();
            for (final Map<String, Object> vector : vectors)
            {
                final KeySpec spec = keys.get(vector.get("key").toString());
                final Secp256k1Key key = Secp256k1Key.ofSubjectPublicKeyInfo(spec.pinned());
                payload.putBytes(0, HexFormat.of().parseHex(vector.get("digest").toString()));
                for (int i = 0; i < 4; i++)
                {
                    sign(lane, token.keys().indexOf(spec), payload, 0, 32);
                    assertTrue(recoverable.take(key, payload, 0, signature, 0), vector.get("id").toString());
                    final UnsafeBuffer form = new UnsafeBuffer(new byte[64]);
                    recoverable.putR(form, 0);
                    recoverable.putS(form, 32);
                    assertEquals(address(spec.pinned()), recover(
                        bytes(payload, 0), bytes(form, 0), bytes(form, 32), recoverable.parity()));
                }
                if (vector.containsKey("signer_address"))
                {
                    assertEquals(vector.get("signer_address"), "0x" + HexFormat.of().formatHex(key.address()));
                }
            }
        }
    }

    @Test
    void shouldFinishARequestThatTheTokenSigned() throws Exception
    {
        final SoftHsmFixture token = SoftHsmFixture.create();
        importKey(token, SIGNER, SigningAlgorithm.ECDSA_SECP256K1_KECCAK256);
        final Venue venue = VenueProfiles.shipped().byName("hyperliquid");
        final VenueKey key = VenueKey.builder("0x14791697260e4c9a71f18484c9f997b308e59325",
            KeyAlgorithm.ECDSA_SECP256K1_KECCAK256, SignatureEncoding.HEX)
            .parameters(List.of("mainnet", "none"))
            .secp256k1(Secp256k1Key.ofSubjectPublicKeyInfo(keys.get(SIGNER).pinned()))
            .build();
        final VenueRequest request = new VenueRequest();
        assertEquals(Reason.NONE.value(), venue.build(
            new OrderFrames().order(Operation.NEW_ORDER, OrderFrames.fields(Map.of("symbol", "1", "side", "buy",
                "order-type", "limit", "time-in-force", "gtc", "price", "100", "quantity", "100"))),
            key, new Stamp().set(0, 0), request));

        try (TokenConnector connector = new TokenConnector(token.context()))
        {
            sign(connector.connect().inlineLane(), 0, request.payload().buffer(), request.payload().offset(), 32);
        }
        assertEquals("a5cfed1f2d7948de30aecacc7fea3c5e05c1e759020e96239847879b906f801e",
            HexFormat.of().formatHex(bytes(request.payload().buffer(), request.payload().offset())));
        assertEquals(Reason.NONE.value(), venue.finish(request, key, signature, 0, 64));
        final Map<?, ?> written = (Map<?, ?>) ((Map<?, ?>) new Load(LoadSettings.builder().build())
            .loadFromString(request.body().toString())).get("signature");
        assertEquals("14791697260e4c9a71f18484c9f997b308e59325", recover(
            bytes(request.payload().buffer(), request.payload().offset()),
            HexFormat.of().parseHex(written.get("r").toString().substring(2)),
            HexFormat.of().parseHex(written.get("s").toString().substring(2)),
            ((Number) written.get("v")).intValue() - 27));
    }

    /** What is hashed with SHA-256 on the way to the token: by the chains of the Cosmos SDK, dYdX's among them. */
    @Test
    void shouldSignWhatIsPublishedToBeHashed() throws Exception
    {
        final List<Map<String, Object>> vectors = vectors(SigningAlgorithm.ECDSA_SECP256K1);
        assertEquals(4, vectors.size());
        final SoftHsmFixture token = SoftHsmFixture.create();
        for (final Map<String, Object> vector : vectors)
        {
            importKey(token, vector.get("key").toString(), SigningAlgorithm.ECDSA_SECP256K1);
        }

        try (TokenConnector connector = new TokenConnector(token.context()))
        {
            final SigningLane lane = connector.connect().inlineLane();
            for (final Map<String, Object> vector : vectors)
            {
                final KeySpec spec = keys.get(vector.get("key").toString());
                final Secp256k1Key key = Secp256k1Key.ofSubjectPublicKeyInfo(spec.pinned());
                final String text = vector.get("canonical_payload").toString();
                final byte[] signDoc = "hex".equals(vector.get("canonical_payload_encoding")) ?
                    HexFormat.of().parseHex(text) : text.getBytes(StandardCharsets.UTF_8);
                payload.putBytes(0, signDoc);
                sign(lane, token.keys().indexOf(spec), payload, 0, signDoc.length);
                final byte[] digest = MessageDigest.getInstance("SHA-256").digest(signDoc);
                assertTrue(recoverable.take(key, new UnsafeBuffer(digest), 0, signature, 0),
                    vector.get("id").toString());
                final UnsafeBuffer form = new UnsafeBuffer(new byte[64]);
                recoverable.putR(form, 0);
                recoverable.putS(form, 32);
                assertEquals(address(spec.pinned()),
                    recover(digest, bytes(form, 0), bytes(form, 32), recoverable.parity()));
            }
        }
    }

    /** Those that state what is signed. */
    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> vectors(final SigningAlgorithm algorithm) throws Exception
    {
        final List<Map<String, Object>> vectors = new ArrayList<>();
        for (final String file : List.of("venue-vectors.json", "venue-vectors-derived.json"))
        {
            final Load load = new Load(LoadSettings.builder().build());
            for (final Map<String, Object> vector :
                (List<Map<String, Object>>) load.loadFromString(resource(file)))
            {
                if (algorithm.configName().equals(vector.get("algorithm")))
                {
                    vectors.add(vector);
                }
            }
        }
        return vectors;
    }

    private static String resource(final String name) throws IOException
    {
        try (InputStream in = TokenRecoveryTest.class.getResourceAsStream("/io/countersign/venues/" + name))
        {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private void importKey(final SoftHsmFixture token, final String scalar, final SigningAlgorithm algorithm)
        throws Exception
    {
        if (!keys.containsKey(scalar))
        {
            keys.put(scalar, token.importPrivateKey(
                "key", algorithm, SignerRecovery.pkcs8(scalar)));
        }
    }

    private void sign(
        final SigningLane lane, final int keyIndex, final DirectBuffer bytes, final int offset, final int count)
    {
        assertTrue(lane.submit(1, keyIndex, bytes, offset, count));
        assertEquals(1, lane.poll(new SigningListener()
        {
            @Override
            public void onSigned(
                final long correlationId, final DirectBuffer buffer, final int at, final int length)
            {
                assertEquals(64, length);
                signature.putBytes(0, buffer, at, length);
            }

            @Override
            public void onSigningFailed(final long correlationId, final long returnValue)
            {
                throw new AssertionError("CKR " + returnValue);
            }
        }));
    }

    private static String recover(final byte[] digest, final byte[] r, final byte[] s, final int parity)
    {
        return HexFormat.of().formatHex(SignerRecovery.recover(digest, r, s, parity).address());
    }

    private static String address(final byte[] subjectPublicKeyInfo)
    {
        return HexFormat.of().formatHex(Secp256k1Key.ofSubjectPublicKeyInfo(subjectPublicKeyInfo).address());
    }

    private static byte[] bytes(final DirectBuffer buffer, final int offset)
    {
        final byte[] bytes = new byte[32];
        buffer.getBytes(offset, bytes);
        return bytes;
    }
}
