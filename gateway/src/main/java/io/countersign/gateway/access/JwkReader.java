package io.countersign.gateway.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.util.Base64URL;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.util.List;
import java.util.Map;

/**
 * Reads one key of a JWKS.
 */
final class JwkReader
{
    private static final List<String> PRIVATE_MEMBERS = List.of("d", "p", "q", "dp", "dq", "qi", "oth", "k", "priv");
    private static final int MIN_RSA_BITS = 2048;
    private static final int MAX_RSA_BITS = 8192;
    private static final int MAX_RSA_EXPONENT_BITS = 64;
    private static final int P256_COORDINATE_LENGTH = 32;
    private static final int MAX_KID_LENGTH = 256;

    private final String name;
    private final Map<?, ?> jwk;

    /**
     * A key and what access tokens call it.
     *
     * @param kid 1 to 256 bytes.
     * @param key to check signatures with.
     */
    record NamedKey(String kid, VerificationKey key)
    {
    }

    JwkReader(final String name, final Map<?, ?> jwk)
    {
        this.name = name + (jwk.get("kid") instanceof final String kid ? " (kid '" + kid + "')" : "");
        this.jwk = jwk;
    }

    /** The key, or null when it is there for something else. */
    NamedKey read() throws JwksException
    {
        for (final String member : PRIVATE_MEMBERS)
        {
            if (jwk.containsKey(member))
            {
                throw error("has '" + member + "', which belongs to a private or secret key; expected public keys " +
                    "only, and whoever has read this one has the key");
            }
        }
        final JWSAlgorithm algorithm = algorithm(text("kty"));
        if (null == algorithm || !isForSignatures() || has("alg") && !algorithm.getName().equals(text("alg")))
        {
            return null;
        }
        try
        {
            return new NamedKey(kid(), key(algorithm));
        }
        catch (final GeneralSecurityException | JOSEException | IllegalArgumentException | IllegalStateException ex)
        {
            throw error("is no sound " + algorithm.getName() + " key");
        }
    }

    private JWSAlgorithm algorithm(final String type) throws JwksException
    {
        return switch (type)
        {
            case "RSA" -> JWSAlgorithm.RS256;
            case "EC" -> "P-256".equals(text("crv")) ? JWSAlgorithm.ES256 : null;
            case "OKP" -> "Ed25519".equals(text("crv")) ? JWSAlgorithm.EdDSA : null;
            case "oct" -> throw error("is of the type 'oct', which is a secret; expected public keys only");
            default -> null;
        };
    }

    private boolean isForSignatures() throws JwksException
    {
        if (has("use") && !"sig".equals(text("use")))
        {
            return false;
        }
        if (!has("key_ops"))
        {
            return true;
        }
        if (!(jwk.get("key_ops") instanceof final List<?> operations))
        {
            throw error("has a 'key_ops' that is no array");
        }
        return operations.contains("verify");
    }

    private String kid() throws JwksException
    {
        if (!has("kid"))
        {
            throw error("has no 'kid'; expected one, which access tokens name it by");
        }
        final String kid = text("kid");
        final int length = kid.getBytes(StandardCharsets.UTF_8).length;
        if (0 == length || MAX_KID_LENGTH < length || kid.chars().anyMatch(Character::isISOControl))
        {
            throw error("has a 'kid' that is not 1 to " + MAX_KID_LENGTH + " bytes without control characters");
        }
        return kid;
    }

    private VerificationKey key(final JWSAlgorithm algorithm)
        throws JwksException, GeneralSecurityException, JOSEException
    {
        if (JWSAlgorithm.RS256.equals(algorithm))
        {
            return new VerificationKey(algorithm, new RSASSAVerifier(rsaKey()));
        }
        if (JWSAlgorithm.ES256.equals(algorithm))
        {
            // The builder refuses a point that is not on the curve.
            return new VerificationKey(algorithm, new ECDSAVerifier(new ECKey.Builder(
                Curve.P_256,
                Base64URL.encode(bytes("x", P256_COORDINATE_LENGTH)),
                Base64URL.encode(bytes("y", P256_COORDINATE_LENGTH))).build()));
        }
        return new VerificationKey(algorithm, new Ed25519Verifier(bytes("x", Ed25519Verifier.KEY_LENGTH)));
    }

    private RSAPublicKey rsaKey() throws JwksException, GeneralSecurityException
    {
        final BigInteger modulus = new BigInteger(1, bytes("n"));
        final BigInteger exponent = new BigInteger(1, bytes("e"));
        if (modulus.bitLength() < MIN_RSA_BITS || MAX_RSA_BITS < modulus.bitLength())
        {
            throw error("is an RSA key of " + modulus.bitLength() + " bits; expected " + MIN_RSA_BITS + " to " +
                MAX_RSA_BITS);
        }
        if (exponent.bitLength() < 2 || MAX_RSA_EXPONENT_BITS < exponent.bitLength() || !exponent.testBit(0) ||
            !modulus.testBit(0))
        {
            throw error("is an RSA key with an even modulus or an exponent that is not odd and from 3 to 2^64");
        }
        return (RSAPublicKey) KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(modulus, exponent));
    }

    private byte[] bytes(final String member, final int length) throws JwksException
    {
        final byte[] bytes = bytes(member);
        if (length != bytes.length)
        {
            throw error("has a '" + member + "' of " + bytes.length + " bytes; expected " + length);
        }
        return bytes;
    }

    private byte[] bytes(final String member) throws JwksException
    {
        final byte[] bytes = StrictBase64.decode(text(member).getBytes(StandardCharsets.UTF_8));
        if (null == bytes || 0 == bytes.length)
        {
            throw error("has a '" + member + "' that is not base64url without padding");
        }
        return bytes;
    }

    private boolean has(final String member)
    {
        return jwk.containsKey(member);
    }

    private String text(final String member) throws JwksException
    {
        if (!(jwk.get(member) instanceof final String text))
        {
            throw error("has no text '" + member + "'");
        }
        return text;
    }

    private JwksException error(final String what)
    {
        return new JwksException(name + " " + what);
    }
}
