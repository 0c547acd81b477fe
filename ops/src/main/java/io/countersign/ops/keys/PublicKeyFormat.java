package io.countersign.ops.keys;

import io.countersign.hsm.SigningAlgorithm;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.util.BigIntegers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How a public key is written. What venues ask for when a public key is registered:
 * <ul>
 *   <li>Binance: the text of the PEM file, with or without the lines of dashes, for Ed25519 and RSA ("How to Generate
 *   an Ed25519 Key Pair to Send API Requests on Binance", binance.com/en/support; its own key generator,
 *   github.com/binance/asymmetric-key-generator, writes PEM);</li>
 *   <li>Bybit: "only provide the public key", which its own generator for RSA, github.com/bybit-exchange/
 *   api-rsa-generator, writes as PEM (bybit-exchange.github.io/docs, "Auto-generated API Keys"); the page that takes it
 *   was not tried;</li>
 *   <li>Deribit: "ED25519 or RSA PEM Encoded public key", with the lines of dashes (docs.deribit.com,
 *   private/create_api_key, parameter {@code public_key}).</li>
 * </ul>
 */
enum PublicKeyFormat
{
    /** SubjectPublicKeyInfo (RFC 5280) as PEM (RFC 7468). */
    PEM("pem"),

    /** JSON Web Key (RFC 7517, 8037, 8812) whose {@code kid} is its thumbprint (RFC 7638). */
    JWK("jwk"),

    /** SubjectPublicKeyInfo as DER in base64, as it stands in the gateway's configuration. */
    DER_BASE64("der-base64"),

    /** For Binance. */
    BINANCE("binance", SigningAlgorithm.ED25519, SigningAlgorithm.RSA_2048),

    /** For Bybit. */
    BYBIT("bybit", SigningAlgorithm.RSA_2048),

    /** For Deribit. */
    DERIBIT("deribit", SigningAlgorithm.ED25519, SigningAlgorithm.RSA_2048);

    private static final Base64.Encoder BASE64_URL = Base64.getUrlEncoder().withoutPadding();
    private static final int COORDINATE_LENGTH = 32;

    private final String optionName;
    private final List<SigningAlgorithm> taken;

    PublicKeyFormat(final String optionName, final SigningAlgorithm... taken)
    {
        this.optionName = optionName;
        this.taken = List.of(taken);
    }

    static PublicKeyFormat ofOptionName(final String optionName)
    {
        return Arrays.stream(values()).filter((format) -> format.optionName.equals(optionName)).findAny().orElse(null);
    }

    /**
     * Whether there is such a text for keys of an algorithm.
     *
     * @param algorithm of the key.
     * @return false for what a venue does not take.
     */
    boolean takes(final SigningAlgorithm algorithm)
    {
        return taken.isEmpty() || taken.contains(algorithm);
    }

    /** The algorithms that a venue takes; none where there is no limit. */
    List<String> takenNames()
    {
        return taken.stream().map(SigningAlgorithm::configName).toList();
    }

    /**
     * Write a public key.
     *
     * @param algorithm            of the key.
     * @param subjectPublicKeyInfo X.509 DER.
     * @return lines, the last of which has an end.
     */
    String write(final SigningAlgorithm algorithm, final byte[] subjectPublicKeyInfo)
    {
        return switch (this)
        {
            case JWK -> jwk(algorithm, subjectPublicKeyInfo) + "\n";
            case DER_BASE64 -> Base64.getEncoder().encodeToString(subjectPublicKeyInfo) + "\n";
            default -> pem(subjectPublicKeyInfo);
        };
    }

    private static String pem(final byte[] subjectPublicKeyInfo)
    {
        return "-----BEGIN PUBLIC KEY-----\n" +
            Base64.getMimeEncoder(64, new byte[]{'\n'}).encodeToString(subjectPublicKeyInfo) +
            "\n-----END PUBLIC KEY-----\n";
    }

    private static String jwk(final SigningAlgorithm algorithm, final byte[] subjectPublicKeyInfo)
    {
        try
        {
            // The members that RFC 7638 hashes, in the order of their names.
            final Map<String, Object> key =
                new TreeMap<>(members(algorithm, SubjectPublicKeyInfo.getInstance(subjectPublicKeyInfo)));
            final String thumbprint = BASE64_URL.encodeToString(
                KeyText.sha256(JsonText.of(key).getBytes(StandardCharsets.US_ASCII)));
            final Map<String, Object> all = new LinkedHashMap<>(key);
            all.put("kid", thumbprint);
            all.put("use", "sig");
            all.put("alg", switch (algorithm)
            {
                case ED25519 -> "EdDSA";
                case ECDSA_P256 -> "ES256";
                case RSA_2048 -> "RS256";
                default -> "ES256K";
            });
            return JsonText.of(all);
        }
        catch (final IOException ex)
        {
            throw new IllegalStateException(ex);
        }
    }

    private static Map<String, Object> members(final SigningAlgorithm algorithm, final SubjectPublicKeyInfo info)
        throws IOException
    {
        if (SigningAlgorithm.RSA_2048 == algorithm)
        {
            final RSAPublicKey rsa = RSAPublicKey.getInstance(info.parsePublicKey());
            return Map.of(
                "kty", "RSA",
                "n", text(BigIntegers.asUnsignedByteArray(rsa.getModulus())),
                "e", text(BigIntegers.asUnsignedByteArray(rsa.getPublicExponent())));
        }
        final byte[] point = info.getPublicKeyData().getBytes();
        if (SigningAlgorithm.ED25519 == algorithm)
        {
            return Map.of("kty", "OKP", "crv", "Ed25519", "x", text(point));
        }
        return Map.of(
            "kty", "EC",
            "crv", SigningAlgorithm.ECDSA_P256 == algorithm ? "P-256" : "secp256k1",
            "x", text(Arrays.copyOfRange(point, 1, 1 + COORDINATE_LENGTH)),
            "y", text(Arrays.copyOfRange(point, 1 + COORDINATE_LENGTH, 1 + 2 * COORDINATE_LENGTH)));
    }

    private static String text(final byte[] bytes)
    {
        return BASE64_URL.encodeToString(bytes);
    }

    @Override
    public String toString()
    {
        return optionName;
    }
}
