package io.countersign.gateway.keys;

import io.countersign.codecs.wire.Reason;
import io.countersign.gateway.config.RegisterConfig;
import io.countersign.gateway.control.CommandResult;
import io.countersign.gateway.control.GatewayCommand;
import io.countersign.gateway.control.KeyNews;
import io.countersign.gateway.control.KeyProxy;
import io.countersign.gateway.control.TokenAgent;
import io.countersign.gateway.register.OperatorEntry;
import io.countersign.gateway.register.RegisterException;
import io.countersign.gateway.register.RegisterMark;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemEpochClock;
import org.agrona.concurrent.SystemNanoClock;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Owns the key register while the gateway runs: checks what operators sign, carries it out or has it carried out, does
 * what the schedule says, and saves the register. Nothing here is ever waited for by the gateway thread.
 */
public final class KeyAgent implements Agent
{
    private static final long USE_INTERVAL_NS = TimeUnit.MINUTES.toNanos(10);
    private static final long CLOSING_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(2);
    private static final int MAX_WAITING = 32;
    private static final long NS_PER_MS = 1_000_000;

    private final KeyProxy proxy;
    private final NanoClock nanoClock;
    private final EpochClock epochClock;
    private final KeyContext context;
    private final KeyUses uses;
    private final OperatorGate gate = new OperatorGate();
    private final OperatorCommands operators;
    private final CommandDispatch dispatch;
    private final KeySchedule schedule;
    private final CodeSecrets secrets;
    private final Consumer<String> notices;
    private final OpenRegister open;

    /** Commands that want a token, behind one that has it. */
    private final ArrayDeque<OperatorGate.Verdict> waiting = new ArrayDeque<>();
    private long useNs;

    /**
     * Construct from its context.
     *
     * @param context everything set.
     */
    public KeyAgent(final Context context)
    {
        proxy = context.proxy;
        nanoClock = context.nanoClock;
        epochClock = context.epochClock;
        notices = context.notices;
        open = context.open;
        final TokenAgent registerToken = context.tokens.get(context.plan.tokenIndex(context.config.token()));
        final RegisterStore store = new RegisterStore(open, registerToken::give, epochClock::time);
        recover(store, context.history);
        uses = new KeyUses(proxy, context.plan, store.current());
        this.context = new KeyContext(context, store, uses);
        operators = new OperatorCommands(this.context, gate);
        final KeyCommands keys = new KeyCommands(this.context);
        dispatch = new CommandDispatch(this.context, keys, operators);
        schedule = new KeySchedule(this.context, keys, nanoClock.nanoTime());
        secrets = new CodeSecrets(this.context, gate, context.masterTokenIndex, nanoClock.nanoTime());
        context.history.usedSteps().forEach(gate::onUsedStep);
        useNs = nanoClock.nanoTime();
    }

    @Override
    public int doWork()
    {
        final long nowNs = nanoClock.nanoTime();
        int workCount = pollNews();
        workCount += context.poll();
        workCount += goOn();
        workCount += schedule.poll(nowNs);
        secrets.poll(nowNs);
        countUses(nowNs);
        return workCount + save(nowNs);
    }

    @Override
    public void onClose()
    {
        gate.close();
        try
        {
            final long deadlineNs = nanoClock.nanoTime() + CLOSING_TIMEOUT_NS;
            for (KeyNews each = proxy.poll(); null != each; each = proxy.poll())
            {
                if (each instanceof final KeyNews.Updated updated)
                {
                    onUpdated(updated);
                }
            }
            context.store().dropUnrecorded();
            useNs = nanoClock.nanoTime();
            countUses(useNs);
            while (!context.store().isSaved() && nanoClock.nanoTime() - deadlineNs < 0)
            {
                context.store().poll(nanoClock.nanoTime(), notices);
                Thread.yield();
            }
        }
        finally
        {
            open.close();
        }
    }

    @Override
    public String roleName()
    {
        return "countersign-keys";
    }

    /** What the journal has and the file has not is saved with the next file. */
    private static void recover(final RegisterStore store, final RegisterHistory history)
    {
        try
        {
            if (store.current() != history.applyTo(store.current()))
            {
                store.change(history::applyTo, () -> { });
            }
        }
        catch (final RegisterException ex)
        {
            throw new IllegalStateException("the start has applied it already", ex);
        }
    }

    private int pollNews()
    {
        int workCount = 0;
        for (KeyNews each = proxy.poll(); null != each; each = proxy.poll())
        {
            switch (each)
            {
                case final KeyNews.Given given -> onGiven(given);
                case final KeyNews.Updated updated -> onUpdated(updated);
                case KeyNews.Drift(final var call, final byte[] sha256, final List<String> lines) ->
                    dispatch.onDrift(call, sha256, lines);
            }
            workCount++;
        }
        return workCount;
    }

    private void onGiven(final KeyNews.Given given)
    {
        final OperatorGate.Verdict verdict = gate.check(given, context.register(), epochClock.time(), nanoClock);
        if (verdict.isLocking())
        {
            operators.lock(context.register().operator(given.call().operatorName()));
        }
        if (!verdict.isGranted())
        {
            context.give(new CommandResult.End(verdict.call(), verdict.reason(), verdict.lines()));
        }
        else if (!CommandDispatch.needsToken(verdict.act()) || waiting.isEmpty() && !context.isBusy())
        {
            dispatch.onCommand(verdict.call(), verdict.text(), verdict.act());
        }
        else if (waiting.size() < MAX_WAITING)
        {
            waiting.add(verdict);
        }
        else
        {
            context.give(new CommandResult.End(verdict.call(), Reason.TOO_MANY_IN_FLIGHT.value(), List.of()));
        }
    }

