package io.countersign.hsm;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_EC_PARAMS;

import iaik.pkcs.pkcs11.wrapper.CK_ATTRIBUTE;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The values of {@code CKA_EC_PARAMS}, as DER: the curve's OID or, since PKCS#11 v3.0, its name as a PrintableString.
 */
final class KeyParameters
{
    private static final byte[] P256 = HexFormat.of().parseHex("06082a8648ce3d030107");
    private static final byte[] SECP256K1 = HexFormat.of().parseHex("06052b8104000a");
    private static final byte[] ED25519 = HexFormat.of().parseHex("06032b6570");

    private static final byte[] P256_BY_NAME = printable("secp256r1");
    private static final byte[] SECP256K1_BY_NAME = printable("secp256k1");
    private static final byte[] ED25519_BY_NAME = printable("edwards25519");

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
        final byte[] byName = switch (algorithm)
        {
            case ED25519 -> ED25519_BY_NAME;
            case ECDSA_P256 -> P256_BY_NAME;
            default -> SECP256K1_BY_NAME;
        };
        return Arrays.equals(ofCurve(algorithm), parameters) || Arrays.equals(byName, parameters);
    }

    /**
     * Name the curve of Ed25519 by its name where an attribute has its OID.
     *
     * @param attribute of any type.
     */
    static void nameEdwardsCurve(final CK_ATTRIBUTE attribute)
    {
        if (CKA_EC_PARAMS == attribute.type && Arrays.equals(ED25519, (byte[]) attribute.pValue))
        {
            attribute.pValue = ED25519_BY_NAME.clone();
        }
    }

    private static byte[] printable(final String name)
    {
        final byte[] text = name.getBytes(StandardCharsets.US_ASCII);
        final byte[] encoded = new byte[2 + text.length];
        encoded[0] = 0x13;
        encoded[1] = (byte) text.length;
        System.arraycopy(text, 0, encoded, 2, text.length);
        return encoded;
    }
}
