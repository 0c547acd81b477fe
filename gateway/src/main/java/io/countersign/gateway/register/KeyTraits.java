package io.countersign.gateway.register;

/**
 * What never changes of a key version, beside what the token must know of it.
 *
 * @param isRecoverable whether the token may give the key out wrapped by the recovery key, and by that one only.
 * @param isHighValue   whether what the key can do is worth more care than that of the others.
 */
public record KeyTraits(boolean isRecoverable, boolean isHighValue)
{
    /** Not recoverable, not of high value. */
    public static final KeyTraits NONE = new KeyTraits(false, false);
}
