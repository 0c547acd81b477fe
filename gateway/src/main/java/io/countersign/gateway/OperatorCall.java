package io.countersign.gateway;

import io.countersign.gateway.session.Session;

import java.nio.charset.StandardCharsets;

/**
 * One command that an operator has given.
 *
 * @param session    that it came by.
 * @param command    its template in the wire schema.
 * @param requestId  to answer with.
 * @param deadlineNs of the frame, UTC nanoseconds since 1970.
 * @param givenNs    monotonic time at which it was taken up.
 */
record OperatorCall(Session session, int command, long requestId, long deadlineNs, long givenNs)
{
    String operatorName()
    {
        return new String(session.principalName(), StandardCharsets.UTF_8);
    }
}
