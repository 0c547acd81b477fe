package io.countersign.client;

/**
 * The request was signed, but the reply came at or after its deadline: it must not go to the venue any more.
 */
public final class RequestExpiredException extends CountersignException
{
    private static final long serialVersionUID = 1L;

    private final long requestId;

    RequestExpiredException(final long requestId)
    {
        super("request " + requestId + " was signed, but the reply came at or after its deadline: it is not sent");
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
