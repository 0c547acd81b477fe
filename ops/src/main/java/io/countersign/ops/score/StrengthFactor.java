package io.countersign.ops.score;

import io.countersign.hsm.SigningAlgorithm;
import io.countersign.hsm.TokenKey;

import java.util.Locale;

/**
 * Bits of security by NIST SP 800-57 part 1 revision 5, tables 2 and 3, of the {@value #FULL_BITS} that the best keys
 * here have. What is below {@value #LEAST_BITS} bits is not to be used any more (SP 800-131A revision 2): 0.
 */
final class StrengthFactor
{
    private static final int FULL_BITS = 128;
    private static final int LEAST_BITS = 112;
    private static final int SHA256_BITS = 256;

    private StrengthFactor()
    {
    }

    static Factor of(final KeyFacts facts)
    {
        final TokenKey key = facts.key();
        if (0 == key.bits())
        {
            return Factor.unknown("algorithm", Quantity.STRENGTH, thousandths(LEAST_BITS),
                key.type() + ", of which the token tells no size");
        }
        final int bits = bits(key, facts.algorithm());
        final String reason = key.type() + " of " + key.bits() + " bits: " + bits + " bits of security";
        if (mayBeFilledUp(key))
        {
            return Factor.unknown("algorithm", Quantity.STRENGTH, thousandths(bits),
                reason + ", if the secret was not shorter before it was imported");
        }
        return Factor.known("algorithm", Quantity.STRENGTH, thousandths(bits), reason)
            .raisedTo(Factor.ONE, "make a key of " + FULL_BITS + " bits of security, for example Ed25519");
    }

    private static int thousandths(final int bits)
    {
        return bits < LEAST_BITS ? 0 : Math.min(bits, FULL_BITS) * Factor.ONE / FULL_BITS;
    }

    private static int bits(final TokenKey key, final SigningAlgorithm algorithm)
    {
        if (TokenKey.Kind.SECRET == key.kind())
        {
            return key.type().contains("aes") ? key.bits() : Math.min(key.bits(), digestBits(algorithm));
        }
        if ("RSA".equals(key.type()))
        {
            return ofModulus(key.bits());
        }
        return "ed25519".equals(key.type().toLowerCase(Locale.ROOT)) ? FULL_BITS : key.bits() / 2;
    }

    private static int ofModulus(final int bits)
    {
        if (bits < 2048)
        {
            return bits < 1024 ? 0 : 80;
        }
        return bits < 3072 ? LEAST_BITS : FULL_BITS;
    }

    private static int digestBits(final SigningAlgorithm algorithm)
    {
        return null == algorithm || !algorithm.isMac() ? SHA256_BITS : algorithm.maxSignatureLength() * Byte.SIZE;
    }

    /** An import fills a shorter secret up to the length of a digest; every other length is that of the secret. */
    private static boolean mayBeFilledUp(final TokenKey key)
    {
        return TokenKey.Kind.SECRET == key.kind() && !Boolean.TRUE.equals(key.local()) &&
            key.algorithms().stream().anyMatch((algorithm) -> digestBits(algorithm) == key.bits());
    }
}
