package io.countersign.client;

import io.countersign.codecs.wire.Reason;

import java.util.List;

/**
 * The gateway refused an operator's command, or could not carry it out; nothing has changed.
 */
public final class CommandRefusedException extends CountersignException
{
    private static final long serialVersionUID = 1L;

    private final Reason reason;
    private final long recordSequence;
    private final transient List<String> lines;

    CommandRefusedException(final Reason reason, final long recordSequence, final List<String> lines)
    {
        super("the gateway refused the command: " + reason + (lines.isEmpty() ? "" : ": " + lines.getFirst()));
        this.reason = reason;
        this.recordSequence = recordSequence;
        this.lines = List.copyOf(lines);
    }

    /**
     * Why, as a code.
     *
     * @return COMMAND_FAILED where {@link #lines()} say more.
     */
    public Reason reason()
    {
        return reason;
    }

    /**
     * Why, in words.
     *
     * @return lines for people; may be empty.
     */
    public List<String> lines()
    {
        return lines;
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
}
