package io.countersign.gateway.policy;

/**
 * What policy made of one request; written by {@link Policy#decide}. Mutable and reused.
 */
public final class Decision
{
    /** {@link #ruleIndex()} when no rule was asked. */
    public static final int NO_RULE = -1;

    int reason;
    int ruleIndex;

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
}
