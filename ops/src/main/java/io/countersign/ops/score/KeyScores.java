package io.countersign.ops.score;

import io.countersign.gateway.register.KeyState;

import java.util.ArrayList;
import java.util.List;

/**
 * Computes the scores of keys from what is known of them. Nothing is read here, no clock either.
 */
public final class KeyScores
{
    private KeyScores()
    {
    }

    /**
     * The score of a key.
     *
     * @param alias of the key, for people.
     * @param id    of the key in hexadecimal digits.
     * @param facts that are known.
     * @param nowMs milliseconds since 1970.
     * @return the score.
     */
    public static KeyScore of(final String alias, final String id, final KeyFacts facts, final long nowMs)
    {
        final List<Factor> factors = new ArrayList<>();
        factors.add(StrengthFactor.of(facts));
        factors.addAll(HoldingFactors.of(facts));
        factors.addAll(PolicyFactors.of(facts));
        factors.addAll(ExposureFactors.of(facts, nowMs));
        return new KeyScore(alias, id, isInUse(facts), factors);
    }

    /** A key that the configuration does not name, or that the register does not have active, holds nothing down. */
    private static boolean isInUse(final KeyFacts facts)
    {
        return KeyRole.STRAY != facts.role() && (null == facts.life() || KeyState.ACTIVE == facts.life().state());
    }
}
