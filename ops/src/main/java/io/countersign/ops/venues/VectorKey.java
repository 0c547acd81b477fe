package io.countersign.ops.venues;

import io.countersign.venues.KeyAlgorithm;
import io.countersign.venues.SecretEncoding;
import io.countersign.venues.SignatureEncoding;
import io.countersign.venues.evm.RecoverableSignature;
import io.countersign.venues.evm.Secp256k1Key;
import org.agrona.concurrent.UnsafeBuffer;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.crypto.util.PrivateKeyInfoFactory;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * The key that a vector publishes, in software. It is never printed.
 */
final class VectorKey
{
    private static final ECNamedDomainParameters SECP256K1 =
        new ECNamedDomainParameters(SECObjectIdentifiers.secp256k1, CustomNamedCurves.getByName("secp256k1"));
    private static final ECNamedDomainParameters P256 =
        new ECNamedDomainParameters(X9ObjectIdentifiers.prime256v1, CustomNamedCurves.getByName("P-256"));
    private static final byte[] ED25519_HEADER = HexFormat.of().parseHex("302e020100300506032b657004220420");
    private static final int NUMBER_LENGTH = 32;
    private static final int HEX = 16;

    /** What Ethereum adds to the parity. */
    private static final int FIRST_V = 27;

    private final KeyAlgorithm algorithm;
    private final String encoding;
    private final byte[] bytes;

    private VectorKey(final KeyAlgorithm algorithm, final String encoding, final byte[] bytes)
    {
        this.algorithm = algorithm;
        this.encoding = encoding;
        this.bytes = bytes;
    }

    /** Null when the vector has no key; throws IllegalArgumentException when it cannot be read. */
    static VectorKey of(final Vector vector)
    {
        final String text = vector.text("key");
        final String encoding = null == vector.text("key_encoding") ? "utf8" : vector.text("key_encoding");
        if (null == text)
        {
            return null;
        }
        try
        {
            return new VectorKey(vector.algorithm(), encoding, encoding.startsWith("base64") ?
                Base64.getDecoder().decode(text) : encoding.startsWith("hex") ?
                HexFormat.of().parseHex(text.startsWith("0x") ? text.substring(2) : text) :
                text.getBytes(StandardCharsets.UTF_8));
        }
        catch (final IllegalArgumentException ex)
        {
            throw new IllegalArgumentException("'key' is not " + encoding, ex);
        }
    }

    /** Null, or in what the vector's secret is written otherwise than the profile says. */
    String complaint(final SecretEncoding secret)
    {
        final SecretEncoding written = encoding.startsWith("utf") ? SecretEncoding.TEXT :
            "base64".equals(encoding) ? SecretEncoding.BASE64 : null;
        return null == secret || null == written || secret == written || SecretEncoding.HEX == secret ? null :
            "the vector's secret is " + encoding + ", the profile's is " + secret.configName();
    }

    /** As a token would give it: r and s raw. */
    byte[] sign(final byte[] payload) throws GeneralSecurityException
    {
        if (algorithm.isMac())
        {
            final String name = algorithm.configName().replace("-", "").replace("HMAC", "Hmac");
            final Mac mac = Mac.getInstance(name);
            mac.init(new SecretKeySpec(bytes, name));
            return mac.doFinal(payload);
        }
        if (KeyAlgorithm.ED25519 == algorithm || KeyAlgorithm.RSA_2048 == algorithm)
        {
            final boolean isRsa = KeyAlgorithm.RSA_2048 == algorithm;
            final Signature signature = Signature.getInstance(isRsa ? "SHA256withRSA" : "Ed25519");
            signature.initSign(KeyFactory.getInstance(isRsa ? "RSA" : "Ed25519")
                .generatePrivate(new PKCS8EncodedKeySpec(pkcs8())));
            signature.update(payload);
            return signature.sign();
        }
        final ECDSASigner signer = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
        signer.init(true, ellipticKey());
        final BigInteger[] numbers = signer.generateSignature(digest(payload));
        final BigInteger n = domain().getN();
        return numbers(numbers[0], KeyAlgorithm.ECDSA_P256 != algorithm &&
            numbers[1].compareTo(n.shiftRight(1)) > 0 ? n.subtract(numbers[1]) : numbers[1]);
    }

    /** Whether a published signature, which need not be the only good one, is this key's. */
    boolean isSignature(final byte[] payload, final String text, final SignatureEncoding written)
    {
        try
        {
            final byte[] signature = rawSignature(text, written);
            final ECDSASigner verifier = new ECDSASigner();
            verifier.init(false, new ECPublicKeyParameters(
                domain().getG().multiply(ellipticKey().getD()), domain()));
            return verifier.verifySignature(digest(payload),
                new BigInteger(1, Arrays.copyOf(signature, NUMBER_LENGTH)),
                new BigInteger(1, Arrays.copyOfRange(signature, NUMBER_LENGTH, 2 * NUMBER_LENGTH))) &&
                (SignatureEncoding.HEX != written || isRecovered(payload, signature, text));
        }
        catch (final IllegalArgumentException | GeneralSecurityException ex)
        {
            return false;
        }
    }

