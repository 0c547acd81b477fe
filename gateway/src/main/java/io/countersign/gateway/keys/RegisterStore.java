package io.countersign.gateway.keys;

import io.countersign.gateway.control.TokenTask;
import io.countersign.gateway.register.Register;
import io.countersign.gateway.register.RegisterException;
import io.countersign.gateway.register.RegisterMark;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The register while the gateway runs: what it is by now, and the file that follows. A change that is recorded in the
 * journal first is saved only after that. For the key agent; the file is written on the thread of its token.
 */
final class RegisterStore
{
    private static final long RETRY_NS = TimeUnit.SECONDS.toNanos(1);

    private final OpenRegister open;
    private final Consumer<TokenTask<?>> registerToken;
    private final LongSupplier epochClock;
    private final Deque<Pending> pending = new ArrayDeque<>();
    private Register saved;
    private Register current;
    private TokenTask<Register> saving;
    private int savingCount;
    private boolean isFrozen;
    private long retryNs;

    /** Why the last attempt to save failed, or null; told once. */
    private String failure;

    /**
     * A change of the register.
     */
    @FunctionalInterface
    interface Change
    {
        /** The register with it. */
        Register applyTo(Register register) throws RegisterException;
    }

    /** A change that the file does not have yet. */
    private static final class Pending
    {
        private final Change change;
        private final Runnable afterSaved;
        private boolean isRecorded;

        Pending(final Change change, final boolean isRecorded, final Runnable afterSaved)
        {
            this.change = change;
            this.isRecorded = isRecorded;
            this.afterSaved = afterSaved;
        }
    }

    /** As it was opened; the token is given what saves it. */
    RegisterStore(
        final OpenRegister open, final Consumer<TokenTask<?>> registerToken, final LongSupplier epochClock)
    {
        this.open = open;
        saved = open.register();
        current = saved;
        this.registerToken = registerToken;
        this.epochClock = epochClock;
    }

    Register current()
    {
        return current;
    }

    /** The generation that the file will be when it has what is changed from now on. */
    long nextGeneration()
    {
        return saved.generation() + (null == saving ? 1 : 2);
    }

    /** Changes the register; saved when {@link #onRecorded} has told of it. */
    void changeRecorded(final Change change) throws RegisterException
    {
        change(change, false, () -> { });
    }

    /** Changes the register by what no record tells of; {@code afterSaved} is run when the file has it. */
    void change(final Change change, final Runnable afterSaved) throws RegisterException
    {
        change(change, true, afterSaved);
    }

    /** The oldest change that was to be recorded is, or the journal takes no more and nothing is saved any more. */
    void onRecorded(final boolean isInForce)
    {
        isFrozen |= !isInForce;
        for (final Pending each : pending)
        {
            if (!each.isRecorded)
            {
                each.isRecorded = true;
                return;
            }
        }
    }

    /** Whether no change is on its way to the journal. */
    boolean isAllRecorded()
    {
        return pending.stream().allMatch((each) -> each.isRecorded);
    }

    /** The file that was saved last. */
    RegisterMark mark()
    {
        return saved.mark();
    }

    /** What was not recorded by now never will be, and was not in force. */
    void dropUnrecorded()
    {
        pending.removeIf((each) -> !each.isRecorded);
        reapply();
    }

    /** Whether the file has everything. */
    boolean isSaved()
    {
        return pending.isEmpty() || isFrozen;
    }

    /** Goes on with saving; the mark of a file that was saved just now, or null. */
    RegisterMark poll(final long nowNs, final Consumer<String> notices)
    {
        if (null != saving)
        {
            return saving.isDone() ? onSaved(nowNs, notices) : null;
        }
        if (!pending.isEmpty() && !isFrozen && (null == failure || nowNs - retryNs >= 0) && isAllRecorded())
        {
            save();
        }
        return null;
    }

    private void change(final Change change, final boolean isRecorded, final Runnable afterSaved)
        throws RegisterException
    {
        current = change.applyTo(current);
        pending.add(new Pending(change, isRecorded, afterSaved));
    }

    private void save()
    {
        final Register next = current;
        savingCount = pending.size();
        saving = new TokenTask<>((place) -> open.save(next, place.connection(), epochClock.getAsLong()));
        registerToken.accept(saving);
    }

    private RegisterMark onSaved(final long nowNs, final Consumer<String> notices)
    {
        final TokenTask<Register> done = saving;
        saving = null;
        if (null != done.failure())
        {
            if (!done.failure().equals(failure))
            {
                notices.accept("the key register is not saved: " + done.failure());
            }
            failure = done.failure();
            retryNs = nowNs + RETRY_NS;
            return onlyAnchorFailed() ? finish() : null;
        }
        return finish();
    }

    /** The file was written and its anchor was not: its content is the newest there is. */
    private boolean onlyAnchorFailed()
    {
        return open.register().generation() > saved.generation();
    }

    private RegisterMark finish()
    {
        saved = open.register();
        for (int i = 0; i < savingCount; i++)
        {
            pending.poll().afterSaved.run();
        }
        reapply();
        failure = null;
        return saved.mark();
    }

    private void reapply()
    {
        current = saved;
        for (final Pending each : pending)
        {
            current = reapplied(each.change);
        }
    }

    private Register reapplied(final Change change)
    {
        try
        {
            return change.applyTo(current);
        }
        catch (final RegisterException ex)
        {
            throw new IllegalStateException("a change of the register does not follow from the file: " + ex, ex);
        }
    }
}
