package io.countersign.perf.report;

/**
 * One goal, and what was measured of it.
 *
 * @param name     what is measured, for people.
 * @param measured the value, NaN when it could not be measured.
 * @param goal     the bound.
 * @param unit     of both.
 * @param isAtMost whether the goal is met by no more than its bound, else by no less.
 */
public record Figure(String name, double measured, double goal, String unit, boolean isAtMost)
{
    /**
     * Whether the goal is met.
     *
     * @return false also when it could not be measured.
     */
    public boolean isMet()
    {
        return isAtMost ? measured <= goal : measured >= goal;
    }
}
