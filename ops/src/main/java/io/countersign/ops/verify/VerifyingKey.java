package io.countersign.ops.verify;

import io.countersign.hsm.PublicKeyVerifier;
import io.countersign.hsm.SigningAlgorithm;

import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A version of a signing key, as far as its signatures can be verified. For several threads.
 *
 * @param alias     of the key.
 * @param version   under that alias.
 * @param algorithm that it signs with.
 * @param publicKey X.509 SubjectPublicKeyInfo, empty for a MAC key.
 * @param secret    where the secret of a MAC key is, null for any other, and when that is not known.
 * @param verifiers one for each thread.
 */
record VerifyingKey(
    String alias,
    int version,
    SigningAlgorithm algorithm,
    byte[] publicKey,
    Secret secret,
    ThreadLocal<PublicKeyVerifier> verifiers)
{
    /**
     * Where a secret is, and how to recognise it.
     *
     * @param token      name of the token, null where a configuration has only one.
     * @param id         of the object, hexadecimal.
     * @param checkValue hexadecimal.
     */
    record Secret(String token, String id, String checkValue)
    {
        /** Throws IllegalArgumentException when id or check value is none. */
        Secret
        {
            if (0 == id.length() || 0 == HexFormat.of().parseHex(id).length ||
                0 == HexFormat.of().parseHex(checkValue).length)
            {
                throw new IllegalArgumentException("a MAC key has an id and a check value");
            }
        }

        byte[] idBytes()
        {
            return HexFormat.of().parseHex(id);
        }

        byte[] checkValueBytes()
        {
            return HexFormat.of().parseHex(checkValue);
        }
    }

    /** Throws IllegalArgumentException when the public key is none. */
    static VerifyingKey of(
        final String alias, final int version, final SigningAlgorithm algorithm, final byte[] publicKey)
    {
        if (algorithm.isMac())
        {
            return ofMac(alias, version, algorithm, null);
        }
        PublicKeyVerifier.of(algorithm, publicKey);
        return new VerifyingKey(alias, version, algorithm, publicKey, null,
            ThreadLocal.withInitial(() -> PublicKeyVerifier.of(algorithm, publicKey)));
    }

    /** The secret may be null. */
    static VerifyingKey ofMac(
        final String alias, final int version, final SigningAlgorithm algorithm, final Secret secret)
    {
        return new VerifyingKey(alias, version, algorithm, new byte[0], secret, null);
    }

    boolean verifies(final byte[] payload, final byte[] signature)
    {
        return verifiers.get().verifies(payload, signature);
    }

    boolean isSame(final VerifyingKey other)
    {
        return algorithm == other.algorithm && Arrays.equals(publicKey, other.publicKey);
    }

    /** As {@link KeysFile} reads it. */
    String line()
    {
        return alias + ' ' + version + ' ' + algorithm.configName() + ' ' +
            (algorithm.isMac() ? KeysFile.NO_KEY : Base64.getEncoder().encodeToString(publicKey));
    }

    String name()
    {
        return alias + " version " + version;
    }
}
