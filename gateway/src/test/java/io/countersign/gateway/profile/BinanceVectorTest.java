package io.countersign.gateway.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.countersign.codecs.wire.Method;
import io.countersign.gateway.config.VenueProfiles;
import io.countersign.venues.KeyAlgorithm;
import io.countersign.venues.KeyRule;
import io.countersign.venues.Operation;
import io.countersign.venues.Order;
import io.countersign.venues.Stamp;
import io.countersign.venues.Venue;
import io.countersign.venues.VenueKey;
import io.countersign.venues.VenueRequest;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BinanceVectorTest
{
    private static final long OTHER_TIME_MS = 1_700_000_000_000L;

    private final Venue venue = VenueProfiles.shipped().byName("binance-spot");
    private final BinanceFrames frames = new BinanceFrames();
    private final VenueRequest request = new VenueRequest();

    static List<Vector> vectors() throws Exception
    {
        final List<Vector> vectors = new ArrayList<>();
        try (InputStream in = BinanceVectorTest.class.getResourceAsStream("binance-spot.txt"))
        {
            for (final String block : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n\n"))
            {
                final Vector vector = new Vector();
                block.lines().filter((line) -> !line.startsWith("#")).forEach(vector::put);
                if (!vector.fields.isEmpty())
                {
                    vectors.add(vector);
                }
            }
        }
        return vectors;
    }

    @Test
    void shouldHaveEveryVector() throws Exception
    {
        assertEquals(12, vectors().size());
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void shouldProduceTheRequestOfTheVector(final Vector vector) throws Exception
    {
        final Operation operation = Operation.ofConfigName(vector.get("operation"));
        final Order order = frames.order(operation, vector.parameters);
        final KeyRule rule = venue.keyRule(vector.algorithm());
        final VenueKey key = VenueKey.builder(vector.get("apiKey"), rule.algorithm(), rule.signature())
            .fixedTimestampMs(Long.valueOf(vector.parameters.get("timestamp")))
            .build();
        final Stamp stamp = new Stamp().set(key.utcNs(OTHER_TIME_MS), 0);

        assertTrue(venue.supports(operation));
        assertEquals(0, venue.build(order, key, stamp, request));
        assertTrue(request.isBuilt());
        assertEquals(vector.get("payload"), request.payload().toString());
        assertEquals(0, request.signature().length());

        final UnsafeBuffer signature = new UnsafeBuffer(vector.sign(payload()));
        assertEquals(0, venue.finish(request, key, signature, 0, signature.capacity()));

        assertTrue(request.isFinished());
        assertEquals(vector.get("signature"), request.signature().toString());
        assertEquals(
            vector.get("payload") + "&signature=" +
                URLEncoder.encode(vector.get("signature"), StandardCharsets.UTF_8),
            request.query().toString());
        assertEquals(vector.get("payload"), request.payload().toString());
        assertEquals("X-MBX-APIKEY: " + vector.get("apiKey") + "\n", request.headers().toString());
        assertEquals(
            operation == Operation.QUERY_ACCOUNT ? "/api/v3/account" : "/api/v3/order", request.path().toString());
        assertEquals(methodOf(operation), Method.get(request.method()));
        assertEquals(0, request.body().length());
    }

    private static Method methodOf(final Operation operation)
    {
        switch (operation)
        {
            case NEW_ORDER:
                return Method.POST;
            case CANCEL_ORDER:
                return Method.DELETE;
            default:
                return Method.GET;
        }
    }

    /** Reads the payload at its address, as a token would. */
    private byte[] payload()
    {
        final int length = request.payload().length();
        final UnsafeBuffer memory = new UnsafeBuffer(request.payloadAddress(), length);
        final byte[] bytes = new byte[length];
        memory.getBytes(0, bytes);
        return bytes;
    }

    private static final class Vector
    {
        private final Map<String, String> fields = new LinkedHashMap<>();
        private final Map<String, String> parameters = new LinkedHashMap<>();

        private void put(final String line)
        {
            final int split = line.indexOf('=');
            final String name = line.substring(0, split);
            final String value = line.substring(split + 1);
            if (name.startsWith("param."))
            {
                parameters.put(name.substring("param.".length()), value);
            }
            else
            {
                fields.put(name, value);
            }
        }

        private String get(final String name)
        {
            return fields.get(name);
        }

        private KeyAlgorithm algorithm()
        {
            return get("algorithm").startsWith("RSA") ?
                KeyAlgorithm.RSA_2048 : KeyAlgorithm.ofConfigName(get("algorithm"));
        }

        private byte[] sign(final byte[] payload) throws Exception
        {
            if (get("algorithm").equals("HMAC-SHA256"))
            {
                final Mac mac = Mac.getInstance("HmacSHA256");
                mac.init(new SecretKeySpec(get("key").getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
                return mac.doFinal(payload);
            }
            final boolean isEd25519 = get("algorithm").equals("Ed25519");
            final Signature signature = Signature.getInstance(isEd25519 ? "Ed25519" : "SHA256withRSA");
            signature.initSign(KeyFactory.getInstance(isEd25519 ? "Ed25519" : "RSA")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(get("key")))));
            signature.update(payload);
            return signature.sign();
        }

        @Override
        public String toString()
        {
            return get("id");
        }
    }
}
