package io.countersign.ops.score;

import java.math.BigDecimal;

/**
 * One factor of a score.
 *
 * @param name       as the documentation's table has it.
 * @param quantity   that it belongs to.
 * @param thousandths its value: 0 to 1000; of {@link Quantity#EXPOSURE} at least 1000.
 * @param best       what the value would become by the advice, in thousandths; the value itself without one.
 * @param isKnown    false when nothing that was asked tells it: then the value is the documented one for that.
 * @param reason     for people.
 * @param advice     what would raise the score, for people; null when there is nothing to do.
 */
public record Factor(
    String name, Quantity quantity, int thousandths, int best, boolean isKnown, String reason, String advice)
{
    /** A value that neither lowers nor raises. */
    public static final int ONE = 1000;

    private static final int SCALE = 3;

    static Factor known(final String name, final Quantity quantity, final int thousandths, final String reason)
    {
        return new Factor(name, quantity, thousandths, thousandths, true, reason, null);
    }

    static Factor unknown(final String name, final Quantity quantity, final int thousandths, final String reason)
    {
        return new Factor(name, quantity, thousandths, thousandths, false, reason, null);
    }

    /** The same with what to do; nothing where the value is that good already. */
    Factor raisedTo(final int next, final String what)
    {
        return thousandths == next ? this : new Factor(name, quantity, thousandths, next, isKnown, reason, what);
    }

    /** The same after the advice was followed. */
    Factor raised()
    {
        return known(name, quantity, best, reason);
    }

    /**
     * The value.
     *
     * @return exactly, without zeros at its end.
     */
    public BigDecimal value()
    {
        return plain(BigDecimal.valueOf(thousandths, SCALE));
    }

    /** A number without zeros at its end and without an exponent. */
    static BigDecimal plain(final BigDecimal value)
    {
        final BigDecimal stripped = value.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }

    /** Whether following the advice does more for a score than that of another. */
    int compareCost(final Factor other)
    {
        return Long.compare(better() * (long) other.worse(), other.better() * (long) worse());
    }

    private int better()
    {
        return Quantity.EXPOSURE == quantity ? thousandths : best;
    }

    private int worse()
    {
        return Quantity.EXPOSURE == quantity ? best : thousandths;
    }
}
