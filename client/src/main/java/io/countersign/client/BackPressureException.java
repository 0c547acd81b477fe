package io.countersign.client;

/**
 * The gateway does not keep up; the request was not sent and may be sent again.
 */
public final class BackPressureException extends CountersignException
{
    private static final long serialVersionUID = 1L;

    BackPressureException(final String message)
    {
        super(message);
    }
}
