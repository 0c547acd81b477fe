package io.countersign.perf.peer;

/**
 * A peer cannot be started or does not sign. The message is one line for people.
 */
public final class PeerException extends Exception
{
    private static final long serialVersionUID = 1L;

    /**
     * A refusal.
     *
     * @param message what happened, to which peer, and what to do.
     */
    public PeerException(final String message)
    {
        super(message);
    }
}
