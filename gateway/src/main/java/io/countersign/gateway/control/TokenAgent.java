package io.countersign.gateway.control;

import io.countersign.hsm.KeySpec;
import io.countersign.hsm.TokenConnection;
import io.countersign.hsm.TokenConnector;
import io.countersign.hsm.TokenException;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.ManyToOneConcurrentArrayQueue;
import org.agrona.concurrent.NanoClock;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

/**
 * Keeps a proven connection to one token, and derives API keys with it where it has the master key. On a thread of its
 * own, because a PKCS#11 library may block for minutes when its token goes away, and meanwhile bots must still be
 * answered, and keys in other tokens used.
 *
 * <pre>
 *   READY --lane broken--&gt; LOST --back-off--&gt; CONNECTING --every key proven--&gt; READY, with a new lane
 *     |                      ^ ^                   |
 *     | in doubt             | +------ failed -----+   100 ms, doubling to 10 s; a rejected PIN is never tried again
 *     v                      |
 *   DOUBTFUL --the gateway thread has let go of the lane
 * </pre>
 * In doubt: no API key could be derived, a task found no session any more, or the library is lost, as the agent of
 * another of its tokens found. Where only the register or audit key fails, a connection is opened beside the one that
 * signs.
 */
public final class TokenAgent implements Agent
{
    private static final long MIN_BACKOFF_NS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long MAX_BACKOFF_NS = TimeUnit.SECONDS.toNanos(10);
    private static final long HAND_OVER_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(2);
    private static final int TASK_CAPACITY = 256;
    private static final long CKR_PIN_INCORRECT = 0xA0;
    private static final long CKR_PIN_LOCKED = 0xA4;

    private final int tokenIndex;
    private final String tokenName;
    private final TokenConnector connector;
    private final ApiKeyDerivations derivations;
    private final Queue<GatewayCommand> commands;
    private final Queue<TokenTask<?>> tasks = new ManyToOneConcurrentArrayQueue<>(TASK_CAPACITY);
    private final NanoClock nanoClock;
    private final ErrorHandler errorHandler;
    private TokenConnection connection;

    /** Whose lane the gateway thread has until it takes the one of the connection. */
    private TokenConnection replaced;
    private GatewayCommand.UseLane replacement;
    private GatewayCommand backlog;
    private final TokenTask.Place place = new TokenTask.Place()
    {
        @Override
        public TokenConnection connection()
        {
            return connection;
        }

        @Override
        public void useKeys(final List<KeySpec> keys, final TokenTask.LaneUse beforeUse) throws TokenException
        {
            TokenAgent.this.useKeys(keys, beforeUse);
        }
    };
    private boolean isGivenUp;
    private boolean isDoubtful;

    /** A task found the session gone, of which the lane knows nothing as long as no bot wants a signature. */
    private boolean isTaskLost;
    private long backoffNs = MIN_BACKOFF_NS;
    private long attemptDeadlineNs;

    /**
     * Construct with the connection that the gateway starts with.
     *
     * @param tokenIndex   position of the token in the configuration.
     * @param tokenName    of the token.
     * @param connector    to connect anew with; this agent closes it.
     * @param connection   open and proven; this agent closes it.
     * @param derivations  of the control agent, or null: the token does not have the master key.
     * @param commands     to the gateway agent.
     * @param nanoClock    for back-off.
     * @param errorHandler is told of every failed attempt.
     */
    public TokenAgent(
        final int tokenIndex,
        final String tokenName,
        final TokenConnector connector,
        final TokenConnection connection,
        final ApiKeyDerivations derivations,
        final Queue<GatewayCommand> commands,
        final NanoClock nanoClock,
        final ErrorHandler errorHandler)
    {
        this.tokenIndex = tokenIndex;
        this.tokenName = tokenName;
        this.connector = connector;
        this.connection = connection;
        this.derivations = derivations;
        this.commands = commands;
        this.nanoClock = nanoClock;
        this.errorHandler = errorHandler;
    }

    @Override
    public int doWork()
    {
        return deriveApiKeys() + doubt() + keepConnection() + letGo() + renew() + runTask();
    }

    /**
     * Have something done. For the key agent and the seal agent.
     *
     * @param task to be done; never lost.
     */
    public void give(final TokenTask<?> task)
    {
        if (!tasks.offer(task))
        {
            task.run(null, tokenName);
        }
    }

    @Override
    public void onClose()
    {
        if (null != replaced)
        {
            replaced.close();
        }
        if (null != connection)
        {
            connection.close();
        }
        connector.close();
    }

    @Override
    public String roleName()
    {
        return "countersign-token-" + tokenName;
    }

