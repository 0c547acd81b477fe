package io.countersign.gateway.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import io.countersign.gateway.config.AccessIssuerConfig;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * An identity provider with keys of its own, made anew for each test. Header and claims are texts of JSON, so that they
 * can be as odd as a test wants them.
 */
public final class TestIssuer
{
    public static final String ISSUER = "https://idp.example/";
    public static final String AUDIENCE = "countersign";
    public static final String SUBJECT = "bot-7";
    public static final long NOW_S = 1_800_000_000L;
    public static final long NOW_NS = NOW_S * 1_000_000_000L;
    public static final AccessIssuerConfig CONFIG = new AccessIssuerConfig(
        ISSUER, AUDIENCE, Path.of("jwks.json"), null, List.of(), 5, 3_600);

    private final Map<String, KeyPair> keys = new LinkedHashMap<>();
    private final Map<String, String> algorithms = new LinkedHashMap<>();

    /** Signs like RFC 7515 wants it. */
    @FunctionalInterface
    public interface Signer
    {
        byte[] sign(byte[] signingInput) throws GeneralSecurityException, JOSEException;
    }

    public static TestIssuer withOneKeyOfEach()
    {
        return new TestIssuer().with("r", "RS256").with("e", "ES256").with("d", "EdDSA");
    }

    public TestIssuer with(final String kid, final String algorithm)
    {
        return with(kid, algorithm, 2048);
    }

    public TestIssuer with(final String kid, final String algorithm, final int rsaBits)
    {
        try
        {
            final KeyPairGenerator generator = KeyPairGenerator.getInstance(switch (algorithm)
            {
                case "RS256" -> "RSA";
                case "ES256" -> "EC";
                default -> "Ed25519";
            });
            if (!"EdDSA".equals(algorithm))
            {
                generator.initialize("RS256".equals(algorithm) ? rsaBits : 256);
            }
            keys.put(kid, generator.generateKeyPair());
            algorithms.put(kid, algorithm);
            return this;
        }
        catch (final GeneralSecurityException ex)
        {
            throw new IllegalStateException(ex);
        }
    }

    public KeyPair key(final String kid)
    {
        return keys.get(kid);
    }

    public byte[] jwks()
    {
        return keys.keySet().stream().map(this::jwk).collect(Collectors.joining(",", "{\"keys\":[", "]}"))
            .getBytes(StandardCharsets.UTF_8);
    }

    public String jwk(final String kid)
    {
        final KeyPair key = keys.get(kid);
        final String json = switch (key.getPublic())
        {
            case final RSAPublicKey rsa -> new RSAKey.Builder(rsa).keyID(kid).build().toJSONString();
            case final ECPublicKey ec -> new ECKey.Builder(Curve.P_256, ec).keyID(kid).build().toJSONString();
            default -> "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"kid\":\"" + kid + "\",\"x\":\"" + ed25519(kid) + "\"}";
        };
        return json;
    }

    private String ed25519(final String kid)
    {
        final byte[] x509 = keys.get(kid).getPublic().getEncoded();
        return base64(Arrays.copyOfRange(x509, x509.length - 32, x509.length));
    }

    public AccessTokenVerifier verifier() throws JwksException
    {
        final JwkSet set = JwkSet.parse("jwks.json", jwks());
        return new AccessTokenVerifier(CONFIG, () -> set);
    }

    public byte[] token(final String kid)
    {
        return token(kid, header(kid), claims("trade cancel"));
    }

    public byte[] token(final String kid, final String header, final String claims)
    {
        return token(header, claims, signer(kid));
    }

    public static byte[] token(final String header, final String claims, final Signer signer)
    {
        try
        {
            final String signingInput = base64(header.getBytes(StandardCharsets.UTF_8)) + "." +
                base64(claims.getBytes(StandardCharsets.UTF_8));
            final byte[] signature = signer.sign(signingInput.getBytes(StandardCharsets.US_ASCII));
            return (signingInput + "." + base64(signature)).getBytes(StandardCharsets.US_ASCII);
        }
        catch (final GeneralSecurityException | JOSEException ex)
        {
            throw new IllegalStateException(ex);
        }
    }

    public String header(final String kid)
    {
        return "{\"alg\":\"" + algorithms.get(kid) + "\",\"typ\":\"at+jwt\",\"kid\":\"" + kid + "\"}";
    }

    public static String claims(final String scope)
    {
        return claims(scope, NOW_S - 10, NOW_S + 300);
    }

    public static String claims(final String scope, final long issuedS, final long expiresS)
    {
        return """
            {"iss":"%s","aud":"%s","sub":"%s","client_id":"c","jti":"id-1","iat":%d,"exp":%d,"scope":"%s"}"""
            .formatted(ISSUER, AUDIENCE, SUBJECT, issuedS, expiresS, scope);
    }

    private Signer signer(final String kid)
    {
        final KeyPair key = keys.get(kid);
        final JWSAlgorithm algorithm = JWSAlgorithm.parse(algorithms.get(kid));
        if (JWSAlgorithm.EdDSA.equals(algorithm))
        {
            return (input) -> ed25519Signature(key, input);
        }
        return (input) ->
        {
            final JWSSigner signer = JWSAlgorithm.RS256.equals(algorithm) ?
                new RSASSASigner(key.getPrivate()) : new ECDSASigner(key.getPrivate(), Curve.P_256);
            final Base64URL signature = signer.sign(new JWSHeader(algorithm), input);
            return signature.decode();
        };
    }

    private static byte[] ed25519Signature(final KeyPair key, final byte[] input) throws GeneralSecurityException
    {
        final Signature signature = Signature.getInstance("Ed25519");
        signature.initSign(key.getPrivate());
        signature.update(input);
        return signature.sign();
    }

    public static String base64(final byte[] bytes)
    {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
