package io.countersign.hsm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_ALLOWED_MECHANISMS;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_CLASS;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_EC_PARAMS;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_ID;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_MODULUS_BITS;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKM_RSA_PKCS;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKM_RSA_PKCS_KEY_PAIR_GEN;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKO_PUBLIC_KEY;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SigningMethodTest
{
    private static final int[] LENGTHS = { 1, 31, 32, 33, 51, 200, SigningLane.MAX_PAYLOAD_LENGTH };

    @TempDir
    private Path directory;

    @Test
    void shouldSignTheSameBytesWithADigestInfoOfItsOwn() throws Exception
    {
        final SoftHsmFixture softHsm = SoftHsmFixture.create();
        final TestToken complete = TestToken.ofSoftHsm(softHsm, null);
        final TestToken token = softHsm(softHsm, "without = CKM_SHA256_RSA_PKCS");
        final KeyPair pair = rsaKeyPair();
        final KeySpec completeKey =
            complete.importPrivateKey(SigningAlgorithm.RSA_2048, pair.getPrivate().getEncoded());
        final KeySpec key = token.importPrivateKey(SigningAlgorithm.RSA_2048, pair.getPrivate().getEncoded());

        try (TokenConnector preferred = new TokenConnector(complete.context());
            TokenConnector fallback = new TokenConnector(token.context()))
        {
            final TokenConnection preferredConnection = preferred.connect();
            final TokenConnection fallbackConnection = fallback.connect();
            assertEquals(List.of(completeKey + ": CKM_SHA256_RSA_PKCS"), preferredConnection.signingMethods());
            assertEquals(
                List.of(key + ": CKM_RSA_PKCS over a DigestInfo with SHA-256 made on the host"),
                fallbackConnection.signingMethods());

            final LaneSignatures preferredLane = new LaneSignatures(preferredConnection.inlineLane());
            final LaneSignatures fallbackLane = new LaneSignatures(fallbackConnection.inlineLane());
            for (final int length : LENGTHS)
            {
                final byte[] message = new byte[length];
                Arrays.fill(message, (byte) length);
                final byte[] signature = fallbackLane.sign(0, message);
                assertArrayEquals(preferredLane.sign(0, message), signature, length + " bytes");
                assertTrue(PublicKeyVerifier.of(key.algorithm(), key.pinned()).verifies(message, signature));
            }
        }
    }

    @Test
    void shouldLetTheTokenHashWhereItSignsNoDigests() throws Exception
    {
        final TestToken token = NssToken.create(directory);
        final KeySpec key = token.add(SigningAlgorithm.ECDSA_P256);
        final Path quirks = directory.resolve("quirks");
        Files.writeString(quirks, Files.readString(quirks) + "[more]\nmodel = NSS 3\nwithout = CKM_ECDSA\n");

        try (TokenConnector connector = new TokenConnector(token.context()))
        {
            final TokenConnection connection = connector.connect();
            assertEquals(List.of(key + ": CKM_ECDSA_SHA256"), connection.signingMethods());
            final LaneSignatures lane = new LaneSignatures(connection.inlineLane());
            for (final int length : LENGTHS)
            {
                final byte[] message = new byte[length];
                assertTrue(PublicKeyVerifier.of(key.algorithm(), key.pinned())
                    .verifies(message, lane.sign(0, message)), length + " bytes");
            }
        }
    }

    @Test
    void shouldSignByAMechanismThatTheKeyAllows() throws Exception
    {
        final SoftHsmFixture softHsm = SoftHsmFixture.create();
        final byte[] id = { 0x55 };
        try (RawToken raw = new RawToken(softHsm))
        {
            raw.generate(id, CKM_RSA_PKCS_KEY_PAIR_GEN, Attributes.of(CKA_MODULUS_BITS, 2048L),
                CKA_ALLOWED_MECHANISMS, new long[]{ CKM_RSA_PKCS });
            final long publicKey = raw.session().find(
                Attributes.of(CKA_CLASS, CKO_PUBLIC_KEY), Attributes.of(CKA_ID, id))[0];
            final KeySpec key = new KeySpec("rsa", 1, id, SigningAlgorithm.RSA_2048,
                KeyPairTemplate.subjectPublicKeyInfo(raw.session(), publicKey, SigningAlgorithm.RSA_2048));
            try (TokenConnector connector = new TokenConnector(softHsm.context().keys(List.of(key))))
            {
                assertEquals(
                    List.of(key + ": CKM_RSA_PKCS over a DigestInfo with SHA-256 made on the host"),
                    connector.connect().signingMethods());
            }

            final TestToken token = softHsm(softHsm, "without = CKM_RSA_PKCS");
            try (TokenConnector connector = new TokenConnector(token.context().keys(List.of(key))))
            {
                final String message = assertThrows(TokenException.class, connector::connect).getMessage();
                assertTrue(message.contains("the key does not allow CKM_SHA256_RSA_PKCS, it has no CKM_RSA_PKCS"),
                    message);
            }
        }
    }

    @Test
    void shouldGiveEddsaItsParametersWhereATokenWantsThem() throws Exception
    {
        final SoftHsmFixture softHsm = SoftHsmFixture.create();
        final TestToken token = softHsm(softHsm, "eddsa-parameters = yes");
        final KeySpec key = token.add(SigningAlgorithm.ED25519);
        try (TokenConnector connector = new TokenConnector(token.context()))
        {
            final TokenConnection connection = connector.connect();
            assertEquals(List.of(key + ": CKM_EDDSA with parameters"), connection.signingMethods());
            assertTrue(connection.tokenDescription().endsWith(", quirks test"), connection.tokenDescription());
            final byte[] message = new byte[200];
            assertTrue(PublicKeyVerifier.of(key.algorithm(), key.pinned())
                .verifies(message, new LaneSignatures(connection.inlineLane()).sign(0, message)));
        }
    }

    @Test
    void shouldNameTheEdwardsCurveWhereATokenWantsThat() throws Exception
    {
        final SoftHsmFixture softHsm = SoftHsmFixture.create();
        final TestToken token = softHsm(softHsm, "edwards-curve = name");
        final KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        token.add(SigningAlgorithm.ED25519);
        token.importPrivateKey(SigningAlgorithm.ED25519, pair.getPrivate().getEncoded());

        final byte[] byName = HexFormat.of().parseHex("130c656477617264733235353139");
        try (RawToken raw = new RawToken(softHsm);
            TokenConnector connector = new TokenConnector(token.context()))
        {
            for (final KeySpec key : token.keys())
            {
                assertArrayEquals(
                    byName, (byte[]) raw.session().attribute(raw.find(key), CKA_EC_PARAMS), key.toString());
            }
            assertEquals(2, connector.connect().signingMethods().size());
        }
    }

    @Test
    void shouldNameKeyTokenAndMechanismThatIsMissing() throws Exception
    {
        final SoftHsmFixture softHsm = SoftHsmFixture.create();
        final TestToken complete = TestToken.ofSoftHsm(softHsm, null);
        for (final SigningAlgorithm algorithm : SigningAlgorithm.values())
        {
            complete.add(algorithm);
        }

        final TestToken token = softHsm(softHsm, "without = CKM_SHA256_HMAC CKM_SHA384_HMAC CKM_SHA512_HMAC " +
            "CKM_EDDSA CKM_ECDSA CKM_ECDSA_SHA256 CKM_RSA_PKCS CKM_SHA256_RSA_PKCS");
        for (final KeySpec key : complete.keys())
        {
            final String mechanisms = switch (key.algorithm())
            {
                case HMAC_SHA256 -> "CKM_SHA256_HMAC";
                case HMAC_SHA384 -> "CKM_SHA384_HMAC";
                case HMAC_SHA512 -> "CKM_SHA512_HMAC";
                case ED25519 -> "CKM_EDDSA";
                case ECDSA_P256, ECDSA_SECP256K1 -> "CKM_ECDSA, it has no CKM_ECDSA_SHA256";
                case ECDSA_SECP256K1_KECCAK256 -> "CKM_ECDSA";
                case RSA_2048 -> "CKM_SHA256_RSA_PKCS, it has no CKM_RSA_PKCS";
            };
            final String tail =
                ") cannot sign with it, it has no " + mechanisms + ": keep the key in a token that can";
            try (TokenConnector connector = new TokenConnector(token.context().keys(List.of(key))))
            {
                final String message = assertThrows(TokenException.class, connector::connect).getMessage();
                assertTrue(message.startsWith(key + ": token \"" + softHsm.tokenLabel() + "\" (SoftHSM "), message);
                assertTrue(message.endsWith(tail), message);
            }

            final String message = assertThrows(TokenException.class, () -> token.add(key.algorithm())).getMessage();
            assertTrue(message.startsWith("key " + key.alias() + ": token \""), message);
            assertTrue(message.endsWith(tail), message);
        }
    }

    @Test
    void shouldSayThatATokenGeneratesNoSuchKeyPairs() throws Exception
    {
        final TestToken token = softHsm(SoftHsmFixture.create(), "without = CKM_EC_EDWARDS_KEY_PAIR_GEN");
        final String message =
            assertThrows(TokenException.class, () -> token.add(SigningAlgorithm.ED25519)).getMessage();
        assertTrue(message.contains("no key pairs of Ed25519, it lacks CKM_EC_EDWARDS_KEY_PAIR_GEN"), message);
    }

    @Test
    void shouldGoByTheKeySizesOfAMechanism()
    {
        assertFits(SigningAlgorithm.RSA_2048, true, new long[][]{ { 512, 4096 }, { 2048, 2048 }, { 0, 0 } });
        assertFits(SigningAlgorithm.RSA_2048, false, new long[][]{ { 512, 1024 }, { 3072, 4096 } });
        assertFits(SigningAlgorithm.ECDSA_P256, true, new long[][]{ { 112, 521 }, { 256, 256 }, { 0, 0 } });
        assertFits(SigningAlgorithm.ECDSA_P256, false, new long[][]{ { 384, 521 }, { 160, 224 } });
        assertFits(SigningAlgorithm.ED25519, true, new long[][]{ { 255, 448 }, { 256, 456 }, { 255, 255 } });
        assertFits(SigningAlgorithm.ED25519, false, new long[][]{ { 448, 456 } });
        assertFits(SigningAlgorithm.HMAC_SHA512, true, new long[][]{ { 1, 16 }, { 512, 1024 } });
    }

    @Test
    void shouldRefuseOneModuleWithTwoSetsOfParameters() throws Exception
    {
        final TestToken first = NssToken.create(directory);
        final Path other = Files.createDirectory(directory.resolve("other"));
        final TestToken second = NssToken.create(other);
        first.add(SigningAlgorithm.HMAC_SHA256);
        try (TokenConnector connector = new TokenConnector(first.context()))
        {
            connector.connect();
            final String message =
                assertThrows(TokenException.class, () -> second.add(SigningAlgorithm.HMAC_SHA256)).getMessage();
            assertTrue(message.contains("in use in this process with other parameters"), message);
        }
        assertEquals(SigningAlgorithm.HMAC_SHA256, second.add(SigningAlgorithm.HMAC_SHA256).algorithm());
    }

    private static KeyPair rsaKeyPair() throws Exception
    {
        final KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        return generator.generateKeyPair();
    }

    private TestToken softHsm(final SoftHsmFixture token, final String quirk) throws Exception
    {
        return TestToken.ofSoftHsm(token, Files.writeString(
            directory.resolve("softhsm-quirks"), "[test]\nmanufacturer = SoftHSM*\n" + quirk + "\n"));
    }

    private static void assertFits(final SigningAlgorithm algorithm, final boolean fits, final long[]... ranges)
    {
        for (final long[] range : ranges)
        {
            for (final SigningMethod method : SigningMethod.candidates(algorithm))
            {
                assertEquals(fits, method.fitsKeySizes(range[0], range[1]), algorithm + " " + Arrays.toString(range));
            }
        }
        assertFalse(SigningMethod.candidates(algorithm).isEmpty());
    }
}
