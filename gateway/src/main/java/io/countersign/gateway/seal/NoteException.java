package io.countersign.gateway.seal;

import java.io.Serial;

/**
 * Text is no signed note, no checkpoint or no key of one. The message says what is wrong, for people, but not where.
 */
public final class NoteException extends Exception
{
    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * With what is wrong.
     *
     * @param message one line for people.
     */
    public NoteException(final String message)
    {
        super(message);
    }
}