    private int goOn()
    {
        if (waiting.isEmpty() || context.isBusy())
        {
            return 0;
        }
        final OperatorGate.Verdict next = waiting.poll();
        final OperatorEntry operator = context.register().operator(next.call().operatorName());
        if (null == operator || !operator.isEnrolled())
        {
            context.give(new CommandResult.End(next.call(), Reason.OPERATOR_NOT_AUTHENTIC.value(), List.of()));
        }
        else if (epochClock.time() * NS_PER_MS >= next.call().deadlineNs())
        {
            context.give(new CommandResult.End(next.call(), Reason.DEADLINE_PASSED.value(),
                List.of("a token was at work for the command before: nothing was done")));
        }
        else
        {
            dispatch.onCommand(next.call(), next.text(), next.act());
        }
        return 1;
    }

    private void countUses(final long nowNs)
    {
        if (nowNs - useNs >= 0 && context.store().isAllRecorded())
        {
            useNs = nowNs + USE_INTERVAL_NS;
            final RegisterStore.Change used = uses.uncounted(epochClock.time());
            count(used);
            if (null == used && context.store().isSaved())
            {
                // Whoever reads the newest days of the journal must find in them which file is the latest.
                context.give(new CommandResult.Saved(context.store().mark()));
            }
        }
    }

    private void onUpdated(final KeyNews.Updated updated)
    {
        context.store().onRecorded(updated.isInForce());
        count(uses.onInForce(updated, epochClock.time()));
    }

    private void count(final RegisterStore.Change used)
    {
        try
        {
            if (null != used)
            {
                context.store().change(used, () -> { });
            }
        }
        catch (final RegisterException ex)
        {
            notices.accept(ex.getMessage());
        }
    }

    private int save(final long nowNs)
    {
        final RegisterMark mark = context.store().poll(nowNs, notices);
        if (null == mark)
        {
            return 0;
        }
        context.give(new CommandResult.Saved(mark));
        return 1;
    }

    /**
     * What the key agent works with.
     */
    public static final class Context
    {
        private final RegisterConfig config;
        private final OpenRegister open;
        private final RegisterHistory history;
        private KeyProxy proxy;
        private Queue<GatewayCommand> commands;
        private List<TokenAgent> tokens;
        private int masterTokenIndex;
        private SlotPlan plan;
        private KeyLanes lanes;
        private Consumer<String> notices;
        private EpochClock epochClock = SystemEpochClock.INSTANCE;
        private NanoClock nanoClock = SystemNanoClock.INSTANCE;

        /**
         * For a register that is open.
         *
         * @param config  of the register.
         * @param open    closed by the agent.
         * @param history what the journal knows of it.
         */
        public Context(final RegisterConfig config, final OpenRegister open, final RegisterHistory history)
        {
            this.config = config;
            this.open = open;
            this.history = history;
        }

        /**
         * Set the ways to and from the gateway thread.
         *
         * @param fromGateway what it has for the agent.
         * @param toGateway   what the agent has for it.
         * @return this.
         */
        public Context gateway(final KeyProxy fromGateway, final Queue<GatewayCommand> toGateway)
        {
            proxy = fromGateway;
            commands = toGateway;
            return this;
        }

        /**
         * Set the tokens.
         *
         * @param agents           in configuration order.
         * @param indexOfMasterKey position of the one with the master key.
         * @return this.
         */
        public Context tokens(final List<TokenAgent> agents, final int indexOfMasterKey)
        {
            tokens = agents;
            masterTokenIndex = indexOfMasterKey;
            return this;
        }

        /**
         * Set what stands for the keys now.
         *
         * @param slotPlan of the configuration.
         * @param keyLanes as the tokens have them.
         * @return this.
         */
        public Context keys(final SlotPlan slotPlan, final KeyLanes keyLanes)
        {
            plan = slotPlan;
            lanes = keyLanes;
            return this;
        }

        /**
         * Set who is told what people should know; one line each.
         *
         * @param consumer for example of the process's standard error.
         * @return this.
         */
        public Context notices(final Consumer<String> consumer)
        {
            notices = consumer;
            return this;
        }

        /**
         * Set the clocks, for tests.
         *
         * @param epoch milliseconds since 1970.
         * @param nano  monotonic time.
         * @return this.
         */
        public Context clocks(final EpochClock epoch, final NanoClock nano)
        {
            epochClock = epoch;
            nanoClock = nano;
            return this;
        }

        RegisterConfig config()
        {
            return config;
        }

        SlotPlan plan()
        {
            return plan;
        }

        KeyLanes lanes()
        {
            return lanes;
        }

        List<TokenAgent> tokens()
        {
            return tokens;
        }

        Queue<GatewayCommand> commands()
        {
            return commands;
        }

        EpochClock epochClock()
        {
            return epochClock;
        }

        Consumer<String> notices()
        {
            return notices;
        }
    }
}
