package io.countersign.client;

import io.countersign.codecs.wire.Field;
import io.countersign.codecs.wire.Reason;

/**
 * The gateway refused the request; nothing was signed.
 */
public final class RejectedException extends CountersignException
{
    private static final long serialVersionUID = 1L;

    private final long requestId;
    private final Reason reason;
    private final Field field;
    private final long recordSequence;
    private final String rule;

    RejectedException(
        final long requestId, final Reason reason, final Field field, final long recordSequence, final String rule)
    {
        super("request " + requestId + " was refused: " + reason + (Field.NULL_VAL == field ? "" : " " + field) +
            (rule.isEmpty() ? "" : ", nearest rule " + rule));
        this.requestId = requestId;
        this.reason = reason;
        this.field = field;
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
     * Which field the venue lacks or cannot take.
     *
     * @return the field, or {@link Field#NULL_VAL} where none is the cause.
     */
    public Field field()
    {
        return field;
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