    /** Whether what stands behind r and s, if anything, is the v that gives the key back, and s is the lower one. */
    private boolean isRecovered(final byte[] payload, final byte[] numbers, final String text)
    {
        final String v = text.substring(Math.min(text.length(), 4 * NUMBER_LENGTH + (text.startsWith("0x") ? 2 : 0)));
        final Secp256k1Key publicKey = secp256k1();
        if (v.isEmpty() || null == publicKey)
        {
            return v.isEmpty();
        }
        final RecoverableSignature recoverable = new RecoverableSignature();
        final UnsafeBuffer lower = new UnsafeBuffer(new byte[NUMBER_LENGTH]);
        final int number = v.matches("[0-9a-fA-F]{1,2}") ? Integer.parseInt(v, HEX) :
            v.matches(":v=[0-9]{1,2}") ? Integer.parseInt(v.substring(":v=".length())) : -1;
        if (!recoverable.take(publicKey, new UnsafeBuffer(payload), 0, new UnsafeBuffer(numbers), 0))
        {
            return false;
        }
        recoverable.putS(lower, 0);
        return Arrays.equals(lower.byteArray(), Arrays.copyOfRange(numbers, NUMBER_LENGTH, 2 * NUMBER_LENGTH)) &&
            (number == recoverable.parity() || number == FIRST_V + recoverable.parity());
    }

    /** Whether two signatures of the same payload may differ. */
    boolean isRandomised()
    {
        return !algorithm.isMac() && KeyAlgorithm.ED25519 != algorithm && KeyAlgorithm.RSA_2048 != algorithm;
    }

    /** Null for other curves. */
    Secp256k1Key secp256k1()
    {
        return KeyAlgorithm.ECDSA_SECP256K1_KECCAK256 != algorithm ? null :
            Secp256k1Key.ofPoint(SECP256K1.getG().multiply(ellipticKey().getD()).getEncoded(false));
    }

    /** The secret of a MAC key. */
    byte[] secret()
    {
        return bytes.clone();
    }

    /** The private key as PKCS#8, as {@code countersign keys import} takes it. */
    byte[] pkcs8()
    {
        if (encoding.contains("PKCS#8"))
        {
            return bytes;
        }
        if (KeyAlgorithm.ED25519 == algorithm)
        {
            final byte[] der = Arrays.copyOf(ED25519_HEADER, ED25519_HEADER.length + NUMBER_LENGTH);
            System.arraycopy(bytes, 0, der, ED25519_HEADER.length, Math.min(NUMBER_LENGTH, bytes.length));
            return der;
        }
        try
        {
            return KeyAlgorithm.RSA_2048 == algorithm ? bytes :
                PrivateKeyInfoFactory.createPrivateKeyInfo(ellipticKey()).getEncoded();
        }
        catch (final IOException ex)
        {
            throw new IllegalArgumentException("'key' cannot be written as PKCS#8", ex);
        }
    }

    private ECPrivateKeyParameters ellipticKey()
    {
        try
        {
            final BigInteger scalar = encoding.contains("SEC1") ? ECPrivateKey.getInstance(bytes).getKey() :
                encoding.contains("PKCS#8") ?
                ECPrivateKey.getInstance(PrivateKeyInfo.getInstance(bytes).parsePrivateKey()).getKey() :
                new BigInteger(1, bytes);
            return new ECPrivateKeyParameters(scalar, domain());
        }
        catch (final IOException ex)
        {
            throw new IllegalArgumentException("'key' is not " + encoding, ex);
        }
    }

    private ECNamedDomainParameters domain()
    {
        return KeyAlgorithm.ECDSA_P256 == algorithm ? P256 : SECP256K1;
    }

    private byte[] digest(final byte[] payload) throws GeneralSecurityException
    {
        return KeyAlgorithm.ECDSA_SECP256K1_KECCAK256 == algorithm ? payload :
            MessageDigest.getInstance("SHA-256").digest(payload);
    }

    private static byte[] rawSignature(final String text, final SignatureEncoding written)
    {
        if (SignatureEncoding.DER == written)
        {
            final ASN1Sequence numbers = ASN1Sequence.getInstance(Base64.getDecoder().decode(text));
            return numbers(ASN1Integer.getInstance(numbers.getObjectAt(0)).getValue(),
                ASN1Integer.getInstance(numbers.getObjectAt(1)).getValue());
        }
        return switch (written)
        {
            case BASE64 -> Base64.getDecoder().decode(text);
            case BASE64URL -> Base64.getUrlDecoder().decode(text);
            default -> HexFormat.of().parseHex(text.substring(text.startsWith("0x") ? 2 : 0),
                0, Math.min(4 * NUMBER_LENGTH, text.length()));
        };
    }

    private static byte[] numbers(final BigInteger r, final BigInteger s)
    {
        return HexFormat.of().parseHex(String.format("%064x%064x", r, s));
    }
}
