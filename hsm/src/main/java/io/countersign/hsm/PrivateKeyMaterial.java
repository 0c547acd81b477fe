package io.countersign.hsm;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_COEFFICIENT;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_EC_PARAMS;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_EXPONENT_1;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_EXPONENT_2;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_MODULUS;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_PRIME_1;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_PRIME_2;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_PRIVATE_EXPONENT;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_PUBLIC_EXPONENT;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_VALUE;

import iaik.pkcs.pkcs11.wrapper.CK_ATTRIBUTE;

import java.io.IOException;
import java.math.BigInteger;
import java.util.Arrays;

import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.params.RSAPrivateCrtKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.bouncycastle.util.BigIntegers;

/**
 * A private key as a token takes it, from its PKCS#8 form (RFC 5208, RFC 5958, RFC 8410).
 */
final class PrivateKeyMaterial
{
    private static final int SCALAR_LENGTH = 32;

    private final CK_ATTRIBUTE[] attributes;
    private final byte[] subjectPublicKeyInfo;

    private PrivateKeyMaterial(final AsymmetricKeyParameter publicKey, final CK_ATTRIBUTE... attributes)
        throws IOException
    {
        this.attributes = attributes;
        this.subjectPublicKeyInfo = SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(publicKey).getEncoded("DER");
    }

    /**
     * Take a key apart.
     *
     * @param algorithm of the key; not a MAC algorithm.
     * @param pkcs8     PrivateKeyInfo as DER.
     * @return the material.
     * @throws TokenException when the bytes are no such key.
     */
    static PrivateKeyMaterial of(final SigningAlgorithm algorithm, final byte[] pkcs8) throws TokenException
    {
        PrivateKeyMaterial material = null;
        try
        {
            material = of(algorithm, PrivateKeyFactory.createKey(PrivateKeyInfo.getInstance(pkcs8)));
            PublicKeyVerifier.of(algorithm, material.subjectPublicKeyInfo);
            return material;
        }
        catch (final IOException | IllegalArgumentException | IllegalStateException | ClassCastException ex)
        {
            if (null != material)
            {
                material.zero();
            }

            // The cause is left out, because a parser may quote what it read.
            throw new TokenException("the private key is no PKCS#8 DER of " + algorithm.configName() +
                ": correct the algorithm, or decode the file (base64, PEM armour, passphrase) first");
        }
    }

    /**
     * The attributes that this kind of key has beyond those of every key.
     *
     * @return the attributes, which share the material.
     */
    CK_ATTRIBUTE[] attributes()
    {
        return attributes;
    }

    /**
     * The public key.
     *
     * @return X.509 DER.
     */
    byte[] subjectPublicKeyInfo()
    {
        return subjectPublicKeyInfo;
    }

    /**
     * Zero the material.
     */
    void zero()
    {
        for (final CK_ATTRIBUTE attribute : attributes)
        {
            if (attribute.pValue instanceof byte[] value)
            {
                Arrays.fill(value, (byte) 0);
            }
        }
    }

    private static PrivateKeyMaterial of(final SigningAlgorithm algorithm, final AsymmetricKeyParameter key)
        throws IOException
    {
        return switch (algorithm)
        {
            case ED25519 -> ofEd25519((Ed25519PrivateKeyParameters) key);
            case ECDSA_P256, ECDSA_SECP256K1, ECDSA_SECP256K1_KECCAK256 ->
                ofCurve(algorithm, (ECPrivateKeyParameters) key);
            case RSA_2048 -> ofRsa((RSAPrivateCrtKeyParameters) key);
            default -> throw new IllegalArgumentException(algorithm.configName() + " has no private key");
        };
    }

    private static PrivateKeyMaterial ofEd25519(final Ed25519PrivateKeyParameters key) throws IOException
    {
        return new PrivateKeyMaterial(
            key.generatePublicKey(),
            Attributes.of(CKA_EC_PARAMS, KeyParameters.ofCurve(SigningAlgorithm.ED25519)),
            Attributes.of(CKA_VALUE, key.getEncoded()));
    }

    private static PrivateKeyMaterial ofCurve(final SigningAlgorithm algorithm, final ECPrivateKeyParameters key)
        throws IOException
    {
        final ECDomainParameters domain = key.getParameters();
        return new PrivateKeyMaterial(
            new ECPublicKeyParameters(new FixedPointCombMultiplier().multiply(domain.getG(), key.getD()), domain),
            Attributes.of(CKA_EC_PARAMS, KeyParameters.ofCurve(algorithm)),
            Attributes.of(CKA_VALUE, BigIntegers.asUnsignedByteArray(SCALAR_LENGTH, key.getD())));
    }

    private static PrivateKeyMaterial ofRsa(final RSAPrivateCrtKeyParameters key) throws IOException
    {
        return new PrivateKeyMaterial(
            new RSAKeyParameters(false, key.getModulus(), key.getPublicExponent()),
            unsigned(CKA_MODULUS, key.getModulus()),
            unsigned(CKA_PUBLIC_EXPONENT, key.getPublicExponent()),
            unsigned(CKA_PRIVATE_EXPONENT, key.getExponent()),
            unsigned(CKA_PRIME_1, key.getP()),
            unsigned(CKA_PRIME_2, key.getQ()),
            unsigned(CKA_EXPONENT_1, key.getDP()),
            unsigned(CKA_EXPONENT_2, key.getDQ()),
            unsigned(CKA_COEFFICIENT, key.getQInv()));
    }

    private static CK_ATTRIBUTE unsigned(final long type, final BigInteger value)
    {
        return Attributes.of(type, BigIntegers.asUnsignedByteArray(value));
    }
}
