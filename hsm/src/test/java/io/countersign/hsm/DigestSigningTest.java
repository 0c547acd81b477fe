package io.countersign.hsm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.crypto.digests.KeccakDigest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyInfoFactory;
import org.bouncycastle.math.ec.ECPoint;
import org.junit.jupiter.api.Test;

class DigestSigningTest
{
    private static final SigningAlgorithm ALGORITHM = SigningAlgorithm.ECDSA_SECP256K1_KECCAK256;
    private static final ECNamedDomainParameters DOMAIN = new ECNamedDomainParameters(
        SECObjectIdentifiers.secp256k1, CustomNamedCurves.getByName("secp256k1"));

    /** Key, digest and signer as the tests of Hyperliquid's SDK, EIP-155 and EIP-712 publish them. */
    private static final List<List<String>> PUBLISHED = List.of(
        List.of("0123456789012345678901234567890123456789012345678901234567890123",
            "a5cfed1f2d7948de30aecacc7fea3c5e05c1e759020e96239847879b906f801e",
            "14791697260e4c9a71f18484c9f997b308e59325"),
        List.of("4646464646464646464646464646464646464646464646464646464646464646",
            "daf5a779ae972f972197303d7b574746c7ef83eadac0f2791ad23db92e4c8e53",
            "9d8a62f656a8d1615c1294fd71e9cfb3e4855a4f"),
        List.of("c85ef7d79691fe79573b1a7064c19c1a9819ebdbd1faaab1a8ec92344438aaf4",
            "be609aee343fb3c4b28e1df9e632fca64fcfaede20f02e86244efddf30957bd2",
            "cd2a3d9f938e13cd947ec05abc7fe734df8dd826"));

    @Test
    void shouldSignDigestsAsTheyAre() throws Exception
    {
        final SoftHsmFixture token = SoftHsmFixture.create();
        for (final List<String> published : PUBLISHED)
        {
            token.importPrivateKey("key", ALGORITHM, pkcs8(published.get(0)));
        }

        try (TokenConnector connector = new TokenConnector(token.context()))
        {
            final LaneSignatures lane = new LaneSignatures(connector.connect().inlineLane());
            for (int i = 0; i < PUBLISHED.size(); i++)
            {
                final byte[] digest = HexFormat.of().parseHex(PUBLISHED.get(i).get(1));
                final byte[] signature = lane.sign(i, digest);
                assertTrue(signers(digest, signature).contains(PUBLISHED.get(i).get(2)));
                digest[0] ^= 1;
                assertFalse(signers(digest, signature).contains(PUBLISHED.get(i).get(2)));
            }
        }
    }

    @Test
    void shouldSignNothingButADigest() throws Exception
    {
        final SoftHsmFixture token = SoftHsmFixture.create();
        token.generateKeyPair("key", ALGORITHM);
        token.generateKeyPair("other", SigningAlgorithm.ECDSA_SECP256K1);
        try (TokenConnector connector = new TokenConnector(token.context()))
        {
            final LaneSignatures lane = new LaneSignatures(connector.connect().inlineLane());
            for (final int length : new int[]{ 1, 31, 33, 64, 200 })
            {
                assertNull(lane.sign(0, new byte[length]), length + " bytes");
                assertNotNull(lane.sign(1, new byte[length]), length + " bytes");
            }
            assertNotNull(lane.sign(0, new byte[32]));
        }
    }

    @Test
    void shouldProveKeysThatSignDigests() throws Exception
    {
        final SoftHsmFixture token = SoftHsmFixture.create();
        final KeySpec key = token.generateKeyPair("key", ALGORITHM);
        final KeySpec other = token.generateKeyPair("other", ALGORITHM);
        final KeySpec swapped = new KeySpec("key", 1, key.id(), ALGORITHM, other.pinned());
        try (TokenConnector connector = new TokenConnector(token.context().keys(List.of(swapped))))
        {
            final String message = assertThrows(TokenException.class, connector::connect).getMessage();
            assertTrue(message.contains("does not sign with the pinned public key"), message);
        }
    }

    @Test
    void shouldBeKnownByName()
    {
        assertEquals(ALGORITHM, SigningAlgorithm.ofConfigName("ECDSA-secp256k1-Keccak256"));
        assertTrue(ALGORITHM.takesDigest());
    }

    /** The addresses of all keys that may have made a signature: SEC 1, section 4.1.6, Q = (s R - z G) / r. */
    private static Set<String> signers(final byte[] digest, final byte[] signature)
    {
        final BigInteger n = DOMAIN.getN();
        final BigInteger r = new BigInteger(1, Arrays.copyOfRange(signature, 0, 32));
        final BigInteger s = new BigInteger(1, Arrays.copyOfRange(signature, 32, 64));
        return Stream.of("02", "03")
            .map((prefix) -> DOMAIN.getCurve().decodePoint(
                HexFormat.of().parseHex(prefix + String.format("%064x", r))))
            .map((point) -> point.multiply(s).subtract(DOMAIN.getG().multiply(new BigInteger(1, digest)))
                .multiply(r.modInverse(n)))
            .map(DigestSigningTest::address)
            .collect(Collectors.toSet());
    }

    private static String address(final ECPoint point)
    {
        final KeccakDigest keccak = new KeccakDigest(256);
        keccak.update(point.getEncoded(false), 1, 64);
        final byte[] digest = new byte[32];
        keccak.doFinal(digest, 0);
        return HexFormat.of().formatHex(digest, 12, 32);
    }

    private static byte[] pkcs8(final String scalar) throws Exception
    {
        return PrivateKeyInfoFactory.createPrivateKeyInfo(
            new ECPrivateKeyParameters(new BigInteger(scalar, 16), DOMAIN)).getEncoded();
    }
}
