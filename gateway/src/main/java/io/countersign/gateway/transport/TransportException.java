package io.countersign.gateway.transport;

/**
 * The way in cannot be opened. The message is one line for people.
 */
public final class TransportException extends Exception
{
    private static final long serialVersionUID = 1L;

    /**
     * Construct with the line that is shown to the operator.
     *
     * @param message one line.
     */
    public TransportException(final String message)
    {
        super(message);
    }
}
