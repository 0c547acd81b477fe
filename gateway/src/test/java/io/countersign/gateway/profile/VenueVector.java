package io.countersign.gateway.profile;

import io.countersign.venues.KeyAlgorithm;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** A vector that a venue or a library published, with what a bot, the clock and the configuration must give for it. */
final class VenueVector
{
    private static final String FOLDER = "/io/countersign/venues/";

    private final Map<String, Object> vector;
    private final Map<String, Object> given;

    private VenueVector(final Map<String, Object> vector, final Map<String, Object> given)
    {
        this.vector = vector;
        this.given = given;
    }

    static List<VenueVector> all()
    {
        final Map<Object, Map<String, Object>> byId = new HashMap<>();
        list("venue-vectors.json").forEach((vector) -> byId.put(vector.get("id"), vector));
        list("venue-vectors-derived.json").forEach((vector) -> byId.put(vector.get("id"), vector));
        final List<VenueVector> vectors = new ArrayList<>();
        list("venue-vector-orders.json").forEach(
            (given) -> vectors.add(new VenueVector(byId.get(given.get("vector")), given)));
        return vectors;
    }

    static String resource(final String name)
    {
        try (InputStream in = VenueVector.class.getResourceAsStream(FOLDER + name))
        {
            return null == in ? null : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    /** What must be given: profile, operation, api-key, nonce, passphrase. */
    String given(final String name)
    {
        final Object value = given.get(name);
        return null == value ? null : value.toString();
    }

    long utcNs()
    {
        return ((Number) given.get("utc-ns")).longValue();
    }

    @SuppressWarnings("unchecked")
    Map<String, String> texts(final String name)
    {
        final Map<String, String> texts = new HashMap<>();
        ((Map<String, Object>) given.getOrDefault(name, Map.of()))
            .forEach((key, value) -> texts.put(key, value.toString()));
        return texts;
    }

    KeyAlgorithm algorithm()
    {
        final String name = text("algorithm");
        return name.startsWith("RSA") ? KeyAlgorithm.RSA_2048 : KeyAlgorithm.ofConfigName(name);
    }

    byte[] payload()
    {
        return "hex".equals(text("canonical_payload_encoding")) ?
            HexFormat.of().parseHex(text("canonical_payload")) :
            text("canonical_payload").getBytes(StandardCharsets.UTF_8);
    }

    String signature()
    {
        return text("expected_signature");
    }

    String framedMessage()
    {
        return vector.containsKey("framed_message") ? text("framed_message").replace('|', '\u0001') : null;
    }

    byte[] sign(final byte[] payload) throws GeneralSecurityException
    {
        if (algorithm().isMac())
        {
            final String name = algorithm().configName().replace("-", "").replace("HMAC", "Hmac");
            final Mac mac = Mac.getInstance(name);
            mac.init(new SecretKeySpec("base64".equals(text("key_encoding")) ?
                Base64.getDecoder().decode(text("key")) : text("key").getBytes(StandardCharsets.UTF_8), name));
            return mac.doFinal(payload);
        }
        final boolean isEd25519 = KeyAlgorithm.ED25519 == algorithm();
        final Signature signature = Signature.getInstance(isEd25519 ? "Ed25519" : "SHA256withRSA");
        signature.initSign(KeyFactory.getInstance(isEd25519 ? "Ed25519" : "RSA")
            .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(text("key")))));
        signature.update(payload);
        return signature.sign();
    }

    @Override
    public String toString()
    {
        return given("vector");
    }

    private String text(final String name)
    {
        return vector.get(name).toString();
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> list(final String name)
    {
        // JSON is YAML.
        return (List<Map<String, Object>>) new Load(LoadSettings.builder().build()).loadFromString(resource(name));
    }
}
