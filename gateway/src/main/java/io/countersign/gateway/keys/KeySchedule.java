package io.countersign.gateway.keys;

import io.countersign.gateway.register.KeyEntry;
import io.countersign.gateway.register.KeyState;
import io.countersign.gateway.register.KeyTimes;
import io.countersign.gateway.register.RegisterException;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * What becomes due by itself: cut-overs at their instant, next versions of keys that are old enough. For the key agent.
 */
final class KeySchedule
{
    private static final long INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long MIN_RETRY_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long MAX_RETRY_NS = TimeUnit.MINUTES.toNanos(1);

    /** Part of the time until a rotation after which it is announced. */
    private static final double WARNING = 0.8;

    private final KeyContext context;
    private final KeyCommands commands;
    private final Set<String> told = new HashSet<>();
    private final Map<String, Attempt> attempts = new HashMap<>();
    private long nextNs;

    /** When something that was tried is tried again, should it still be due. */
    private record Attempt(long retryNs, long backoffNs)
    {
    }

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
            if (isDue(entry, utcMs) && mayTry(entry, nowNs))
            {
                carryOut(entry);
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

    /** One that fails holds up no other, and is tried less and less often. */
    private boolean mayTry(final KeyEntry entry, final long nowNs)
    {
        final Attempt last = attempts.get(entry.toString());
        if (null != last && nowNs - last.retryNs < 0)
        {
            return false;
        }
        final long backoffNs = null == last ? MIN_RETRY_NS : Math.min(MAX_RETRY_NS, 2 * last.backoffNs);
        attempts.put(entry.toString(), new Attempt(nowNs + backoffNs, backoffNs));
        return true;
    }

    private void carryOut(final KeyEntry entry)
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
            .anyMatch((other) -> other.version() > entry.version() &&
                (KeyState.PRE_ACTIVE == other.state() || KeyState.PRE_ACTIVE == other.stateBefore()));
    }
}
