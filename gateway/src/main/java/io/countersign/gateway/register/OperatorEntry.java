package io.countersign.gateway.register;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;

/**
 * An operator as enrolled.
 *
 * @param name        the principal of the policy that lists where the operator comes from.
 * @param role        what the operator may command.
 * @param publicKey   the X.509 SubjectPublicKeyInfo of the Ed25519 key that signs commands, as DER (RFC 8410).
 * @param totpVersion which TOTP secret is in force, from 1 on.
 * @param state       whether commands are taken.
 * @param enrolledMs  when the operator was enrolled, milliseconds since 1970.
 */
public record OperatorEntry(
    String name, OperatorRole role, byte[] publicKey, int totpVersion, OperatorState state, long enrolledMs)
{
    private static final byte[] ED25519_HEAD = HexFormat.of().parseHex("302a300506032b6570032100");
    private static final int ED25519_LENGTH = 44;

    /**
     * Checks and copies.
     *
     * @param name        of the operator.
     * @param role        what the operator may command.
     * @param publicKey   SubjectPublicKeyInfo of an Ed25519 key, 44 bytes.
     * @param totpVersion which TOTP secret is in force.
     * @param state       whether commands are taken.
     * @param enrolledMs  when the operator was enrolled.
     * @throws IllegalArgumentException when something cannot stand in the register.
     */
    public OperatorEntry
    {
        EntryText.checkName(name, "operator");
        Objects.requireNonNull(role, "role");
        Objects.requireNonNull(state, "state");
        publicKey = publicKey.clone();
        if (ED25519_LENGTH != publicKey.length ||
            !Arrays.equals(ED25519_HEAD, Arrays.copyOf(publicKey, ED25519_HEAD.length)))
        {
            throw new IllegalArgumentException("the public key is no SubjectPublicKeyInfo of an Ed25519 key");
        }
        if (totpVersion < 1)
        {
            throw new IllegalArgumentException("the TOTP version is below 1");
        }
        if (KeyTimes.NEVER == enrolledMs)
        {
            throw new IllegalArgumentException("an operator has a time of enrolment");
        }
        KeyTimes.check(enrolledMs);
    }

    /**
     * The public key.
     *
     * @return a copy.
     */
    @Override
    public byte[] publicKey()
    {
        return publicKey.clone();
    }

    /**
     * Whether the operator's commands are taken.
     *
     * @return true when enrolled, not locked and not removed.
     */
    public boolean isEnrolled()
    {
        return OperatorState.ENROLLED == state;
    }

    /**
     * Whether two operators sign with the same key: then they are not two pairs of eyes.
     *
     * @param other operator.
     * @return true when they do.
     */
    public boolean hasKeyOf(final OperatorEntry other)
    {
        return Arrays.equals(publicKey, other.publicKey);
    }

    /**
     * In another state. Whether it may go there, {@link Register#withOperator(OperatorEntry)} checks.
     *
     * @param next state.
     * @return everything else as it is.
     */
    public OperatorEntry withState(final OperatorState next)
    {
        return new OperatorEntry(name, role, publicKey, totpVersion, next, enrolledMs);
    }

    @Override
    public boolean equals(final Object other)
    {
        return other instanceof OperatorEntry that && name.equals(that.name) && role == that.role &&
            Arrays.equals(publicKey, that.publicKey) && totpVersion == that.totpVersion && state == that.state &&
            enrolledMs == that.enrolledMs;
    }

    @Override
    public int hashCode()
    {
        return Objects.hash(name, role, Arrays.hashCode(publicKey), totpVersion, state, enrolledMs);
    }

    @Override
    public String toString()
    {
        return "operator " + name + " (" + role.configName() + ", " + state.configName() + ")";
    }
}
