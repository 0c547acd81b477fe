package io.countersign.gateway.control;

import io.countersign.gateway.policy.Ledger;
import io.countersign.gateway.policy.LedgerPlan;
import io.countersign.gateway.policy.Policy;
import io.countersign.gateway.policy.PolicyDifference;
import io.countersign.gateway.policy.PolicyText;

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
     * @param isTrial     whether it is only to be told of.
     * @param differences from the policy in force, sorted.
     * @param text        what the journal keeps of it.
     * @param policy      compiled.
     * @param ledger      of this policy, empty.
     * @param plan        by which the ledger takes over what the one in use holds.
     */
    record Other(
        boolean isTrial,
        List<PolicyDifference> differences,
        PolicyText text,
        Policy policy,
        Ledger ledger,
        LedgerPlan plan) implements PolicyReading
    {
    }
}
