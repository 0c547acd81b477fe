package io.countersign.ops.verify;

import io.countersign.hsm.PublicKeyVerifier;
import io.countersign.hsm.SigningAlgorithm;

import java.util.Arrays;
import java.util.Base64;

/**
 * A version of a signing key, as far as its signatures can be verified. For several threads.
 *
 * @param alias     of the key.
 * @param version   under that alias.
 * @param algorithm that it signs with.
 * @param publicKey X.509 SubjectPublicKeyInfo, empty for a MAC key.
 * @param verifiers one for each thread.
 */
record VerifyingKey(
    String alias, int version, SigningAlgorithm algorithm, byte[] publicKey, ThreadLocal<PublicKeyVerifier> verifiers)
{
    /** Throws IllegalArgumentException when the public key is none. */
    static VerifyingKey of(
        final String alias, final int version, final SigningAlgorithm algorithm, final byte[] publicKey)
    {
        if (!algorithm.isMac())
        {
            PublicKeyVerifier.of(algorithm, publicKey);
        }
        return new VerifyingKey(alias, version, algorithm, algorithm.isMac() ? new byte[0] : publicKey,
            ThreadLocal.withInitial(() -> PublicKeyVerifier.of(algorithm, publicKey)));
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
