package io.countersign.client;

/**
 * The gateway knows the id of this request and does not sign it twice, but no longer has the signed bytes.
 */
public final class RequestKnownException extends CountersignException
{
    private static final long serialVersionUID = 1L;

    private final transient RequestOutcome outcome;

    RequestKnownException(final RequestOutcome outcome)
    {
        super("request " + outcome.requestId() + " was sent before: " + outcome.fate() + ", record " +
            outcome.recordSequence() + "; a new try needs a new id");
        this.outcome = outcome;
    }

    /**
     * What became of it.
     *
     * @return its fate: SIGNED or INTERRUPTED; null where this was deserialised.
     */
    public RequestOutcome outcome()
    {
        return outcome;
    }
}
