package io.countersign.ops.score;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;

/**
 * The score of one key: 100 x strength x access / exposure, each the product of its factors. The product is exact, and
 * rounded once to a whole number, halves up.
 *
 * @param alias   of the key, for people.
 * @param id      of the key in hexadecimal digits.
 * @param isInUse whether it counts in the score of the appliance.
 * @param factors in the order of the documentation.
 */
public record KeyScore(String alias, String id, boolean isInUse, List<Factor> factors)
{
    private static final int HUNDRED = 100;
    private static final int SHOWN_SCALE = 3;

    /**
     * Copies the factors.
     *
     * @param alias   of the key.
     * @param id      of the key.
     * @param isInUse whether it counts in the score of the appliance.
     * @param factors in the order of the documentation.
     */
    public KeyScore
    {
        factors = List.copyOf(factors);
    }

    /**
     * The score.
     *
     * @return 0 to 100.
     */
    public int score()
    {
        return score(null);
    }

    /**
     * One of the quantities, for people; the score is computed from the factors themselves.
     *
     * @param quantity that is meant.
     * @return rounded to three places.
     */
    public BigDecimal quantity(final Quantity quantity)
    {
        BigDecimal product = BigDecimal.ONE;
        for (final Factor factor : factors)
        {
            product = quantity == factor.quantity() ? product.multiply(factor.value()) : product;
        }
        return Factor.plain(product.setScale(SHOWN_SCALE, RoundingMode.HALF_UP));
    }

    /**
     * By how much the score would rise if the advice of one factor was followed.
     *
     * @param factor one of the factors.
     * @return 0 or more.
     */
    public int gain(final Factor factor)
    {
        return score(factor) - score();
    }

    /**
     * The factors that cost most and of which something can be done.
     *
     * @param most how many.
     * @return dearest first, of those that cost the same in the order of the documentation.
     */
    public List<Factor> dearest(final int most)
    {
        return factors.stream().filter((factor) -> null != factor.advice())
            .sorted((left, right) -> right.compareCost(left)).limit(most).toList();
    }

    /**
     * The factors that nothing tells.
     *
     * @return in the order of the documentation.
     */
    public List<Factor> unknown()
    {
        return factors.stream().filter((factor) -> !factor.isKnown()).toList();
    }

    private int score(final Factor raised)
    {
        BigInteger above = BigInteger.valueOf(HUNDRED);
        BigInteger below = BigInteger.ONE;
        for (final Factor factor : factors)
        {
            final BigInteger value =
                BigInteger.valueOf(factor.equals(raised) ? factor.raised().thousandths() : factor.thousandths());
            final boolean isExposure = Quantity.EXPOSURE == factor.quantity();
            above = above.multiply(isExposure ? BigInteger.valueOf(Factor.ONE) : value);
            below = below.multiply(isExposure ? value : BigInteger.valueOf(Factor.ONE));
        }
        return new BigDecimal(above).divide(new BigDecimal(below), 0, RoundingMode.HALF_UP).intValueExact();
    }
}
