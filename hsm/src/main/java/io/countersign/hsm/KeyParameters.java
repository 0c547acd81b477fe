package io.countersign.hsm;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * The values of {@code CKA_EC_PARAMS}, as DER.
 */
final class KeyParameters
{
    private static final byte[] P256 = HexFormat.of().parseHex("06082a8648ce3d030107");
    private static final byte[] SECP256K1 = HexFormat.of().parseHex("06052b8104000a");
    private static final byte[] ED25519 = HexFormat.of().parseHex("06032b6570");

    /** PrintableString {@code edwards25519}: the other name that PKCS#11 v3.0 has for the curve. */
    private static final byte[] ED25519_BY_NAME = HexFormat.of().parseHex("130c656477617264733235353139");

    private KeyParameters()
    {
    }

    /**
     * The parameters that name the curve of an algorithm.
     *
     * @param algorithm on a curve.
     * @return DER.
     */
    static byte[] ofCurve(final SigningAlgorithm algorithm)
    {
        return switch (algorithm)
        {
            case ED25519 -> ED25519.clone();
            case ECDSA_P256 -> P256.clone();
            case ECDSA_SECP256K1, ECDSA_SECP256K1_KECCAK256 -> SECP256K1.clone();
            default -> throw new IllegalArgumentException(algorithm.configName() + " is on no curve");
        };
    }

    /**
     * Whether parameters name the curve of an algorithm.
     *
     * @param algorithm  on a curve.
     * @param parameters DER.
     * @return true when they do.
     */
    static boolean isCurve(final SigningAlgorithm algorithm, final byte[] parameters)
    {
        return Arrays.equals(ofCurve(algorithm), parameters) ||
            SigningAlgorithm.ED25519 == algorithm && Arrays.equals(ED25519_BY_NAME, parameters);
    }
}
