package io.countersign.client;

import io.countersign.codecs.wire.Reason;

/**
 * The gateway refused the request; nothing was signed.
 */
public final class RejectedException extends CountersignException
{
    private static final long serialVersionUID = 1L;

    private final long requestId;
    private final Reason reason;
    private final long recordSequence;
    private final String rule;

    RejectedException(final long requestId, final Reason reason, final long recordSequence, final String rule)
    {
        super("request " + requestId + " was refused: " + reason + (rule.isEmpty() ? "" : ", nearest rule " + rule));
        this.requestId = requestId;
        this.reason = reason;
        this.recordSequence = recordSequence;
        this.rule = rule;
    }

    /**
     * Id of the request.
     *
     * @return id of the request.
     */
    public long requestId()
    {
        return requestId;
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

    /**
     * Sequence of the record in the audit journal.
     *
     * @return sequence, or {@link CountersignClient#NULL_VALUE} where no record was written.
     */
    public long recordSequence()
    {
        return recordSequence;
    }

    /**
     * The policy rule that came nearest to allowing the request.
     *
     * @return its name, empty where no rule was asked.
     */
    public String rule()
    {
        return rule;
    }
}
