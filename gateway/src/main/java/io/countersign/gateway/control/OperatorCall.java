package io.countersign.gateway.control;

import io.countersign.gateway.session.Session;

import java.nio.charset.StandardCharsets;

/**
 * One command that an operator has given. Immutable, so that it may go from thread to thread.
 *
 * @param session    that it came by; only the gateway thread may use it.
 * @param command    its template in the wire schema.
 * @param requestId  to answer with.
 * @param deadlineNs of the frame, UTC nanoseconds since 1970.
 * @param givenNs    monotonic time at which it was taken up.
 * @param signed     what was signed and what was found of it; null where the command is not a signed one, or not yet.
 */
public record OperatorCall(
    Session session, int command, long requestId, long deadlineNs, long givenNs, Signed signed)
{
    /** Acceptance of a command that was refused. */
    public static final long NOT_ACCEPTED = Long.MIN_VALUE;

    /** Step of a command whose code was not used up. */
    public static final long NO_STEP = Long.MIN_VALUE;

    /**
     * A signed command.
     *
     * @param text       of the command, as it was signed.
     * @param acceptedNs monotonic time at which it was found authentic and granted, or {@link #NOT_ACCEPTED}.
     * @param totpStep   that its code used up, or {@link #NO_STEP}.
     */
    public record Signed(String text, long acceptedNs, long totpStep)
    {
    }

    /**
     * A command as it came.
     *
     * @param session    that it came by.
     * @param command    its template in the wire schema.
     * @param requestId  to answer with.
     * @param deadlineNs of the frame, UTC nanoseconds since 1970.
     * @param givenNs    monotonic time at which it was taken up.
     */
    public OperatorCall(
        final Session session, final int command, final long requestId, final long deadlineNs, final long givenNs)
    {
        this(session, command, requestId, deadlineNs, givenNs, null);
    }

    /**
     * The same with what was found of its signature.
     *
     * @param next what was signed.
     * @return another.
     */
    public OperatorCall with(final Signed next)
    {
        return new OperatorCall(session, command, requestId, deadlineNs, givenNs, next);
    }

    /**
     * Who gave it: the principal of the session.
     *
     * @return name.
     */
    public String operatorName()
    {
        return new String(session.principalName(), StandardCharsets.UTF_8);
    }

    /**
     * The session's id.
     *
     * @return sequence of its record.
     */
    public long sessionId()
    {
        return session.sessionId();
    }
}
