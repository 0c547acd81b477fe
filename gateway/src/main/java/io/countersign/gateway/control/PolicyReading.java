package io.countersign.gateway.control;

import io.countersign.gateway.policy.Ledger;
import io.countersign.gateway.policy.LedgerPlan;
import io.countersign.gateway.policy.Policy;
import io.countersign.gateway.policy.PolicyDifference;
import io.countersign.gateway.policy.PolicyText;

import java.util.ArrayList;
import java.util.List;

/**
 * What came of reading the policy file again. Immutable but for the ledger, which the gateway thread takes over.
 */
public sealed interface PolicyReading
{
    /**
     * The file cannot be used.
     *
     * @param errors all that is wrong, one line each, at least one.
     */
    record Unusable(List<String> errors) implements PolicyReading
    {
    }

    /**
     * The file holds the very text that is in force.
     */
    record Same() implements PolicyReading
    {
    }

    /**
     * The file holds another policy.
     *
     * @param isTrial whether it is only to be told of.
     * @param lines   what an operator is told, ready to be sent.
     * @param text    what the journal keeps of it, with the differences from the policy in force.
     * @param policy  compiled.
     * @param ledger  of this policy, empty.
     * @param plan    by which the ledger takes over what the one in use holds.
     */
    record Other(
        boolean isTrial,
        List<String> lines,
        PolicyText text,
        Policy policy,
        Ledger ledger,
        LedgerPlan plan) implements PolicyReading
    {
        /**
         * With the lines that an operator is told.
         *
         * @param isTrial whether it is only to be told of.
         * @param old     in force.
         * @param text    of the next one.
         * @param next    compiled.
         * @return the reading.
         */
        public static Other of(final boolean isTrial, final Policy old, final PolicyText text, final Policy next)
        {
            final List<String> lines = new ArrayList<>(text.differences().size() + 1);
            lines.add("policy %016x %s %016x, %d differences, %d of them drift".formatted(
                next.version(),
                isTrial ? "would follow" : "follows",
                old.version(),
                text.differences().size(),
                text.differences().stream().filter(PolicyDifference::isDrift).count()));
            for (final PolicyDifference difference : text.differences())
            {
                lines.add((difference.isDrift() ? "drift: " : "") + difference.text());
            }
            return new Other(isTrial, lines, text, next, new Ledger(next), LedgerPlan.between(old, next));
        }
    }
}
