package io.countersign.gateway.keys;

import io.countersign.codecs.wire.Reason;
import io.countersign.gateway.config.RegisterConfig;
import io.countersign.gateway.control.CommandResult;
import io.countersign.gateway.control.GatewayCommand;
import io.countersign.gateway.control.KeySlot;
import io.countersign.gateway.control.KeyUpdate;
import io.countersign.gateway.control.OperatorCall;
import io.countersign.gateway.control.TokenAgent;
import io.countersign.gateway.control.TokenTask;
import io.countersign.gateway.register.KeyEntry;
import io.countersign.gateway.register.Register;
import io.countersign.gateway.register.RegisterException;
import org.agrona.concurrent.EpochClock;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What every part of the key agent works with: the register, the slots, the tokens' threads and the way to the gateway
 * thread. For the key agent.
 */
final class KeyContext
{
    private final RegisterConfig config;
    private final RegisterStore store;
    private final SlotPlan plan;
    private final KeyLanes lanes;
    private final List<TokenAgent> tokens;
    private final Queue<GatewayCommand> commands;
    private final EpochClock epochClock;
    private final KeyUses uses;
    private final Consumer<String> notices;
    private final ArrayDeque<GatewayCommand> backlog = new ArrayDeque<>();
    private final List<Running<?>> running = new ArrayList<>();

    /** Work of a token that is waited for. */
    private record Running<T>(TokenTask<T> task, Consumer<T> then, Consumer<String> failed)
    {
    }

    KeyContext(
        final KeyAgent.Context context, final RegisterStore store, final KeyUses uses)
    {
        config = context.config();
        plan = context.plan();
        lanes = context.lanes();
        tokens = context.tokens();
        commands = context.commands();
        epochClock = context.epochClock();
        notices = context.notices();
        this.store = store;
        this.uses = uses;
    }

    RegisterConfig config()
    {
        return config;
    }

    Register register()
    {
        return store.current();
    }

    RegisterStore store()
    {
        return store;
    }

    SlotPlan plan()
    {
        return plan;
    }

    KeyLanes lanes()
    {
        return lanes;
    }

    long utcMs()
    {
        return epochClock.time();
    }

    /** Whether a token is at work for a command: another that needs one waits. */
    boolean isBusy()
    {
        return !running.isEmpty();
    }

    /** Has a token's thread do something; the command fails when it cannot. */
    <T> void run(
        final int tokenIndex, final TokenTask.Body<T> body, final OperatorCall call, final Consumer<T> then)
    {
        run(tokenIndex, body, then, (why) -> failOrTell(call, why));
    }

    /** Has a token's thread do something; {@code failed} is told why it could not. */
    <T> void run(
        final int tokenIndex, final TokenTask.Body<T> body, final Consumer<T> then, final Consumer<String> failed)
    {
        final TokenTask<T> task = new TokenTask<>(body);
        running.add(new Running<>(task, then, failed));
        tokens.get(tokenIndex).give(task);
    }

    /** Goes on with what tokens have done. */
    int poll()
    {
        int workCount = 0;
        for (int i = 0; i < running.size(); i++)
        {
            if (running.get(i).task.isDone())
            {
                final Running<?> done = running.remove(i--);
                end(done);
                workCount++;
            }
        }
        while (!backlog.isEmpty() && commands.offer(backlog.peek()))
        {
            backlog.poll();
            workCount++;
        }
        return workCount;
    }

    /** Gives the gateway thread something to do, behind what it was given before. */
    void give(final CommandResult result)
    {
        backlog.add(result);
        while (!backlog.isEmpty() && commands.offer(backlog.peek()))
        {
            backlog.poll();
        }
    }

    void done(final OperatorCall call, final List<String> lines)
    {
        give(new CommandResult.End(call, Reason.NONE.value(), lines));
    }

    void fail(final OperatorCall call, final String why)
    {
        give(new CommandResult.End(call, Reason.COMMAND_FAILED.value(), List.of(why)));
    }

    /** A command that fails is answered; what the schedule could not do is told. */
    void failOrTell(final OperatorCall call, final String why)
    {
        if (null != call)
        {
            fail(call, why);
        }
        else
        {
            notices.accept(why);
        }
    }

    /** Tells the people who run the gateway. */
    void tell(final String notice)
    {
        notices.accept(notice);
    }

    /**
     * Changes keys: the gateway thread records it and puts it in force, then answers; the file follows.
     *
     * @param entries as they are to be.
     * @param call    that asked for it, or null: the schedule did.
     * @param comment for the journal.
     * @param lines   of the answer.
     */
    void update(
        final List<KeyEntry> entries, final OperatorCall call, final String comment, final List<String> lines)
        throws RegisterException
    {
        final Register before = register();
        // Found out before anything changes: what contradicts the register or the configuration is refused as a whole.
        final List<KeySlot> slots = changedSlots(before, before.withKeys(entries), entries);
        final List<KeyEntry> counted = store.isAllRecorded() ? uses.counted(entries, utcMs()) : entries;
        final long generation = store.nextGeneration();
        store.changeRecorded((register) -> register.withKeys(counted));
        give(new CommandResult.UpdateKeys(new KeyUpdate(
            generation, counted, slots, call, null == comment ? "" : comment, lines)));
    }

    private List<KeySlot> changedSlots(final Register before, final Register after, final List<KeyEntry> entries)
        throws RegisterException
    {
        final Set<String> aliases = new LinkedHashSet<>();
        entries.forEach((entry) -> aliases.add(entry.alias()));
        final List<KeySlot> slots = new ArrayList<>();
        for (final String alias : aliases)
        {
            if (null != plan.declared(alias))
            {
                final KeySlot slot = plan.slot(after, alias);
                if (!isSame(slot, plan.slot(before, alias)))
                {
                    slots.add(slot);
                }
            }
        }
        return slots;
    }

    private static boolean isSame(final KeySlot slot, final KeySlot other)
    {
        return slot.refusal() == other.refusal() && slot.place() == other.place() &&
            slot.tokenIndex() == other.tokenIndex() &&
            slot.key().spec().version() == other.key().spec().version() &&
            slot.key().venueKey().apiKey().equals(other.key().venueKey().apiKey());
    }

    private <T> void end(final Running<T> done)
    {
        if (null == done.task.failure())
        {
            done.then.accept(done.task.result());
        }
        else
        {
            done.failed.accept(done.task.failure());
        }
    }
}
