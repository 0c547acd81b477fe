package io.countersign.hsm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_DECRYPT;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_EXTRACTABLE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_SENSITIVE;

import java.security.KeyPairGenerator;
import java.util.HexFormat;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xipki.pkcs11.wrapper.PKCS11Constants;

class TokenInventoryTest
{
    private static final byte[] ID = { 7 };

    @ParameterizedTest
    @EnumSource
    void shouldGenerateKeysThatMaySignAndNothingElse(final SigningAlgorithm algorithm) throws Exception
    {
        final SoftHsmFixture token = SoftHsmFixture.create();
        final byte[] pinned;
        try (TokenProvisioner provisioner = token.provisioner())
        {
            pinned = algorithm.isMac() ?
                provisioner.generateSecret(ID, "new", algorithm) : provisioner.generateKeyPair(ID, "new", algorithm);
        }

        try (TokenInventory inventory = inventory(token))
        {
            final List<TokenKey> keys = inventory.keys();
            assertEquals(algorithm.isMac() ? 1 : 2, keys.size());
            final TokenKey key = keys.getFirst();
            assertEquals(algorithm.isMac() ? TokenKey.Kind.SECRET : TokenKey.Kind.PRIVATE, key.kind());
            assertEquals("new", key.label());
            assertArrayEquals(ID, key.id());
            assertEquals(List.of("sign"), key.uses());
            assertEquals(List.of(PKCS11Constants.ckmCodeToName(algorithm.mechanism())),
                key.mechanisms());
            assertEquals(true, key.sensitive());
            assertEquals(true, key.alwaysSensitive());
            assertEquals(false, key.extractable());
            assertEquals(true, key.neverExtractable());
            assertEquals(true, key.isPrivate());
            assertEquals(true, key.local());
            assertTrue(key.algorithms().contains(algorithm), key.toString());
            inventory.prove(new KeySpec("new", 1, ID, algorithm, pinned));
            if (algorithm.isMac())
            {
                assertEquals(8 * algorithm.maxSignatureLength(), key.bits());
                assertArrayEquals(pinned, inventory.checkValue(key, algorithm));
            }
            else
            {
                assertArrayEquals(pinned, key.subjectPublicKeyInfo());
                inventory.prove(key, algorithm, key.subjectPublicKeyInfo());
            }
        }
    }

    @Test
    void shouldRefuseAnIdOrLabelThatIsTaken() throws Exception
    {
        try (TokenProvisioner provisioner = SoftHsmFixture.create().provisioner())
        {
            final byte[] first = provisioner.generateSecret(ID, "taken", SigningAlgorithm.HMAC_SHA256);
            assertTrue(assertThrows(TokenException.class,
                () -> provisioner.generateSecret(ID, "other", SigningAlgorithm.HMAC_SHA256))
                .getMessage().contains("id 07 already"));
            assertTrue(assertThrows(TokenException.class, () -> provisioner.requireFreeLabel("taken"))
                .getMessage().contains("labelled \"taken\" already"));
            provisioner.requireFreeLabel("take");
            final byte[] second = provisioner.generateSecret(new byte[]{ 8 }, "two", SigningAlgorithm.HMAC_SHA256);
            assertNotEquals(HexFormat.of().formatHex(first), HexFormat.of().formatHex(second));
        }
    }

    @Test
    void shouldPutThePublicKeyOfAnImportedKeyBesideIt() throws Exception
    {
        final SoftHsmFixture token = SoftHsmFixture.create();
        final KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
        rsa.initialize(2048);
        token.importPrivateKey("ed25519", SigningAlgorithm.ED25519,
            KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPrivate().getEncoded());
        token.importPrivateKey("rsa", SigningAlgorithm.RSA_2048, rsa.generateKeyPair().getPrivate().getEncoded());
        try (TokenInventory inventory = inventory(token))
        {
            final List<TokenKey> keys = inventory.keys();
            assertEquals(4, keys.size());
            for (int i = 0; i < 4; i++)
            {
                assertArrayEquals(token.keys().get(i / 2).pinned(), keys.get(i).subjectPublicKeyInfo());
            }
            assertEquals(List.of("sign"), keys.get(0).uses());
            assertEquals(List.of("verify"), keys.get(1).uses());
            assertEquals(false, keys.get(0).alwaysSensitive());
            assertEquals(2048, keys.get(2).bits());
        }
    }

    @Test
    void shouldDescribeKeysThatNoGatewayWouldTake() throws Exception
    {
        final SoftHsmFixture token = SoftHsmFixture.create();
        try (RawToken raw = new RawToken(token); TokenInventory inventory = inventory(token))
        {
            assertEquals(List.of(), inventory.keys());
            raw.createSecret(ID, SigningAlgorithm.HMAC_SHA256, new byte[16],
                CKA_EXTRACTABLE, true, CKA_SENSITIVE, false, CKA_DECRYPT, true);
            final TokenKey key = inventory.keys().getFirst();
            assertEquals(true, key.extractable());
            assertEquals(false, key.sensitive());
            assertTrue(key.uses().contains("decrypt"));
            assertEquals(128, key.bits());
            assertEquals("", key.label());
            assertEquals(List.of(), key.mechanisms());
            assertNull(key.subjectPublicKeyInfo());
        }
    }

    private static TokenInventory inventory(final SoftHsmFixture token) throws TokenException
    {
        return TokenInventory.open(
            SoftHsmFixture.modulePath(), token.tokenLabel(), null, PinSource.file(token.pinFile()));
    }
}
