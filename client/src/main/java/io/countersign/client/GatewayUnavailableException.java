package io.countersign.client;

/**
 * No gateway runs where the client looked for it, or its media driver does not answer.
 */
public final class GatewayUnavailableException extends CountersignException
{
    private static final long serialVersionUID = 1L;

    GatewayUnavailableException(final String message)
    {
        super(message);
    }
}
