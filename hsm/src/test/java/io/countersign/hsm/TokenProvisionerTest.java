package io.countersign.hsm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_EXTRACTABLE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_LABEL;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_PRIVATE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_SENSITIVE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_SIGN;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_TOKEN;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_VALUE;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Random;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyInfoFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class TokenProvisionerTest
{
    private static final byte[] ID = { 1, 2, 3 };
    private static final byte[] MESSAGE = "{\"side\":\"buy\"}".getBytes(StandardCharsets.US_ASCII);

    @Test
    void shouldGiveTheMacOfASecretOfAnyLength() throws Exception
    {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        final SoftHsmFixture token = SoftHsmFixture.create();
        final int[] lengths = { 1, 31, 32, 33, 47, 48, 63, 64, 65, 127, 128, 129, 300 };
        final byte[][] secrets = new byte[lengths.length * 3][];
        final SigningAlgorithm[] algorithms = {
            SigningAlgorithm.HMAC_SHA256, SigningAlgorithm.HMAC_SHA384, SigningAlgorithm.HMAC_SHA512
        };
        for (int i = 0; i < secrets.length; i++)
        {
            secrets[i] = new byte[lengths[i / 3]];
            random.nextBytes(secrets[i]);
            token.importSecret("secret-" + i, algorithms[i % 3], secrets[i]);
        }

        try (TokenConnector connector = new TokenConnector(token.context()))
        {
            final LaneSignatures lane = new LaneSignatures(connector.connect().inlineLane());
            for (int i = 0; i < secrets.length; i++)
            {
                final Mac mac = Mac.getInstance(algorithms[i % 3].configName().replace("HMAC-SHA", "HmacSHA"));
                mac.init(new SecretKeySpec(secrets[i], "RAW"));
                final String description = secrets[i].length + " bytes, " + algorithms[i % 3] + ", seed " + seed;
                assertArrayEquals(mac.doFinal(MESSAGE), lane.sign(i, MESSAGE), description);

                final byte[] text = KeySpec.CHECK_VALUE_TEXT.getBytes(StandardCharsets.US_ASCII);
                assertArrayEquals(
                    Arrays.copyOf(mac.doFinal(text), 16), token.keys().get(i).pinned(), description);
            }
        }
    }

    @Test
    void shouldImportPrivateKeysOfEveryAlgorithm() throws Exception
    {
        final SoftHsmFixture token = SoftHsmFixture.create();
        final KeyPairGenerator p256 = KeyPairGenerator.getInstance("EC");
        p256.initialize(new ECGenParameterSpec("secp256r1"));
        final KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
        rsa.initialize(2048);

        assertImported(token, SigningAlgorithm.ECDSA_P256, p256.generateKeyPair());
        assertImported(token, SigningAlgorithm.RSA_2048, rsa.generateKeyPair());
        assertImported(
            token, SigningAlgorithm.ED25519, KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
        // Scalars whose upper bytes are zero, and one without a zero byte: the token takes 32 bytes always.
        for (final BigInteger scalar : new BigInteger[]{ BigInteger.ONE, BigInteger.TWO.pow(255).add(BigInteger.TEN) })
        {
            token.importPrivateKey("k1-" + scalar.bitLength(), SigningAlgorithm.ECDSA_SECP256K1, secp256k1(scalar));
        }

        try (TokenConnector connector = new TokenConnector(token.context()))
        {
            final LaneSignatures lane = new LaneSignatures(connector.connect().inlineLane());
            for (int i = 0; i < token.keys().size(); i++)
            {
                final KeySpec key = token.keys().get(i);
                assertTrue(PublicKeyVerifier.of(key.algorithm(), key.pinned())
                    .verifies(MESSAGE, lane.sign(i, MESSAGE)), key.toString());
            }
        }
    }

    @Test
    void shouldZeroWhatItImportsEvenWhenItRefuses() throws Exception
    {
        final SoftHsmFixture token = SoftHsmFixture.create();
        final byte[] pkcs8 = KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPrivate().getEncoded();
        final byte[] secret = "a secret".getBytes(StandardCharsets.US_ASCII);
        try (TokenProvisioner provisioner = token.provisioner())
        {
            final byte[] first = pkcs8.clone();
            provisioner.importPrivateKey(ID, "key", SigningAlgorithm.ED25519, first);
            assertArrayEquals(new byte[pkcs8.length], first);

            final byte[] again = pkcs8.clone();
            assertRefused("id 010203 already",
                () -> provisioner.importPrivateKey(ID, "key", SigningAlgorithm.ED25519, again));
            assertArrayEquals(new byte[pkcs8.length], again);

            assertRefused("id 010203 already",
                () -> provisioner.importSecret(ID, "key", SigningAlgorithm.HMAC_SHA256, secret));
            assertArrayEquals(new byte[8], secret);
            assertRefused("id 010203 already",
                () -> provisioner.generateKeyPair(ID, "key", SigningAlgorithm.RSA_2048));
        }
    }

    @Test
    void shouldRefuseWhatIsNoKeyOfTheAlgorithm() throws Exception
    {
        final byte[] ed25519 = KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPrivate().getEncoded();
        final byte[] secp256k1 = secp256k1(BigInteger.valueOf(77));
        final KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
        rsa.initialize(1024);
        final byte[] rsa1024 = rsa.generateKeyPair().getPrivate().getEncoded();
        try (TokenProvisioner provisioner = SoftHsmFixture.create().provisioner())
        {
            final String message = "is no PKCS#8 DER of ";
            assertRefused(message + "ECDSA-P256-SHA256",
                () -> provisioner.importPrivateKey(ID, "key", SigningAlgorithm.ECDSA_P256, ed25519.clone()));
            assertRefused(message + "ECDSA-P256-SHA256",
                () -> provisioner.importPrivateKey(ID, "key", SigningAlgorithm.ECDSA_P256, secp256k1.clone()));
            assertRefused(message + "RSA-2048-PKCS1-SHA256",
                () -> provisioner.importPrivateKey(ID, "key", SigningAlgorithm.RSA_2048, rsa1024.clone()));
            assertRefused(message + "Ed25519",
                () -> provisioner.importPrivateKey(ID, "key", SigningAlgorithm.ED25519, new byte[48]));
            assertRefused(message + "Ed25519",
                () -> provisioner.importPrivateKey(ID, "key", SigningAlgorithm.ED25519, new byte[0]));
            assertRefused("the secret is empty",
                () -> provisioner.importSecret(ID, "key", SigningAlgorithm.HMAC_SHA384, new byte[0]));
            assertRefused("has no secret",
                () -> provisioner.importSecret(ID, "key", SigningAlgorithm.ED25519, new byte[32]));
            assertRefused("has no private key",
                () -> provisioner.generateKeyPair(ID, "key", SigningAlgorithm.HMAC_SHA256));
            assertRefused("id is empty",
                () -> provisioner.generateKeyPair(new byte[0], "key", SigningAlgorithm.ED25519));
        }
    }

    @Test
    void shouldMakeKeysThatNeverLeaveTheToken() throws Exception
    {
        final SoftHsmFixture token = SoftHsmFixture.create();
        token.importSecret("m\u00fcnz", SigningAlgorithm.HMAC_SHA256, new byte[]{ 1 });
        token.generateKeyPair("pair", SigningAlgorithm.ED25519);
        try (RawToken raw = new RawToken(token))
        {
            for (final KeySpec key : token.keys())
            {
                final long object = raw.find(key);
                assertEquals(true, raw.session().attribute(object, CKA_TOKEN));
                assertEquals(true, raw.session().attribute(object, CKA_PRIVATE));
                assertEquals(true, raw.session().attribute(object, CKA_SENSITIVE));
                assertEquals(true, raw.session().attribute(object, CKA_SIGN));
                assertEquals(false, raw.session().attribute(object, CKA_EXTRACTABLE));
                assertNull(raw.session().attribute(object, CKA_VALUE));
                assertArrayEquals(key.alias().toCharArray(), (char[]) raw.session().attribute(object, CKA_LABEL));
            }
        }
    }

    @Test
    void shouldNotTouchATokenThatIsThereNorMakeHalfOfOne() throws Exception
    {
        final SoftHsmFixture token = SoftHsmFixture.create();
        final PinSource pin = PinSource.file(token.pinFile());
        assertRefused("already: choose another label",
            () -> TokenProvisioner.initialiseToken(SoftHsmFixture.modulePath(), token.tokenLabel(), pin, pin));

        final String label = "half-" + token.tokenLabel();
        final PinSource shortPin = PinSource.file(SoftHsmFixture.secretFile(label + ".pin", "12"));
        assertRefused("must have 4 to 255 characters",
            () -> TokenProvisioner.initialiseToken(SoftHsmFixture.modulePath(), label, pin, shortPin));
        assertRefused("must have 4 to 255 characters",
            () -> TokenProvisioner.initialiseToken(SoftHsmFixture.modulePath(), label, shortPin, pin));
        assertRefused("no token labelled", () -> TokenProvisioner.open(SoftHsmFixture.modulePath(), label, null, pin));

        assertRefused("is no token label",
            () -> TokenProvisioner.initialiseToken(SoftHsmFixture.modulePath(), "x".repeat(33), pin, pin));
        assertRefused("is no token label",
            () -> TokenProvisioner.initialiseToken(SoftHsmFixture.modulePath(), "", pin, pin));
    }

    @Test
    void shouldFindATokenByALabelThatIsNotAscii() throws Exception
    {
        final PinSource pin = PinSource.file(SoftHsmFixture.create().pinFile());
        final String label = "b\u00f6rse-" + System.nanoTime();
        final String serial = TokenProvisioner.initialiseToken(SoftHsmFixture.modulePath(), label, pin, pin);
        try (TokenProvisioner provisioner = TokenProvisioner.open(SoftHsmFixture.modulePath(), label, serial, pin))
        {
            assertEquals(16, provisioner.importSecret(ID, "mac", SigningAlgorithm.HMAC_SHA256, new byte[20]).length);
        }
    }

    private static void assertImported(
        final SoftHsmFixture token,
        final SigningAlgorithm algorithm,
        final KeyPair pair) throws TokenException
    {
        final KeySpec key = token.importPrivateKey(algorithm.configName(), algorithm, pair.getPrivate().getEncoded());
        assertArrayEquals(pair.getPublic().getEncoded(), key.pinned(), key.toString());
    }

    private static byte[] secp256k1(final BigInteger scalar) throws Exception
    {
        final ECNamedDomainParameters domain = new ECNamedDomainParameters(
            SECObjectIdentifiers.secp256k1, CustomNamedCurves.getByName("secp256k1"));
        return PrivateKeyInfoFactory.createPrivateKeyInfo(new ECPrivateKeyParameters(scalar, domain)).getEncoded();
    }

    private static void assertRefused(final String words, final Executable executable)
    {
        final String message = assertThrows(TokenException.class, executable).getMessage();
        assertTrue(message.contains(words), message);
    }
}
