package io.countersign.gateway.register;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;

/**
 * The AES-256 key of a token that wraps its recoverable keys, and how many shares bring it back.
 *
 * @param token      name of the token that holds it.
 * @param id         the {@code CKA_ID} of the key object.
 * @param checkValue proof that it is the right key, 3 to 32 bytes.
 * @param threshold  how many shares are needed, from 1 on.
 * @param shares     how many shares there are, at most 255.
 * @param createdMs  when it came into the register, milliseconds since 1970.
 */
public record RecoveryEntry(String token, byte[] id, byte[] checkValue, int threshold, int shares, long createdMs)
{
    private static final int MIN_CHECK_VALUE_LENGTH = 3;
    private static final int MAX_CHECK_VALUE_LENGTH = 32;
    private static final int MAX_SHARES = 255;

    /**
     * Checks and copies.
     *
     * @param token      name of the token that holds it.
     * @param id         the {@code CKA_ID} of the key object.
     * @param checkValue proof that it is the right key.
     * @param threshold  how many shares are needed.
     * @param shares     how many shares there are.
     * @param createdMs  when it came into the register.
     * @throws IllegalArgumentException when something cannot stand in the register.
     */
    public RecoveryEntry
    {
        EntryText.checkName(token, "token");
        id = id.clone();
        checkValue = checkValue.clone();
        KeyEntry.checkId(id);
        if (checkValue.length < MIN_CHECK_VALUE_LENGTH || MAX_CHECK_VALUE_LENGTH < checkValue.length)
        {
            throw new IllegalArgumentException("the check value has " + checkValue.length + " bytes");
        }
        if (threshold < 1 || shares < threshold || MAX_SHARES < shares)
        {
            throw new IllegalArgumentException("a threshold of " + threshold + " of " + shares + " shares");
        }
        if (KeyTimes.NEVER == createdMs)
        {
            throw new IllegalArgumentException("a recovery key has a time at which it was created");
        }
        KeyTimes.check(createdMs);
    }

    /**
     * The entry as its line of the register has it, without the tag.
     *
     * @return a JSON object.
     */
    public String line()
    {
        return new EntryWriter().body(this) + "}";
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
     * Proof that it is the right key.
     *
     * @return a copy.
     */
    @Override
    public byte[] checkValue()
    {
        return checkValue.clone();
    }

    @Override
    public boolean equals(final Object other)
    {
        return other instanceof RecoveryEntry that && token.equals(that.token) && Arrays.equals(id, that.id) &&
            Arrays.equals(checkValue, that.checkValue) && threshold == that.threshold && shares == that.shares &&
            createdMs == that.createdMs;
    }

    @Override
    public int hashCode()
    {
        return Objects.hash(token, Arrays.hashCode(id), Arrays.hashCode(checkValue), threshold, shares, createdMs);
    }

    @Override
    public String toString()
    {
        return "recovery key of token " + token + " (id " + HexFormat.of().formatHex(id) + ", " + threshold + " of " +
            shares + " shares)";
    }
}
