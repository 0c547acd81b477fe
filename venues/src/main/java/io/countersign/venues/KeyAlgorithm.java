package io.countersign.venues;

/**
 * What a key signs with, as venues see it. The names are those that configuration uses for keys of a token.
 */
public enum KeyAlgorithm
{
    /** HMAC with SHA-256. */
    HMAC_SHA256("HMAC-SHA256", true),

    /** HMAC with SHA-384. */
    HMAC_SHA384("HMAC-SHA384", true),

    /** HMAC with SHA-512. */
    HMAC_SHA512("HMAC-SHA512", true),

    /** Pure Ed25519. */
    ED25519("Ed25519", false),

    /** ECDSA on P-256 over SHA-256. */
    ECDSA_P256("ECDSA-P256-SHA256", false),

    /** ECDSA on secp256k1 over SHA-256. */
    ECDSA_SECP256K1("ECDSA-secp256k1-SHA256", false),

    /** ECDSA on secp256k1 over Keccak-256: the payload of a request is the digest. */
    ECDSA_SECP256K1_KECCAK256("ECDSA-secp256k1-Keccak256", false),

    /** RSASSA-PKCS1-v1_5 with SHA-256 and a modulus of 2048 bits. */
    RSA_2048("RSA-2048-PKCS1-SHA256", false);

    private final String configName;
    private final boolean isMac;

    KeyAlgorithm(final String configName, final boolean isMac)
    {
        this.configName = configName;
        this.isMac = isMac;
    }

    /**
     * The name that configuration uses.
     *
     * @return for example {@code Ed25519}.
     */
    public String configName()
    {
        return configName;
    }

    /**
     * Whether the key is a secret that the venue made and knows too.
     *
     * @return true for the HMAC algorithms.
     */
    public boolean isMac()
    {
        return isMac;
    }

    /**
     * The algorithm of a name in configuration.
     *
     * @param configName for example {@code Ed25519}; case matters.
     * @return the algorithm, or null when none has this name.
     */
    public static KeyAlgorithm ofConfigName(final String configName)
    {
        for (final KeyAlgorithm algorithm : values())
        {
            if (algorithm.configName.equals(configName))
            {
                return algorithm;
            }
        }
        return null;
    }
}
