package io.countersign.hsm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERPrintableString;
import org.junit.jupiter.api.Test;

class EcPointTest
{
    private static final List<SigningAlgorithm> ON_CURVES = Arrays.stream(SigningAlgorithm.values())
        .filter((algorithm) -> !algorithm.isMac() && SigningAlgorithm.RSA_2048 != algorithm)
        .toList();
    private static final int ROUNDS = 2_000;

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    @Test
    void shouldReadAPointInEachOfTheThreeForms() throws Exception
    {
        for (int i = 0; i < ROUNDS; i++)
        {
            final SigningAlgorithm algorithm = ON_CURVES.get(i % ON_CURVES.size());
            final byte[] point = point(algorithm);
            final String description = algorithm + ", seed " + seed;
            assertArrayEquals(point, EcPoint.decode(algorithm, point), description);
            assertArrayEquals(point, EcPoint.decode(algorithm, new DEROctetString(point).getEncoded()), description);
            assertArrayEquals(point, EcPoint.decode(algorithm, new DERBitString(point).getEncoded()), description);
        }
    }

    @Test
    void shouldRefuseEverythingElse() throws Exception
    {
        for (int i = 0; i < ROUNDS; i++)
        {
            final SigningAlgorithm algorithm = ON_CURVES.get(i % ON_CURVES.size());
            final byte[] point = point(algorithm);
            final byte[] octetString = new DEROctetString(point).getEncoded();
            final byte[] bitString = new DERBitString(point).getEncoded();

            refused(algorithm, Arrays.copyOf(point, random.nextInt(point.length)));
            refused(algorithm, Arrays.copyOf(point, point.length + 1));
            refused(algorithm, Arrays.copyOf(octetString, octetString.length - 1));
            refused(algorithm, Arrays.copyOf(octetString, octetString.length + 2));
            refused(algorithm, new DEROctetString(octetString).getEncoded());
            refused(algorithm, new DERBitString(point, 1).getEncoded());
            for (int j = 0; j < 2; j++)
            {
                refused(algorithm, changed(octetString, j));
                refused(algorithm, changed(bitString, j));
            }
            refused(algorithm, changed(bitString, 2));
            refused(
                algorithm, point(SigningAlgorithm.ED25519 == algorithm ? SigningAlgorithm.ECDSA_P256 :
                SigningAlgorithm.ED25519));
        }
    }

    @Test
    void shouldRefuseCompressedPoints() throws Exception
    {
        final byte[] compressed = new byte[33];
        compressed[0] = 2;
        refused(SigningAlgorithm.ECDSA_P256, compressed);
        refused(SigningAlgorithm.ECDSA_P256, new DEROctetString(compressed).getEncoded());

        final byte[] hybrid = point(SigningAlgorithm.ECDSA_P256);
        hybrid[0] = 6;
        refused(SigningAlgorithm.ECDSA_P256, hybrid);
    }

    @Test
    void shouldKnowCurvesByOidAndByName() throws Exception
    {
        final byte[][] encoded = {
            new ASN1ObjectIdentifier("1.3.101.112").getEncoded(),
            new DERPrintableString("edwards25519").getEncoded(),
            new ASN1ObjectIdentifier("1.2.840.10045.3.1.7").getEncoded(),
            new DERPrintableString("secp256r1").getEncoded(),
            new ASN1ObjectIdentifier("1.3.132.0.10").getEncoded(),
            new DERPrintableString("secp256k1").getEncoded()
        };
        for (final SigningAlgorithm algorithm : ON_CURVES)
        {
            final int own = switch (algorithm)
            {
                case ED25519 -> 0;
                case ECDSA_P256 -> 2;
                default -> 4;
            };
            for (int i = 0; i < encoded.length; i++)
            {
                final boolean isOwn = own == i || own + 1 == i;
                assertTrue(isOwn == KeyParameters.isCurve(algorithm, encoded[i]), algorithm + ", parameters " + i);
                assertFalse(KeyParameters.isCurve(algorithm, Arrays.copyOf(encoded[i], encoded[i].length - 1)));
            }
        }
    }

    private byte[] point(final SigningAlgorithm algorithm)
    {
        final byte[] point = new byte[SigningAlgorithm.ED25519 == algorithm ? 32 : 65];
        random.nextBytes(point);
        if (SigningAlgorithm.ED25519 != algorithm)
        {
            point[0] = 4;
        }

        return point;
    }

    private byte[] changed(final byte[] value, final int index)
    {
        final byte[] changed = value.clone();
        changed[index] ^= (byte) (1 + random.nextInt(255));
        return changed;
    }

    private void refused(final SigningAlgorithm algorithm, final byte[] value)
    {
        assertThrows(
            IllegalArgumentException.class,
            () -> EcPoint.decode(algorithm, value),
            () -> algorithm + ", " + HexFormat.of().formatHex(value) + ", seed " + seed);
    }
}