    /** Answers all that wait, at once and with nothing when there is no connection: their bots are told. */
    private int deriveApiKeys()
    {
        int workCount = 0;
        ApiKeyDerivation derivation;
        while (null != derivations && null != (derivation = derivations.poll()))
        {
            final boolean isReady = null != connection && !connection.masterKey().isBroken();
            derivation.answer(isReady ?
                connection.masterKey().derive(derivation.principal(), derivation.apiKeyVersion()) : null);
            workCount++;
        }
        return workCount;
    }

    private int doubt()
    {
        if (null == connection || isDoubtful || null != backlog || !isSuspicious())
        {
            return 0;
        }
        // The lane may be in the middle of a call: only the thread that uses it can say that it does no more.
        isDoubtful = true;
        backlog = new GatewayCommand.LoseLane(tokenIndex, connection);
        return 1;
    }

    /** Whether something else than the lane shows that it will not sign any more. */
    private boolean isSuspicious()
    {
        return isTaskLost || connection.isLibraryLost() ||
            null != derivations && connection.masterKey().isBroken();
    }

    /** Register or journal cannot be sealed: another connection takes the place of this one, which signs until then. */
    private int renew()
    {
        if (null != backlog || null != replaced || null == connection || connection.inlineLane().isBroken() ||
            !isSealingBroken() ||
            nanoClock.nanoTime() - attemptDeadlineNs < 0)
        {
            return 0;
        }
        try
        {
            replaceBy(connector.connect());
            backoffNs = MIN_BACKOFF_NS;
        }
        catch (final TokenException ex)
        {
            attemptDeadlineNs = nanoClock.nanoTime() + backoffNs;
            backoffNs = Math.min(MAX_BACKOFF_NS, 2 * backoffNs);
            errorHandler.onError(ex);
        }
        return 1;
    }

    private boolean isSealingBroken()
    {
        return null != connection.registerKey() && connection.registerKey().isBroken() ||
            null != connection.auditKey() && connection.auditKey().isBroken();
    }

    private int keepConnection()
    {
        if (null != backlog)
        {
            return handOver();
        }
        if (isGivenUp || null != connection && !connection.inlineLane().isBroken())
        {
            return 0;
        }
        if (null != connection)
        {
            connection.close();
            connection = null;
            attemptDeadlineNs = nanoClock.nanoTime();
        }
        return nanoClock.nanoTime() - attemptDeadlineNs >= 0 ? connect() : 0;
    }

    private int connect()
    {
        try
        {
            connection = connector.connect();
            isDoubtful = false;
            isTaskLost = false;
            backoffNs = MIN_BACKOFF_NS;
            backlog = new GatewayCommand.UseLane(tokenIndex, connection.inlineLane());
            return handOver();
        }
        catch (final TokenException ex)
        {
            // Asking again with a rejected PIN locks the token.
            isGivenUp = CKR_PIN_INCORRECT <= ex.returnValue() && ex.returnValue() <= CKR_PIN_LOCKED;
            attemptDeadlineNs = nanoClock.nanoTime() + backoffNs;
            backoffNs = Math.min(MAX_BACKOFF_NS, 2 * backoffNs);
            errorHandler.onError(ex);
            return 1;
        }
    }

    /** One at a time, and none while the gateway thread has still to take a lane: it must not miss one. */
    private int runTask()
    {
        if (null != backlog || null != replaced)
        {
            return 0;
        }
        final TokenTask<?> task = tasks.poll();
        if (null == task)
        {
            return 0;
        }
        final boolean isReady = null != connection && !connection.inlineLane().isBroken();
        isTaskLost |= !task.run(isReady ? place : null, tokenName);
        return 1;
    }

    /** Only the gateway thread can say that it uses the lane before no more. */
    private int letGo()
    {
        if (null == replaced || !replacement.isTaken())
        {
            return 0;
        }
        replaced.close();
        replaced = null;
        replacement = null;
        return 1;
    }

    private void useKeys(final List<KeySpec> keys, final TokenTask.LaneUse beforeUse) throws TokenException
    {
        final TokenConnection next = connector.connect(keys);
        boolean isUsable = false;
        try
        {
            beforeUse.use(next.inlineLane());
            isUsable = true;
        }
        finally
        {
            if (!isUsable)
            {
                next.close();
            }
        }
        replaceBy(next);
    }

    private void replaceBy(final TokenConnection next) throws TokenException
    {
        replaced = connection;
        connection = next;
        replacement = new GatewayCommand.UseLane(tokenIndex, connection.inlineLane());
        backlog = replacement;
        // What refers to the new lane is queued as soon as this returns, and must come behind it.
        final long deadlineNs = nanoClock.nanoTime() + HAND_OVER_TIMEOUT_NS;
        while (0 == handOver())
        {
            if (nanoClock.nanoTime() - deadlineNs >= 0)
            {
                throw new TokenException("the gateway is behind at this moment: try again");
            }
            Thread.yield();
        }
    }

    private int handOver()
    {
        if (!commands.offer(backlog))
        {
            return 0;
        }
        backlog = null;
        return 1;
    }
}
