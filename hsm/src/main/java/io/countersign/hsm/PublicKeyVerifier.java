package io.countersign.hsm;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;

import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.bouncycastle.crypto.util.PublicKeyFactory;

/**
 * Verifies signatures in software with a pinned public key. One thread at a time; allocates.
 */
public final class PublicKeyVerifier
{
    /** id-Ed25519 of RFC 8410. */
    static final ASN1ObjectIdentifier ED25519 = new ASN1ObjectIdentifier("1.3.101.112");

    private static final int RSA_MODULUS_BITS = 2048;

    private final SigningAlgorithm algorithm;
    private final PublicKey publicKey;
    private final AsymmetricKeyParameter curveKey;

    private PublicKeyVerifier(
        final SigningAlgorithm algorithm,
        final PublicKey publicKey,
        final AsymmetricKeyParameter curveKey)
    {
        this.algorithm = algorithm;
        this.publicKey = publicKey;
        this.curveKey = curveKey;
    }

    /**
     * A verifier for one public key.
     *
     * @param algorithm            of the signatures; not a MAC algorithm.
     * @param subjectPublicKeyInfo X.509 DER.
     * @return the verifier.
     * @throws IllegalArgumentException when the bytes are no public key of that algorithm; the message says why.
     */
    public static PublicKeyVerifier of(final SigningAlgorithm algorithm, final byte[] subjectPublicKeyInfo)
    {
        if (algorithm.isMac())
        {
            throw new IllegalArgumentException(algorithm.configName() + " has no public key");
        }

        try
        {
            final SubjectPublicKeyInfo info = SubjectPublicKeyInfo.getInstance(subjectPublicKeyInfo);
            check(algorithm, info.getAlgorithm());

            return isPlatformSlowOrLacking(algorithm) ?
                new PublicKeyVerifier(algorithm, null, PublicKeyFactory.createKey(info)) :
                new PublicKeyVerifier(algorithm, platformKey(algorithm, subjectPublicKeyInfo), null);
        }
        catch (final IOException | GeneralSecurityException | IllegalArgumentException | IllegalStateException ex)
        {
            throw new IllegalArgumentException("not a SubjectPublicKeyInfo of " + algorithm.configName() + " (" +
                ex.getMessage() + ")", ex);
        }
    }

    /**
     * Whether a signature is this key's signature of a message.
     *
     * @param message   as it was submitted to the lane: not hashed, unless the algorithm takes digests.
     * @param signature as the token gave it; ECDSA: r and s, 32 bytes each.
     * @return true when it is.
     */
    public boolean verifies(final byte[] message, final byte[] signature)
    {
        if (algorithm.maxSignatureLength() != signature.length)
        {
            return false;
        }

        return switch (curveKey)
        {
            case null -> verifiesOnPlatform(message, signature);
            case Ed25519PublicKeyParameters key -> verifiesEd25519(key, message, signature);
            default -> verifiesSecp256k1(message, signature);
        };
    }

    private static boolean verifiesEd25519(
        final Ed25519PublicKeyParameters key, final byte[] message, final byte[] signature)
    {
        final Ed25519Signer verifier = new Ed25519Signer();
        verifier.init(false, key);
        verifier.update(message, 0, message.length);
        return verifier.verifySignature(signature);
    }

    private boolean verifiesOnPlatform(final byte[] message, final byte[] signature)
    {
        try
        {
            final Signature verifier = Signature.getInstance(platformName(algorithm));
            verifier.initVerify(publicKey);
            verifier.update(message);
            return verifier.verify(signature);
        }
        catch (final GeneralSecurityException ex)
        {
            return false;
        }
    }

    private boolean verifiesSecp256k1(final byte[] message, final byte[] signature)
    {
        final ECDSASigner verifier = new ECDSASigner();
        verifier.init(false, curveKey);
        return verifier.verifySignature(
            algorithm.takesDigest() ? message : Digests.sha256().digest(message),
            new BigInteger(1, Arrays.copyOfRange(signature, 0, 32)),
            new BigInteger(1, Arrays.copyOfRange(signature, 32, 64)));
    }

    /** The Java platform has no secp256k1, and takes 1.2 ms for a signature of Ed25519 that is verified here in 0.2. */
    private static boolean isPlatformSlowOrLacking(final SigningAlgorithm algorithm)
    {
        return SigningAlgorithm.ED25519 == algorithm || SECObjectIdentifiers.secp256k1.equals(curve(algorithm));
    }

    private static void check(final SigningAlgorithm algorithm, final AlgorithmIdentifier identifier)
    {
        final ASN1ObjectIdentifier expectedAlgorithm = switch (algorithm)
        {
            case ED25519 -> ED25519;
            case RSA_2048 -> PKCSObjectIdentifiers.rsaEncryption;
            default -> X9ObjectIdentifiers.id_ecPublicKey;
        };
        if (!expectedAlgorithm.equals(identifier.getAlgorithm()))
        {
            throw new IllegalArgumentException("it is of algorithm " + identifier.getAlgorithm());
        }

        final ASN1ObjectIdentifier curve = curve(algorithm);
        final ASN1Encodable parameters = identifier.getParameters();
        if (null != curve && !curve.equals(parameters))
        {
            throw new IllegalArgumentException("it is on another curve");
        }
    }

    /**
     * The curve of an ECDSA algorithm.
     *
     * @param algorithm any.
     * @return its curve, or null when it is not ECDSA.
     */
    static ASN1ObjectIdentifier curve(final SigningAlgorithm algorithm)
    {
        return switch (algorithm)
        {
            case ECDSA_P256 -> X9ObjectIdentifiers.prime256v1;
            case ECDSA_SECP256K1, ECDSA_SECP256K1_KECCAK256 -> SECObjectIdentifiers.secp256k1;
            default -> null;
        };
    }

    private static PublicKey platformKey(final SigningAlgorithm algorithm, final byte[] subjectPublicKeyInfo)
        throws GeneralSecurityException
    {
        final String name = SigningAlgorithm.RSA_2048 == algorithm ? "RSA" : "EC";
        final PublicKey key = KeyFactory.getInstance(name).generatePublic(new X509EncodedKeySpec(subjectPublicKeyInfo));
        if (key instanceof RSAPublicKey rsa && RSA_MODULUS_BITS != rsa.getModulus().bitLength())
        {
            throw new IllegalArgumentException("its modulus has " + rsa.getModulus().bitLength() + " bits");
        }

        return key;
    }

    private static String platformName(final SigningAlgorithm algorithm)
    {
        return SigningAlgorithm.RSA_2048 == algorithm ? "SHA256withRSA" : "SHA256withECDSAinP1363Format";
    }
}
