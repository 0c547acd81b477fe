package io.countersign.gateway.register;

import java.io.Serial;

/**
 * The register cannot be read or written, or what was asked of it is not allowed. The message is one line for people:
 * what, where, what to do; never a secret.
 */
public final class RegisterException extends Exception
{
    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * With what there is to say.
     *
     * @param message one line for people.
     */
    public RegisterException(final String message)
    {
        super(message);
    }

    /**
     * With what there is to say and what led to it.
     *
     * @param message one line for people.
     * @param cause   for the error log.
     */
    public RegisterException(final String message, final Throwable cause)
    {
        super(message, cause);
    }
}
