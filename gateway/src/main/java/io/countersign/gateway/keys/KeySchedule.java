package io.countersign.gateway.keys;

import io.countersign.gateway.register.KeyEntry;
import io.countersign.gateway.register.KeyState;
import io.countersign.gateway.register.KeyTimes;
import io.countersign.gateway.register.RegisterException;

import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * What becomes due by itself: cut-overs at their instant, next versions of keys that are old enough. For the key agent.
 */
final class KeySchedule
{
    private static final long INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long RETRY_NS = TimeUnit.MINUTES.toNanos(1);

    /** Part of the time until a rotation after which it is announced. */
    private static final double WARNING = 0.8;

    private final KeyContext context;
    private final KeyCommands commands;
    private final Set<String> told = new HashSet<>();
    private long nextNs;

    KeySchedule(final KeyContext context, final KeyCommands commands, final long nowNs)
    {
        this.context = context;
        this.commands = commands;
        nextNs = nowNs;
    }

    int poll(final long nowNs)
    {
        if (nowNs - nextNs < 0 || context.isBusy())
        {
            return 0;
        }
        nextNs = nowNs + INTERVAL_NS;
        final long utcMs = context.utcMs();
        for (final KeyEntry entry : context.register().keys())
        {
            // One at a time: each changes the register that is looked at.
            if (isDue(entry, utcMs))
            {
                carryOut(entry, nowNs);
                return 1;
            }
            if (KeyState.ACTIVE == entry.state() && KeyTimes.NEVER != entry.times().rotateByMs())
            {
                warn(entry, utcMs);
            }
            if (entry.times().destroyByMs() <= utcMs && KeyState.DESTROYED != entry.state() &&
                told.add(entry + " destroyed"))
            {
                context.tell(entry + " has been past its use for 30 days and is still in its token: " +
                    (KeyState.REVOKED == entry.state() ? "'keys destroy'" : "'keys revoke', then 'keys destroy'"));
            }
        }
        return 0;
    }

    private boolean isDue(final KeyEntry entry, final long utcMs)
    {
        return KeyState.PRE_ACTIVE == entry.state() && entry.times().activateAtMs() <= utcMs ||
            KeyState.ACTIVE == entry.state() && entry.times().rotateByMs() <= utcMs && !hasNext(entry) &&
                !entry.spec().algorithm().isMac();
    }

    private void carryOut(final KeyEntry entry, final long nowNs)
    {
        try
        {
            if (KeyState.PRE_ACTIVE == entry.state())
            {
                commands.activate(null, entry, "by schedule", context.config().overlapMs());
            }
            else
            {
                commands.rotate(entry);
                context.tell(entry + " is due for rotation: the next version is being made; register its public key " +
                    "at the venue, then 'keys activate'");
            }
        }
        catch (final RegisterException ex)
        {
            nextNs = nowNs + RETRY_NS;
            context.tell(ex.getMessage());
        }
    }

    private void warn(final KeyEntry entry, final long utcMs)
    {
        final long fromMs = entry.times().activatedMs();
        final long byMs = entry.times().rotateByMs();
        if (fromMs + (long) (WARNING * (byMs - fromMs)) <= utcMs && !hasNext(entry) && told.add(entry.toString()))
        {
            context.tell(entry + " is to be rotated by " + Instant.ofEpochMilli(byMs) + (
                entry.spec().algorithm().isMac() ? ": import the next secret of its venue" : ": 'keys rotate'"));
        }
    }

    private boolean hasNext(final KeyEntry entry)
    {
        return context.register().versionsOf(entry.alias()).stream()
            .anyMatch((other) -> KeyState.PRE_ACTIVE == other.state() && other.version() > entry.version());
    }
}
