package io.countersign.hsm;

import java.util.Arrays;

/**
 * Reads {@code CKA_EC_POINT}. Tokens give the point as it is (PKCS#11 v3.1 for Edwards curves, and some for all), as a
 * DER OCTET STRING (v2.20 to v3.0) or as a DER BIT STRING (some for Edwards curves). The lengths tell which: no two
 * forms of one curve's points are equally long.
 */
final class EcPoint
{
    private static final int WEIERSTRASS_LENGTH = 65;
    private static final int EDWARDS_LENGTH = 32;
    private static final byte UNCOMPRESSED = 0x04;
    private static final byte OCTET_STRING = 0x04;
    private static final byte BIT_STRING = 0x03;

    private EcPoint()
    {
    }

    /**
     * The point itself.
     *
     * @param algorithm on a curve.
     * @param value     of the attribute.
     * @return Ed25519: 32 bytes (RFC 8032); else 04, X and Y, 65 bytes.
     * @throws IllegalArgumentException when it is in none of the three forms.
     */
    static byte[] decode(final SigningAlgorithm algorithm, final byte[] value)
    {
        final boolean isEdwards = SigningAlgorithm.ED25519 == algorithm;
        final int length = isEdwards ? EDWARDS_LENGTH : WEIERSTRASS_LENGTH;
        final int start = value.length - length;
        final boolean isPoint = switch (start)
        {
            case 0 -> true;
            case 2 -> OCTET_STRING == value[0] && length == value[1];
            case 3 -> BIT_STRING == value[0] && length + 1 == value[1] && 0 == value[2];
            default -> false;
        };
        if (!isPoint || !isEdwards && UNCOMPRESSED != value[start])
        {
            throw new IllegalArgumentException("no uncompressed point of " + algorithm.configName() + ", but " +
                value.length + " bytes");
        }

        return Arrays.copyOfRange(value, start, value.length);
    }
}
