package io.countersign.gateway.policy;

/**
 * One limit on what goes through in a time, compiled. What went through is kept in the {@link Ledger} at the account's
 * index; across policies an account is the same when all but the most it takes is the same.
 *
 * @param principal whose limit it is.
 * @param rule      whose limit it is, empty for the principal's own.
 * @param kind      what is counted.
 * @param perNs     length of the window in nanoseconds, or {@link io.countersign.gateway.config.WindowLimit#DAY}.
 * @param maxHigh   upper half of the most there may be.
 * @param maxLow    lower half of the most there may be: orders, or notional in units of 10^-18.
 */
record Account(String principal, String rule, Kind kind, long perNs, long maxHigh, long maxLow)
{
    /** The same for accounts of two policies that are one. */
    Object identity()
    {
        return new Account(principal, rule, kind, perNs, 0, 0);
    }

    /**
     * What an account counts.
     */
    enum Kind
    {
        /** New orders. */
        ORDERS,

        /** Notional of new orders. */
        NOTIONAL,

        /** New orders that a throttle counts. */
        EXECUTIONS,

        /** Log-ons. */
        LOGINS,
    }
}
