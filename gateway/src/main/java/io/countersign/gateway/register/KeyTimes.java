package io.countersign.gateway.register;

/**
 * The times of a key version: milliseconds since 1970 in UTC, each {@link #NEVER} where there is none. {@code NEVER} is
 * later than every time, so that what has no time is never due.
 *
 * @param createdMs    when the key came into the register.
 * @param activateAtMs when it is to become active by itself.
 * @param activatedMs  when it first became active.
 * @param rotateByMs   when another version should have followed.
 * @param retireByMs   when the overlap with its successor ends.
 * @param destroyByMs  when the key object should be gone.
 */
public record KeyTimes(
    long createdMs, long activateAtMs, long activatedMs, long rotateByMs, long retireByMs, long destroyByMs)
{
    /** No time. */
    public static final long NEVER = Long.MAX_VALUE;

    /** The latest time that the register's file can hold: the last millisecond of the year 9999. */
    public static final long MAX_MS = 253_402_300_799_999L;

    /**
     * Checks the times.
     *
     * @param createdMs    when the key came into the register; not {@link #NEVER}.
     * @param activateAtMs when it is to become active by itself.
     * @param activatedMs  when it first became active.
     * @param rotateByMs   when another version should have followed.
     * @param retireByMs   when the overlap with its successor ends.
     * @param destroyByMs  when the key object should be gone.
     * @throws IllegalArgumentException for a time before 1970 or after {@link #MAX_MS}.
     */
    public KeyTimes
    {
        if (NEVER == createdMs)
        {
            throw new IllegalArgumentException("a key has a time at which it was created");
        }
        check(createdMs, activateAtMs, activatedMs, rotateByMs, retireByMs, destroyByMs);
    }

    /**
     * The times of a new key.
     *
     * @param createdMs when it came into the register.
     * @return times without any other.
     */
    public static KeyTimes created(final long createdMs)
    {
        return new KeyTimes(createdMs, NEVER, NEVER, NEVER, NEVER, NEVER);
    }

    /**
     * Another time to become active at.
     *
     * @param nextMs the time, or {@link #NEVER}.
     * @return the other times as they are, and this one.
     */
    public KeyTimes withActivateAt(final long nextMs)
    {
        return new KeyTimes(createdMs, nextMs, activatedMs, rotateByMs, retireByMs, destroyByMs);
    }

    /**
     * Another time at which it first became active.
     *
     * @param nextMs the time, or {@link #NEVER}.
     * @return the other times as they are, and this one.
     */
    public KeyTimes withActivated(final long nextMs)
    {
        return new KeyTimes(createdMs, activateAtMs, nextMs, rotateByMs, retireByMs, destroyByMs);
    }

    /**
     * Another time by which to rotate.
     *
     * @param nextMs the time, or {@link #NEVER}.
     * @return the other times as they are, and this one.
     */
    public KeyTimes withRotateBy(final long nextMs)
    {
        return new KeyTimes(createdMs, activateAtMs, activatedMs, nextMs, retireByMs, destroyByMs);
    }

    /**
     * Another end of the overlap.
     *
     * @param nextMs the time, or {@link #NEVER}.
     * @return the other times as they are, and this one.
     */
    public KeyTimes withRetireBy(final long nextMs)
    {
        return new KeyTimes(createdMs, activateAtMs, activatedMs, rotateByMs, nextMs, destroyByMs);
    }

    /**
     * Another time by which to destroy.
     *
     * @param nextMs the time, or {@link #NEVER}.
     * @return the other times as they are, and this one.
     */
    public KeyTimes withDestroyBy(final long nextMs)
    {
        return new KeyTimes(createdMs, activateAtMs, activatedMs, rotateByMs, retireByMs, nextMs);
    }

    static void check(final long... times)
    {
        for (final long timeMs : times)
        {
            if (NEVER != timeMs && (timeMs < 0 || MAX_MS < timeMs))
            {
                throw new IllegalArgumentException("a time is before 1970 or after 9999");
            }
        }
    }
}
