package io.countersign.client;

import io.countersign.codecs.wire.Reason;

/**
 * The gateway refused to open a session.
 */
public final class SessionRejectedException extends CountersignException
{
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    SessionRejectedException(final String message, final Reason reason)
    {
        super(message);
        this.reason = reason;
    }

    /**
     * Why.
     *
     * @return why.
     */
    public Reason reason()
    {
        return reason;
    }
}
