package io.countersign.hsm;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKM_ECDSA;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKM_ECDSA_SHA256;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKM_RSA_PKCS;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKM_SHA256_RSA_PKCS;

import java.util.List;

import org.xipki.pkcs11.wrapper.PKCS11Constants;

/**
 * How a token is asked for the signatures of one key. Chosen once for each connection, by what the token has.
 *
 * @param algorithm       of the key.
 * @param mechanism       a {@code CKM_} value.
 * @param input           what the mechanism is given.
 * @param eddsaParameters whether {@code CK_EDDSA_PARAMS} of pure Ed25519 go along: no pre-hash, no context.
 */
record SigningMethod(SigningAlgorithm algorithm, long mechanism, Input input, boolean eddsaParameters)
{
    /** What a mechanism is given. */
    enum Input
    {
        /** The payload as it was submitted. */
        PAYLOAD(""),

        /** The payload's SHA-256, made here. */
        DIGEST(" over SHA-256 made on the host"),

        /** The payload's SHA-256, made here, in a DigestInfo (RFC 8017, section 9.2). */
        DIGEST_INFO(" over a DigestInfo with SHA-256 made on the host");

        private final String description;

        Input(final String description)
        {
            this.description = description;
        }
    }

    private static final int EDWARDS_KEY_BITS = 255;
    private static final int CURVE_KEY_BITS = 256;
    private static final int RSA_KEY_BITS = 2048;

    /**
     * The ways that give an algorithm's signatures, the one to prefer first. SHA-256 of an order costs less here than
     * its way to a token, so ECDSA is over a digest that is made here; RSA takes the mechanism that leaves the padding
     * to the token.
     *
     * @param algorithm any.
     * @return at least one; all give the same signatures, so far as the algorithm is deterministic.
     */
    static List<SigningMethod> candidates(final SigningAlgorithm algorithm)
    {
        return switch (algorithm)
        {
            case ECDSA_P256, ECDSA_SECP256K1 ->
                List.of(of(algorithm, CKM_ECDSA, Input.DIGEST), of(algorithm, CKM_ECDSA_SHA256, Input.PAYLOAD));
            case RSA_2048 -> List.of(
                of(algorithm, CKM_SHA256_RSA_PKCS, Input.PAYLOAD), of(algorithm, CKM_RSA_PKCS, Input.DIGEST_INFO));
            default -> List.of(of(algorithm, algorithm.mechanism(), Input.PAYLOAD));
        };
    }

    /**
     * The same way with the parameters of Ed25519.
     *
     * @return a new method.
     */
    SigningMethod withEddsaParameters()
    {
        return new SigningMethod(algorithm, mechanism, input, true);
    }

    /**
     * Whether a mechanism takes keys of this algorithm's size. What a MAC mechanism counts in, bytes or bits, is up to
     * the token: for MACs nothing is said.
     *
     * @param min key size that the token gives.
     * @param max key size that the token gives; 0 when it gives none.
     * @return false when it does not.
     */
    boolean fitsKeySizes(final long min, final long max)
    {
        if (0 == max || algorithm.isMac())
        {
            return true;
        }

        return switch (algorithm)
        {
            case RSA_2048 -> min <= RSA_KEY_BITS && RSA_KEY_BITS <= max;
            // Tokens count the bits of the field, 255, or those of the encoding, 256.
            case ED25519 -> min <= CURVE_KEY_BITS && EDWARDS_KEY_BITS <= max;
            default -> min <= CURVE_KEY_BITS && CURVE_KEY_BITS <= max;
        };
    }

    /**
     * The mechanism's name.
     *
     * @return for example {@code CKM_EDDSA}.
     */
    String mechanismName()
    {
        return PKCS11Constants.ckmCodeToName(mechanism);
    }

    @Override
    public String toString()
    {
        return mechanismName() + (eddsaParameters ? " with parameters" : "") + input.description;
    }

    private static SigningMethod of(final SigningAlgorithm algorithm, final long mechanism, final Input input)
    {
        return new SigningMethod(algorithm, mechanism, input, false);
    }
}
