package io.countersign.gateway.register;

/**
 * How much a key version was used, as far as it was written down.
 *
 * @param signatures   that it made.
 * @param lastSignedMs when it made the last of them, milliseconds since 1970, or {@link KeyTimes#NEVER}.
 */
public record KeyUse(long signatures, long lastSignedMs)
{
    /** Not used yet. */
    public static final KeyUse NONE = new KeyUse(0, KeyTimes.NEVER);

    /**
     * Checks the numbers.
     *
     * @param signatures   that it made.
     * @param lastSignedMs when it made the last of them; {@link KeyTimes#NEVER} exactly when there is none.
     * @throws IllegalArgumentException when that is not so.
     */
    public KeyUse
    {
        KeyTimes.check(lastSignedMs);
        if (signatures < 0 || 0 == signatures != (KeyTimes.NEVER == lastSignedMs))
        {
            throw new IllegalArgumentException("the number of signatures and the time of the last do not go together");
        }
    }
}
