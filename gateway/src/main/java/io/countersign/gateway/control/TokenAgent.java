package io.countersign.gateway.control;

import io.countersign.hsm.TokenConnection;
import io.countersign.hsm.TokenConnector;
import io.countersign.hsm.TokenException;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.NanoClock;

import java.util.Queue;
import java.util.concurrent.TimeUnit;

/**
 * Keeps a proven connection to the token, and derives API keys with it. On a thread of its own, because a PKCS#11
 * library may block for minutes when its token goes away, and meanwhile bots must still be answered.
 *
 * <pre>
 *   READY --lane broken--&gt; LOST --back-off--&gt; CONNECTING --every key proven--&gt; READY, with a new lane
 *     |                      ^ ^                   |
 *     | no API key derived   | +------ failed -----+   100 ms, doubling to 10 s; a rejected PIN is never tried again
 *     v                      |
 *   DOUBTFUL --the gateway thread has let go of the lane
 * </pre>
 */
public final class TokenAgent implements Agent
{
    private static final long MIN_BACKOFF_NS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long MAX_BACKOFF_NS = TimeUnit.SECONDS.toNanos(10);
    private static final long CKR_PIN_INCORRECT = 0xA0;
    private static final long CKR_PIN_LOCKED = 0xA4;

    private final TokenConnector connector;
    private final ApiKeyDerivations derivations;
    private final Queue<GatewayCommand> commands;
    private final NanoClock nanoClock;
    private final ErrorHandler errorHandler;
    private TokenConnection connection;
    private GatewayCommand backlog;
    private boolean isGivenUp;
    private boolean isDoubtful;
    private long backoffNs = MIN_BACKOFF_NS;
    private long attemptDeadlineNs;

    /**
     * Construct with the connection that the gateway starts with.
     *
     * @param connector    to connect anew with; this agent closes it.
     * @param connection   open and proven; this agent closes it.
     * @param derivations  of the control agent.
     * @param commands     to the gateway agent.
     * @param nanoClock    for back-off.
     * @param errorHandler is told of every failed attempt.
     */
    public TokenAgent(
        final TokenConnector connector,
        final TokenConnection connection,
        final ApiKeyDerivations derivations,
        final Queue<GatewayCommand> commands,
        final NanoClock nanoClock,
        final ErrorHandler errorHandler)
    {
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
        return deriveApiKeys() + keepConnection();
    }

    @Override
    public void onClose()
    {
        if (null != connection)
        {
            connection.close();
        }
        connector.close();
    }

    @Override
    public String roleName()
    {
        return "countersign-token";
    }

    /** Answers all that wait, at once and with nothing when there is no connection: their bots are told. */
    private int deriveApiKeys()
    {
        int workCount = 0;
        ApiKeyDerivation derivation;
        while (null != (derivation = derivations.poll()))
        {
            final boolean isReady = null != connection && !connection.masterKey().isBroken();
            derivation.answer(isReady ?
                connection.masterKey().derive(derivation.principal(), derivation.apiKeyVersion()) : null);
            workCount++;
        }
        if (null != connection && connection.masterKey().isBroken() && !isDoubtful && null == backlog)
        {
            // The lane may be in the middle of a call: only the thread that uses it can say that it does no more.
            isDoubtful = true;
            backlog = new GatewayCommand.LoseLane(connection);
        }
        return workCount;
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
            backoffNs = MIN_BACKOFF_NS;
            backlog = new GatewayCommand.UseLane(connection.inlineLane());
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
