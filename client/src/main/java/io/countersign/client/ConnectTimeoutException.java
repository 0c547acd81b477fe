package io.countersign.client;

/**
 * The gateway did not open a session in time.
 */
public final class ConnectTimeoutException extends CountersignException
{
    private static final long serialVersionUID = 1L;

    ConnectTimeoutException(final String message)
    {
        super(message);
    }
}
