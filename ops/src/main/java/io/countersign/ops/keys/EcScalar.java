package io.countersign.ops.keys;

import io.countersign.hsm.SigningAlgorithm;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * Curves whose private keys are numbers of 32 bytes, and the PKCS#8 form (RFC 5208, RFC 5915) of such a number.
 */
enum EcScalar
{
    /** The curve of Bitcoin and Ethereum. */
    SECP256K1(
        "303e020100301006072a8648ce3d020106052b8104000a042730250201010420",
        "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141"),

    /** P-256. */
    P256(
        "3041020100301306072a8648ce3d020106082a8648ce3d030107042730250201010420",
        "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551");

    private static final int LENGTH = 32;

    private final byte[] prefix;
    private final byte[] order;

    EcScalar(final String prefix, final String order)
    {
        this.prefix = HexFormat.of().parseHex(prefix);
        this.order = HexFormat.of().parseHex(order);
    }

    /**
     * The curve of an algorithm.
     *
     * @param algorithm any.
     * @return its curve, or null when its keys are no such numbers.
     */
    static EcScalar of(final SigningAlgorithm algorithm)
    {
        return switch (algorithm)
        {
            case ECDSA_P256 -> P256;
            case ECDSA_SECP256K1, ECDSA_SECP256K1_KECCAK256 -> SECP256K1;
            default -> null;
        };
    }

    /**
     * Whether bytes are a private key.
     *
     * @param scalar big endian.
     * @return true when it has 32 bytes, is above 0 and below the order of the curve.
     */
    boolean isScalar(final byte[] scalar)
    {
        int bits = 0;
        for (final byte part : scalar)
        {
            bits |= part;
        }
        return LENGTH == scalar.length && 0 != bits && Arrays.compareUnsigned(scalar, order) < 0;
    }

    /**
     * The key as PKCS#8.
     *
     * @param scalar of 32 bytes.
     * @return DER, which the caller zeroes after use.
     */
    byte[] pkcs8(final byte[] scalar)
    {
        final byte[] encoded = Arrays.copyOf(prefix, prefix.length + LENGTH);
        System.arraycopy(scalar, 0, encoded, prefix.length, LENGTH);
        return encoded;
    }
}
