package io.countersign.client;

/**
 * No reply came in time. Whether the request was signed is not known; {@link BlockingClient#askOutcome} tells. It knows
 * nothing of access tokens: those are presented again.
 */
public final class RequestTimeoutException extends CountersignException
{
    private static final long serialVersionUID = 1L;

    private final long requestId;

    RequestTimeoutException(final String message, final long requestId)
    {
        super(message);
        this.requestId = requestId;
    }

    /**
     * Id of the request.
     *
     * @return id of the request.
     */
    public long requestId()
    {
        return requestId;
    }
}
