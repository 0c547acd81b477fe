package io.countersign.gateway.journal;

import java.io.Serial;

/**
 * The journal cannot be opened. The message is one line for people: what happened, where, and what to do.
 */
public final class JournalException extends RuntimeException
{
    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * With what there is to say.
     *
     * @param message one line for people.
     */
    public JournalException(final String message)
    {
        super(message);
    }

    /**
     * With what there is to say and what led to it.
     *
     * @param message one line for people.
     * @param cause   for the error log.
     */
    public JournalException(final String message, final Throwable cause)
    {
        super(message, cause);
    }
}
