package io.countersign.hsm;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A key that a token is expected to hold, and how to recognise it.
 *
 * @param alias     the name that people and policies use.
 * @param version   the version of the key under that alias.
 * @param id        the {@code CKA_ID} of the key object, at least one byte.
 * @param algorithm what the key signs with.
 * @param pinned    what proves that the key is the right one. Public-key algorithms: the X.509 SubjectPublicKeyInfo as
 *                  DER. MAC algorithms: the check value, which is the first 16 bytes of the MAC over the ASCII text
 *                  {@link #CHECK_VALUE_TEXT}.
 * @param recoverable whether the key may leave the token wrapped ({@code CKA_EXTRACTABLE}); its value stays secret to
 *                  all ({@code CKA_SENSITIVE}). Any other key that is extractable is refused.
 */
public record KeySpec(
    String alias,
    int version,
    byte[] id,
    SigningAlgorithm algorithm,
    byte[] pinned,
    boolean recoverable)
{
    /** The text whose MAC begins with a MAC key's check value. It is no request of any venue. */
    public static final String CHECK_VALUE_TEXT = "countersign key check, version 1";

    /** Length of a MAC key's check value in bytes. */
    public static final int CHECK_VALUE_LENGTH = 16;

    /**
     * Copies the arrays, so that the specification cannot change afterwards.
     *
     * @param alias     the name that people and policies use.
     * @param version   the version of the key under that alias.
     * @param id        the {@code CKA_ID} of the key object.
     * @param algorithm what the key signs with.
     * @param pinned    SubjectPublicKeyInfo or check value.
     * @param recoverable whether the key may leave the token wrapped.
     */
    public KeySpec
    {
        Objects.requireNonNull(alias, "alias");
        Objects.requireNonNull(algorithm, "algorithm");
        id = id.clone();
        pinned = pinned.clone();

        if (0 == id.length)
        {
            throw new IllegalArgumentException("key " + alias + ": the id must have at least one byte");
        }
    }

    /**
     * A key that never leaves its token.
     *
     * @param alias     the name that people and policies use.
     * @param version   the version of the key under that alias.
     * @param id        the {@code CKA_ID} of the key object.
     * @param algorithm what the key signs with.
     * @param pinned    SubjectPublicKeyInfo or check value.
     */
    public KeySpec(
        final String alias,
        final int version,
        final byte[] id,
        final SigningAlgorithm algorithm,
        final byte[] pinned)
    {
        this(alias, version, id, algorithm, pinned, false);
    }

    /**
     * The {@code CKA_ID} of the key object.
     *
     * @return a copy.
     */
    @Override
    public byte[] id()
    {
        return id.clone();
    }

    /**
     * SubjectPublicKeyInfo or check value.
     *
     * @return a copy.
     */
    @Override
    public byte[] pinned()
    {
        return pinned.clone();
    }

    /**
     * Refuse pinned bytes that are none.
     *
     * @throws IllegalArgumentException when a public key or check value is none.
     */
    void checkPinned()
    {
        if (algorithm.isMac())
        {
            if (CHECK_VALUE_LENGTH != pinned.length)
            {
                throw new IllegalArgumentException(this + ": the check value must have " +
                    CHECK_VALUE_LENGTH + " bytes, this has " + pinned.length);
            }
        }
        else
        {
            try
            {
                PublicKeyVerifier.of(algorithm, pinned);
            }
            catch (final IllegalArgumentException ex)
            {
                throw new IllegalArgumentException(this + ": the pinned public key is " + ex.getMessage(), ex);
            }
        }
    }

    /**
     * Check that this is fit for a key of the gateway's own.
     *
     * @param use     what for, in words.
     * @param allowed algorithms.
     * @param keys    none of which it may be.
     * @throws IllegalArgumentException when it is not.
     */
    void checkOwn(final String use, final Set<SigningAlgorithm> allowed, final List<KeySpec> keys)
    {
        checkPinned();
        if (!allowed.contains(algorithm))
        {
            throw new IllegalArgumentException(this + ": the " + use + " must be " + allowed.stream()
                .map(SigningAlgorithm::configName).sorted().collect(Collectors.joining(" or ")));
        }
        for (final KeySpec key : keys)
        {
            if (Arrays.equals(key.id, id) || Arrays.equals(key.pinned, pinned))
            {
                throw new IllegalArgumentException(
                    key + ": is the same as the " + use + ", of which no other use may be made");
            }
        }
    }

    @Override
    public boolean equals(final Object other)
    {
        return other instanceof KeySpec that &&
            version == that.version &&
            algorithm == that.algorithm &&
            recoverable == that.recoverable &&
            alias.equals(that.alias) &&
            Arrays.equals(id, that.id) &&
            Arrays.equals(pinned, that.pinned);
    }

    @Override
    public int hashCode()
    {
        return Objects.hash(alias, version, algorithm, recoverable, Arrays.hashCode(id), Arrays.hashCode(pinned));
    }

    @Override
    public String toString()
    {
        return "key " + alias + " version " + version + " (" + algorithm.configName() + ", id " +
            HexFormat.of().formatHex(id) + ")";
    }
}
