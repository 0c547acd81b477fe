package io.countersign.hsm;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_EC_PARAMS;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_EC_POINT;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_MODULUS;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_MODULUS_BITS;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_PUBLIC_EXPONENT;
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
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.util.BigIntegers;
import org.xipki.pkcs11.wrapper.PKCS11Constants;

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
     * A public key as an object of its own, for a private key that was made elsewhere.
     *
     * @param algorithm            of the key.
     * @param subjectPublicKeyInfo X.509 DER of such a key.
     * @return what the object has beyond the attributes of every public key.
     * @throws IOException when the bytes are no such key.
     */
    static CK_ATTRIBUTE[] objectAttributes(final SigningAlgorithm algorithm, final byte[] subjectPublicKeyInfo)
        throws IOException
    {
        final SubjectPublicKeyInfo info = SubjectPublicKeyInfo.getInstance(subjectPublicKeyInfo);
        if (SigningAlgorithm.RSA_2048 == algorithm)
        {
            final RSAPublicKey key = RSAPublicKey.getInstance(info.parsePublicKey());
            return new CK_ATTRIBUTE[]
            {
                Attributes.of(CKA_MODULUS, BigIntegers.asUnsignedByteArray(key.getModulus())),
                Attributes.of(CKA_PUBLIC_EXPONENT, BigIntegers.asUnsignedByteArray(key.getPublicExponent()))
            };
        }

        return new CK_ATTRIBUTE[]
        {
            Attributes.of(CKA_EC_PARAMS, KeyParameters.ofCurve(algorithm)),
            Attributes.of(CKA_EC_POINT, new DEROctetString(info.getPublicKeyData().getBytes()).getEncoded("DER"))
        };
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
                rsa(bytes(session, object, CKA_MODULUS), bytes(session, object, CKA_PUBLIC_EXPONENT)) :
                curve(algorithm, bytes(session, object, CKA_EC_POINT));
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

    private static byte[] bytes(final TokenSession session, final long object, final long type) throws TokenException
    {
        if (session.attribute(object, type) instanceof byte[] value)
        {
            return value;
        }

        throw new TokenException(
            "token \"" + session.token().label() + "\" does not give " + PKCS11Constants.ckaCodeToName(type));
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
