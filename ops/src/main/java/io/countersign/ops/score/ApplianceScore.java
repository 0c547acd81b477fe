package io.countersign.ops.score;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.List;

/**
 * The score of an appliance: the mean of the lowest score of its keys in use and of the mean of these scores, so that
 * the weakest key counts half, and once more among all.
 *
 * @param score  0 to 100.
 * @param lowest the key that holds it down; the first of those with the same score.
 * @param mean   of the scores of the keys in use, rounded to one place.
 * @param count  of the keys in use.
 */
public record ApplianceScore(int score, KeyScore lowest, BigDecimal mean, int count)
{
    /**
     * Of these keys.
     *
     * @param keys all that were scored.
     * @return the score, or null when none of them is in use.
     */
    public static ApplianceScore of(final List<KeyScore> keys)
    {
        final List<KeyScore> inUse = keys.stream().filter(KeyScore::isInUse).toList();
        if (inUse.isEmpty())
        {
            return null;
        }
        final KeyScore lowest = inUse.stream().min(Comparator.comparingInt(KeyScore::score)).orElseThrow();
        final BigDecimal sum = BigDecimal.valueOf(inUse.stream().mapToLong(KeyScore::score).sum());
        final BigDecimal count = BigDecimal.valueOf(inUse.size());
        final BigDecimal both = BigDecimal.valueOf(lowest.score()).multiply(count).add(sum);
        return new ApplianceScore(
            both.divide(count.add(count), 0, RoundingMode.HALF_UP).intValueExact(),
            lowest,
            sum.divide(count, 1, RoundingMode.HALF_UP),
            inUse.size());
    }
}
