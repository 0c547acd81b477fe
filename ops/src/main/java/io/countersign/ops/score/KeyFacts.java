package io.countersign.ops.score;

import io.countersign.hsm.PinSource;
import io.countersign.hsm.SigningAlgorithm;
import io.countersign.hsm.TokenKey;

/**
 * Everything that the score of a key is computed from. What is null is not known.
 *
 * @param key         as its token describes it.
 * @param algorithm   that it is configured for, or null.
 * @param role        what it is there for.
 * @param custody     what its token is.
 * @param grants      of the policy with it, or null.
 * @param oversight   of operators, or null.
 * @param life        as the register has it, or null.
 * @param publishedIn where anybody can read it, or null.
 */
public record KeyFacts(
    TokenKey key,
    SigningAlgorithm algorithm,
    KeyRole role,
    Custody custody,
    Grants grants,
    Oversight oversight,
    KeyLife life,
    String publishedIn)
{
    /**
     * What holds a key.
     *
     * @param inHardware whether the token signs with it in hardware, or null.
     * @param pin        where the gateway has the PIN from, or null.
     */
    public record Custody(Boolean inHardware, PinSource.Kind pin)
    {
    }

    boolean isRecoverable()
    {
        return null != life && life.isRecoverable();
    }
}
