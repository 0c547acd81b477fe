package io.countersign.ops.score;

import io.countersign.gateway.config.RegisterConfig;
import io.countersign.gateway.register.KeyEntry;
import io.countersign.gateway.register.KeyState;
import io.countersign.gateway.register.KeyTimes;

import java.util.concurrent.TimeUnit;

/**
 * Where a key is in its life, as the register has it. Times are milliseconds since 1970.
 *
 * @param state        of the key.
 * @param sinceMs      when it became active; when it was made, where it never was.
 * @param rotateByMs   when another version should have followed.
 * @param lastSignedMs when it signed last; {@link KeyTimes#NEVER} when it never did.
 * @param isRecoverable whether it may leave the token wrapped.
 */
public record KeyLife(KeyState state, long sinceMs, long rotateByMs, long lastSignedMs, boolean isRecoverable)
{
    /** Silence after which an active key is unused. */
    public static final long UNUSED_MS = TimeUnit.DAYS.toMillis(30);

    /**
     * Of an entry of the register.
     *
     * @param entry  the key version.
     * @param config says when a key is to be rotated that has no time of its own.
     * @return its life.
     */
    public static KeyLife of(final KeyEntry entry, final RegisterConfig config)
    {
        final KeyTimes times = entry.times();
        final long sinceMs = KeyTimes.NEVER == times.activatedMs() ? times.createdMs() : times.activatedMs();
        final long rotateByMs = KeyTimes.NEVER != times.rotateByMs() ? times.rotateByMs() :
            sinceMs + (entry.isHighValue() ? config.highValueMs() : config.rotationMs());
        return new KeyLife(entry.state(), sinceMs, rotateByMs, entry.use().lastSignedMs(), entry.isRecoverable());
    }

    /**
     * Whether another version should have followed already.
     *
     * @param nowMs milliseconds since 1970.
     * @return true when it is active and its time has passed.
     */
    public boolean isOld(final long nowMs)
    {
        return KeyState.ACTIVE == state && rotateByMs < nowMs;
    }

    /**
     * Whether it could sign for bots, and has not done so for 30 days.
     *
     * @param nowMs milliseconds since 1970.
     * @return true when it is active and unused.
     */
    public boolean isUnused(final long nowMs)
    {
        return KeyState.ACTIVE == state && UNUSED_MS <= nowMs - quietSinceMs();
    }

    /** When it was last heard of. */
    long quietSinceMs()
    {
        return KeyTimes.NEVER == lastSignedMs ? sinceMs : Math.max(sinceMs, lastSignedMs);
    }
}
