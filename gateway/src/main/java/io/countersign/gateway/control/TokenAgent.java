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
 * Keeps a proven connection to the token. On a thread of its own, because a PKCS#11 library may block for minutes when
 * its token goes away, and meanwhile bots must still be answered.
 *
 * <pre>
 *   READY --lane broken--&gt; LOST --back-off--&gt; CONNECTING --every key proven--&gt; READY, with a new lane
 *                            ^                     |
 *                            +------- failed ------+   100 ms, doubling to 10 s; a rejected PIN is never tried again
 * </pre>
 */
public final class TokenAgent implements Agent
{
    private static final long MIN_BACKOFF_NS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long MAX_BACKOFF_NS = TimeUnit.SECONDS.toNanos(10);
    private static final long CKR_PIN_INCORRECT = 0xA0;
    private static final long CKR_PIN_LOCKED = 0xA4;

    private final TokenConnector connector;
    private final Queue<GatewayCommand> commands;
    private final NanoClock nanoClock;
    private final ErrorHandler errorHandler;
    private TokenConnection connection;
    private GatewayCommand backlog;
    private boolean isGivenUp;
    private long backoffNs = MIN_BACKOFF_NS;
    private long attemptDeadlineNs;

    /**
     * Construct with the connection that the gateway starts with.
     *
     * @param connector    to connect anew with; this agent closes it.
     * @param connection   open and proven; this agent closes it.
     * @param commands     to the gateway agent.
     * @param nanoClock    for back-off.
     * @param errorHandler is told of every failed attempt.
     */
    public TokenAgent(
        final TokenConnector connector,
        final TokenConnection connection,
        final Queue<GatewayCommand> commands,
        final NanoClock nanoClock,
        final ErrorHandler errorHandler)
    {
        this.connector = connector;
        this.connection = connection;
        this.commands = commands;
        this.nanoClock = nanoClock;
        this.errorHandler = errorHandler;
    }

    @Override
    public int doWork()
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

    private int connect()
    {
        try
        {
            connection = connector.connect();
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
