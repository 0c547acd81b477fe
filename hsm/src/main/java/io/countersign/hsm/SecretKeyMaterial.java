package io.countersign.hsm;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_VALUE;

import iaik.pkcs.pkcs11.wrapper.CK_ATTRIBUTE;

import java.security.MessageDigest;
import java.util.Arrays;

/**
 * A secret as a token takes it. Tokens refuse HMAC keys that are shorter than the digest, and some refuse those that
 * are longer than the hash's block. HMAC (RFC 2104, section 2) itself fills a key with zero bytes up to the block and
 * replaces a key that is longer than the block by its hash, so that the following keys give the same MACs as the
 * secret:
 * <ul>
 *   <li>shorter than the digest: the secret, then zero bytes up to the length of the digest;</li>
 *   <li>from the length of the digest to that of the block: the secret;</li>
 *   <li>longer than the block: the hash of the secret.</li>
 * </ul>
 */
final class SecretKeyMaterial
{
    private final byte[] value;

    private SecretKeyMaterial(final byte[] value)
    {
        this.value = value;
    }

    /**
     * Prepare a secret.
     *
     * @param algorithm a MAC algorithm.
     * @param secret    as the venue gave it, decoded; not empty.
     * @return the material.
     */
    static SecretKeyMaterial of(final SigningAlgorithm algorithm, final byte[] secret)
    {
        final int digestLength = algorithm.maxSignatureLength();
        final int blockLength = SigningAlgorithm.HMAC_SHA256 == algorithm ? 64 : 128;
        if (blockLength < secret.length)
        {
            return new SecretKeyMaterial(hash(algorithm).digest(secret));
        }

        return new SecretKeyMaterial(Arrays.copyOf(secret, Math.max(secret.length, digestLength)));
    }

    /**
     * The attributes that this kind of key has beyond those of every key.
     *
     * @return the attributes, which share the material.
     */
    CK_ATTRIBUTE[] attributes()
    {
        return new CK_ATTRIBUTE[]{ Attributes.of(CKA_VALUE, value) };
    }

    /**
     * The start of the MAC over {@link KeySpec#CHECK_VALUE_TEXT}, computed in software.
     *
     * @param algorithm a MAC algorithm.
     * @param text      to authenticate.
     * @return {@link KeySpec#CHECK_VALUE_LENGTH} bytes.
     */
    byte[] checkValue(final SigningAlgorithm algorithm, final byte[] text)
    {
        final MessageDigest hash = hash(algorithm);
        final int blockLength = SigningAlgorithm.HMAC_SHA256 == algorithm ? 64 : 128;
        final byte[] block = Arrays.copyOf(value, blockLength);
        try
        {
            mask(block, 0x36);
            hash.update(block);
            final byte[] inner = hash.digest(text);
            mask(block, 0x36 ^ 0x5c);
            hash.update(block);
            return Arrays.copyOf(hash.digest(inner), KeySpec.CHECK_VALUE_LENGTH);
        }
        finally
        {
            Arrays.fill(block, (byte) 0);
        }
    }

    /**
     * Zero the material.
     */
    void zero()
    {
        Arrays.fill(value, (byte) 0);
    }

    private static MessageDigest hash(final SigningAlgorithm algorithm)
    {
        return Digests.of(switch (algorithm)
        {
            case HMAC_SHA256 -> "SHA-256";
            case HMAC_SHA384 -> "SHA-384";
            case HMAC_SHA512 -> "SHA-512";
            default -> throw new IllegalArgumentException(algorithm.configName() + " has no secret");
        });
    }

    private static void mask(final byte[] block, final int mask)
    {
        for (int i = 0; i < block.length; i++)
        {
            block[i] ^= (byte) mask;
        }
    }
}
