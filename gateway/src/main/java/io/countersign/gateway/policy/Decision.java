package io.countersign.gateway.policy;

import io.countersign.venues.Order;

/**
 * What policy made of one request; written by {@link Policy#decide}. Mutable and reused; for one thread.
 */
public final class Decision
{
    /** {@link #ruleIndex()} when no rule was asked. */
    public static final int NO_RULE = -1;

    private final Notional notional = new Notional();
    private boolean hasNotional;
    int reason;
    int ruleIndex;
    boolean stopsExecution;

    /**
     * Construct a decision that denies until policy has spoken.
     */
    public Decision()
    {
        reset(0);
    }

    /**
     * Forget the last decision.
     *
     * @param reason why nothing was decided, as a value of the wire's {@code Reason}.
     */
    public void reset(final int reason)
    {
        this.reason = reason;
        ruleIndex = NO_RULE;
        stopsExecution = false;
        hasNotional = false;
    }

    /** The notional of the order that is decided on, computed once. */
    Notional notional(final Order order)
    {
        if (!hasNotional)
        {
            notional.of(order);
            hasNotional = true;
        }
        return notional;
    }

    /**
     * Be the decision of an Intent that the journal holds, so that it can be counted again.
     *
     * @param ruleIndex of the rule that it names, or {@link #NO_RULE} when the policy has no such rule.
     */
    public void allow(final int ruleIndex)
    {
        reset(0);
        this.ruleIndex = ruleIndex;
    }

    /**
     * Why the request was refused.
     *
     * @return a value of the wire's {@code Reason}; 0 when it is allowed.
     */
    public int reason()
    {
        return reason;
    }

    /**
     * The rule that allowed the request or that came nearest to it.
     *
     * @return index for {@link Policy#ruleName}, or {@link #NO_RULE}.
     */
    public int ruleIndex()
    {
        return ruleIndex;
    }

    /**
     * Whether this denial stops {@link #ruleIndex()}: its repeated-execution throttle has been passed. Policy changes
     * nothing by itself; record it, then call {@link Ledger#stopExecution(int)}.
     *
     * @return true when the rule is to be stopped.
     */
    public boolean stopsExecution()
    {
        return stopsExecution;
    }
}
