package io.countersign.hsm;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_DECRYPT;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_DERIVE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_EC_PARAMS;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_EC_POINT;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_MODULUS;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_MODULUS_BITS;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_PUBLIC_EXPONENT;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_UNWRAP;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKM_EC_EDWARDS_KEY_PAIR_GEN;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKM_EC_KEY_PAIR_GEN;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKM_RSA_PKCS_KEY_PAIR_GEN;

import iaik.pkcs.pkcs11.wrapper.CK_ATTRIBUTE;

import java.io.IOException;
import java.math.BigInteger;

import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.asn1.DERNull;

/**
 * How a token is asked for a key pair of an algorithm, and how its public key is read afterwards.
 */
final class KeyPairTemplate
{
    private static final long RSA_MODULUS_BITS = 2048L;
    private static final byte[] RSA_PUBLIC_EXPONENT = { 1, 0, 1 };

    private KeyPairTemplate()
    {
    }

    /**
     * The mechanism that generates.
     *
     * @param algorithm not a MAC algorithm.
     * @return a {@code CKM_} value.
     */
    static long mechanism(final SigningAlgorithm algorithm)
    {
        return switch (algorithm)
        {
            case ED25519 -> CKM_EC_EDWARDS_KEY_PAIR_GEN;
            case RSA_2048 -> CKM_RSA_PKCS_KEY_PAIR_GEN;
            default -> CKM_EC_KEY_PAIR_GEN;
        };
    }

    /**
     * What the public key has beyond the attributes of every public key.
     *
     * @param algorithm not a MAC algorithm.
     * @return the attributes.
     */
    static CK_ATTRIBUTE[] publicAttributes(final SigningAlgorithm algorithm)
    {
        return SigningAlgorithm.RSA_2048 == algorithm ?
            new CK_ATTRIBUTE[]
            {
                Attributes.of(CKA_MODULUS_BITS, RSA_MODULUS_BITS),
                Attributes.of(CKA_PUBLIC_EXPONENT, RSA_PUBLIC_EXPONENT.clone())
            } :
            new CK_ATTRIBUTE[]{ Attributes.of(CKA_EC_PARAMS, KeyParameters.ofCurve(algorithm)) };
    }

    /**
     * What the private key has beyond the attributes of every signing key.
     *
     * @param algorithm not a MAC algorithm.
     * @return the attributes.
     */
    static CK_ATTRIBUTE[] privateAttributes(final SigningAlgorithm algorithm)
    {
        return SigningAlgorithm.RSA_2048 == algorithm ?
            new CK_ATTRIBUTE[]{ Attributes.of(CKA_DECRYPT, false), Attributes.of(CKA_UNWRAP, false) } :
            new CK_ATTRIBUTE[]{ Attributes.of(CKA_DERIVE, false) };
    }

    /**
     * Read a public key from a token.
     *
     * @param session   that sees it.
     * @param object    handle of the public key.
     * @param algorithm of the key.
     * @return SubjectPublicKeyInfo, X.509 DER.
     * @throws TokenException when the token does not answer, or not with a public key of that algorithm.
     */
    static byte[] subjectPublicKeyInfo(
        final TokenSession session,
        final long object,
        final SigningAlgorithm algorithm) throws TokenException
    {
        try
        {
            final SubjectPublicKeyInfo info = SigningAlgorithm.RSA_2048 == algorithm ?
                rsa(session.bytes(object, CKA_MODULUS), session.bytes(object, CKA_PUBLIC_EXPONENT)) :
                curve(algorithm, session.bytes(object, CKA_EC_POINT));
            final byte[] encoded = info.getEncoded("DER");
            PublicKeyVerifier.of(algorithm, encoded);
            return encoded;
        }
        catch (final IOException | IllegalArgumentException ex)
        {
            throw new TokenException("token \"" + session.token().label() + "\" gave a public key that is " +
                ex.getMessage());
        }
    }

    private static SubjectPublicKeyInfo rsa(final byte[] modulus, final byte[] exponent) throws IOException
    {
        return new SubjectPublicKeyInfo(
            new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE),
            new RSAPublicKey(new BigInteger(1, modulus), new BigInteger(1, exponent)));
    }

    private static SubjectPublicKeyInfo curve(final SigningAlgorithm algorithm, final byte[] encodedPoint)
    {
        final ASN1ObjectIdentifier curve = PublicKeyVerifier.curve(algorithm);
        return new SubjectPublicKeyInfo(null == curve ?
            new AlgorithmIdentifier(PublicKeyVerifier.ED25519) :
            new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, curve),
            EcPoint.decode(algorithm, encodedPoint));
    }
}
