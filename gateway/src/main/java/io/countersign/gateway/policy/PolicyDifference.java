package io.countersign.gateway.policy;

/**
 * One thing in which a policy differs from the one before.
 *
 * @param isDrift whether something became wider, or may have: permission drift.
 * @param text    in words, one line.
 */
public record PolicyDifference(boolean isDrift, String text) implements Comparable<PolicyDifference>
{
    @Override
    public int compareTo(final PolicyDifference other)
    {
        return text.compareTo(other.text);
    }
}
