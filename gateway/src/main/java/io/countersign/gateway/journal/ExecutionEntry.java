package io.countersign.gateway.journal;

/**
 * A rule that the repeated-execution throttle has stopped or an operator has re-enabled, as its record has it.
 *
 * @param isStopped    whether it is stopped from here.
 * @param principal    whose rule it is.
 * @param rule         its name.
 * @param operatorName who re-enabled it, empty when it was stopped.
 * @param comment      why, may be empty.
 */
public record ExecutionEntry(boolean isStopped, String principal, String rule, String operatorName, String comment)
{
    /**
     * Whether another entry is about the same rule.
     *
     * @param other entry.
     * @return true when principal and rule are the same.
     */
    public boolean isOfSameRule(final ExecutionEntry other)
    {
        return principal.equals(other.principal) && rule.equals(other.rule);
    }
}
