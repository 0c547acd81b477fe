package io.countersign.hsm;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKK_EC;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKK_EC_EDWARDS;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKK_GENERIC_SECRET;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKK_RSA;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKK_SHA256_HMAC;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKK_SHA384_HMAC;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKK_SHA512_HMAC;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKM_ECDSA;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKM_EDDSA;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKM_SHA256_HMAC;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKM_SHA256_RSA_PKCS;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKM_SHA384_HMAC;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKM_SHA512_HMAC;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKO_PRIVATE_KEY;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKO_SECRET_KEY;

/**
 * What a key signs with: the name in configuration, the PKCS#11 mechanism and the kind of object that holds the key.
 * Every algorithm has signatures of one length.
 */
public enum SigningAlgorithm
{
    /** HMAC with SHA-256 (RFC 2104, FIPS 198-1). */
    HMAC_SHA256("HMAC-SHA256", CKM_SHA256_HMAC, CKK_GENERIC_SECRET, CKO_SECRET_KEY, 32),

    /** HMAC with SHA-384. */
    HMAC_SHA384("HMAC-SHA384", CKM_SHA384_HMAC, CKK_GENERIC_SECRET, CKO_SECRET_KEY, 48),

    /** HMAC with SHA-512. */
    HMAC_SHA512("HMAC-SHA512", CKM_SHA512_HMAC, CKK_GENERIC_SECRET, CKO_SECRET_KEY, 64),

    /** Pure Ed25519 (RFC 8032), no pre-hash and no context. */
    ED25519("Ed25519", CKM_EDDSA, CKK_EC_EDWARDS, CKO_PRIVATE_KEY, 64),

    /** ECDSA on P-256 over SHA-256; the signature is r and s, 32 bytes each. */
    ECDSA_P256("ECDSA-P256-SHA256", CKM_ECDSA, CKK_EC, CKO_PRIVATE_KEY, 64),

    /** ECDSA on secp256k1 over SHA-256; r and s, 32 bytes each, s not normalised. */
    ECDSA_SECP256K1("ECDSA-secp256k1-SHA256", CKM_ECDSA, CKK_EC, CKO_PRIVATE_KEY, 64),

    /**
     * ECDSA on secp256k1 over Keccak-256, which whoever builds the payload computes: the payload is the digest of 32
     * bytes and reaches the token as it is. The signature is r and s, 32 bytes each, s not normalised.
     */
    ECDSA_SECP256K1_KECCAK256("ECDSA-secp256k1-Keccak256", CKM_ECDSA, CKK_EC, CKO_PRIVATE_KEY, 64),

    /** RSASSA-PKCS1-v1_5 with SHA-256 and a modulus of 2048 bits (RFC 8017). */
    RSA_2048("RSA-2048-PKCS1-SHA256", CKM_SHA256_RSA_PKCS, CKK_RSA, CKO_PRIVATE_KEY, 256);

    /** Length of what an algorithm that takes digests signs, in bytes. */
    public static final int DIGEST_LENGTH = 32;

    /** The longest signature of any algorithm, in bytes. */
    public static final int MAX_SIGNATURE_LENGTH = 256;

    private static final SigningAlgorithm[] VALUES = values();

    private final String configName;
    private final long mechanism;
    private final long keyType;
    private final long objectClass;
    private final int signatureLength;

    SigningAlgorithm(
        final String configName,
        final long mechanism,
        final long keyType,
        final long objectClass,
        final int signatureLength)
    {
        this.configName = configName;
        this.mechanism = mechanism;
        this.keyType = keyType;
        this.objectClass = objectClass;
        this.signatureLength = signatureLength;
    }

    /**
     * The algorithm with a name as configuration files write it.
     *
     * @param configName for example {@code Ed25519}; case matters.
     * @return the algorithm, or null when none has that name.
     */
    public static SigningAlgorithm ofConfigName(final String configName)
    {
        for (final SigningAlgorithm algorithm : VALUES)
        {
            if (algorithm.configName.equals(configName))
            {
                return algorithm;
            }
        }

        return null;
    }

    /**
     * The name in configuration files and in messages.
     *
     * @return the name in configuration files and in messages.
     */
    public String configName()
    {
        return configName;
    }

    /**
     * Whether the key is a shared secret, so that there is no public key to verify with.
     *
     * @return true for the HMAC algorithms.
     */
    public boolean isMac()
    {
        return CKO_SECRET_KEY == objectClass;
    }

    /**
     * Whether the payload is a digest of {@link #DIGEST_LENGTH} bytes already, and nothing else is signed.
     *
     * @return true for ECDSA with Keccak-256, which is no hash of the Java platform or of PKCS#11.
     */
    public boolean takesDigest()
    {
        return ECDSA_SECP256K1_KECCAK256 == this;
    }

    /**
     * The length of every signature of this algorithm in bytes: none is shorter.
     *
     * @return the length of a signature in bytes.
     */
    public int maxSignatureLength()
    {
        return signatureLength;
    }

    /**
     * The PKCS#11 mechanism to prefer. Where a token lacks it, another may do: {@link TokenConnection#signingMethods()}
     * says which is in use.
     *
     * @return a {@code CKM_} value.
     */
    public long mechanism()
    {
        return mechanism;
    }

    /**
     * The PKCS#11 type of the key object.
     *
     * @return a {@code CKK_} value.
     */
    public long keyType()
    {
        return keyType;
    }

    /**
     * Whether a key object of a type can be a key of this algorithm. For MACs some tokens use the type of the hash,
     * which PKCS#11 v2.20 brought, instead of the generic secret.
     *
     * @param type a {@code CKK_} value.
     * @return true when it can.
     */
    boolean isKeyType(final long type)
    {
        return keyType == type || switch (this)
        {
            case HMAC_SHA256 -> CKK_SHA256_HMAC == type;
            case HMAC_SHA384 -> CKK_SHA384_HMAC == type;
            case HMAC_SHA512 -> CKK_SHA512_HMAC == type;
            default -> false;
        };
    }

    /**
     * The PKCS#11 class of the object that signs.
     *
     * @return {@code CKO_SECRET_KEY} or {@code CKO_PRIVATE_KEY}.
     */
    public long objectClass()
    {
        return objectClass;
    }
}
