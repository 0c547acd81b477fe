package io.countersign.client;

/**
 * The session is lost: connect again.
 */
public final class GatewayLostException extends CountersignException
{
    private static final long serialVersionUID = 1L;

    private final LossCause cause;
    private final long requestId;

    GatewayLostException(final String message, final LossCause cause, final long requestId)
    {
        super(message);
        this.cause = cause;
        this.requestId = requestId;
    }

    /**
     * Why the session was lost.
     *
     * @return why the session was lost.
     */
    public LossCause lossCause()
    {
        return cause;
    }

    /**
     * The request that was in flight. Whether it was signed is not known; {@link BlockingClient#askOutcome}
     * tells.
     *
     * @return its id, or {@link CountersignClient#NULL_VALUE} where the request was not sent.
     */
    public long requestId()
    {
        return requestId;
    }
}
