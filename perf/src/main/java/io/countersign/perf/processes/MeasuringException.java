package io.countersign.perf.processes;

/**
 * A demonstration or a measurement cannot go on. The message is one line for people.
 */
public final class MeasuringException extends Exception
{
    private static final long serialVersionUID = 1L;

    /**
     * Create.
     *
     * @param message what happened, where, and what to do.
     */
    public MeasuringException(final String message)
    {
        super(message);
    }
}
