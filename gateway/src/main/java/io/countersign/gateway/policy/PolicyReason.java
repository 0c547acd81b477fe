package io.countersign.gateway.policy;

import io.countersign.codecs.wire.Reason;

/**
 * Reasons of the wire's {@code Reason} that come of what went before a request, of the time, or of a switch.
 */
final class PolicyReason
{
    static final int MESSAGES_ABOVE_LIMIT = Reason.MESSAGES_ABOVE_LIMIT.value();
    static final int ORDERS_ABOVE_LIMIT = Reason.ORDERS_ABOVE_LIMIT.value();
    static final int TURNOVER_ABOVE_LIMIT = Reason.TURNOVER_ABOVE_LIMIT.value();
    static final int REPEATED_EXECUTION = Reason.REPEATED_EXECUTION.value();
    static final int LOGINS_ABOVE_LIMIT = Reason.LOGINS_ABOVE_LIMIT.value();
    static final int SWITCHED_OFF = Reason.SWITCHED_OFF.value();
    static final int KEY_NOT_VALID = Reason.KEY_NOT_VALID.value();
    static final int PRINCIPAL_EXPIRED = Reason.PRINCIPAL_EXPIRED.value();
    static final int OUTSIDE_HOURS = Reason.OUTSIDE_HOURS.value();
    static final int ACCESS_TOKEN_REQUIRED = Reason.ACCESS_TOKEN_REQUIRED.value();

    private PolicyReason()
    {
    }
}
