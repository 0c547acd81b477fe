package io.countersign.hsm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_ALWAYS_AUTHENTICATE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_EC_PARAMS;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_EXTRACTABLE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_MODULUS_BITS;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_SENSITIVE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_SIGN;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKM_EC_KEY_PAIR_GEN;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKM_RSA_PKCS_KEY_PAIR_GEN;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKR_CRYPTOKI_NOT_INITIALIZED;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKR_PIN_INCORRECT;

import iaik.pkcs.pkcs11.wrapper.CK_ATTRIBUTE;
import iaik.pkcs.pkcs11.wrapper.PKCS11Exception;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;

class TokenConnectorTest
{
    private static final byte[] ID = { 0x77 };
    private static final byte[] OTHER_ID = { 0x78 };
    private static final byte[] SECRET = new byte[32];
    private static final SigningAlgorithm MAC = SigningAlgorithm.HMAC_SHA256;
    private static final SigningAlgorithm P256 = SigningAlgorithm.ECDSA_P256;

    @Test
    void shouldNotTryARefusedPinAgain() throws Exception
    {
        final SoftHsmFixture token = SoftHsmFixture.create();
        final Path wrong = SoftHsmFixture.secretFile("wrong-" + token.tokenLabel(), "not-the-pin");
        try (TokenConnector connector = new TokenConnector(token.context().pinFile(wrong)))
        {
            final TokenException refusal = refusal(
                connector, "CKR_PIN_INCORRECT", token.tokenLabel(), wrong.toString());
            assertEquals(CKR_PIN_INCORRECT, refusal.returnValue());
            assertFalse(refusal.getMessage().contains("not-the-pin"));

            SoftHsmFixture.secretFile(wrong.getFileName().toString(), "fixture-user-pin");
            refusal(connector, "CKR_PIN_INCORRECT");
        }
        try (TokenConnector connector = new TokenConnector(token.context().pinFile(wrong)))
        {
            assertEquals(1, connector.connect().generation());
        }
    }

    @Test
    void shouldListTheTokensWhenTheLabelIsUnknown() throws Exception
    {
        final SoftHsmFixture token = SoftHsmFixture.create();
        refusal(token.context().tokenLabel("nowhere"), "no token labelled \"nowhere\"", token.tokenLabel());
        refusal(token.context().tokenSerial("123"), "with serial 123", token.tokenSerial());
    }

    @Test
    void shouldWantTheSerialWhenTwoTokensHaveOneLabel() throws Exception
    {
        final SoftHsmFixture token = SoftHsmFixture.create();
        token.importSecret("mac", MAC, SECRET);
        final CryptokiModule module = CryptokiModule.acquire(SoftHsmFixture.modulePath());
        final long freeSlot = TokenSlot.list(module).stream()
            .filter((slot) -> !slot.initialised()).findFirst().orElseThrow().slotId();
        final String paddedLabel = token.tokenLabel() + " ".repeat(32 - token.tokenLabel().length());
        module.pkcs11().C_InitToken(freeSlot, "12345678".toCharArray(), paddedLabel.toCharArray(), true);
        module.release();

        refusal(token.context(), "2 tokens labelled", token.tokenSerial(), "give the serial");
        try (TokenConnector connector = new TokenConnector(token.context().tokenSerial(token.tokenSerial())))
        {
            assertNotNull(connector.connect());
        }
    }

    @Test
    void shouldRefuseAModuleThatIsNone() throws Exception
    {
        final SoftHsmFixture token = SoftHsmFixture.create();
        refusal(
            token.context().modulePath(Path.of("/nowhere/libtoken.so")), "no PKCS#11 module at /nowhere/libtoken.so");
        refusal(token.context().modulePath(token.pinFile()), "cannot load the PKCS#11 module", "check that it is");
    }

    @Test
    void shouldRefuseAKeyThatIsMissingOrAmbiguous() throws Exception
    {
        final SoftHsmFixture token = SoftHsmFixture.create();
        final KeySpec key = token.importSecret("mac", MAC, SECRET);
        final KeySpec missing = new KeySpec("gone", 3, ID, MAC, key.pinned());
        refusal(
            token.context().keys(List.of(key, missing)), "key gone version 3", "id 77", "not found");

        try (RawToken raw = new RawToken(token))
        {
            raw.createSecret(ID, MAC, SECRET);
            raw.createSecret(ID, SigningAlgorithm.HMAC_SHA512, new byte[64]);
        }
        refusal(token.context().keys(List.of(missing)), "found 2 times");
    }

    @Test
    void shouldRefuseASecretThatIsNotProtectedOrMayNotSign() throws Exception
    {
        final SoftHsmFixture token = SoftHsmFixture.create();
        final byte[] pinned = token.importSecret("mac", MAC, SECRET).pinned();
        try (RawToken raw = new RawToken(token))
        {
            raw.createSecret(new byte[]{ 1 }, MAC, SECRET, CKA_EXTRACTABLE, true);
            raw.createSecret(new byte[]{ 2 }, MAC, SECRET, CKA_SENSITIVE, false);
            raw.createSecret(new byte[]{ 3 }, MAC, SECRET, CKA_SIGN, false);
        }

        refusal(token.context().keys(List.of(new KeySpec("a", 1, new byte[]{ 1 }, MAC, pinned))), "is extractable");
        refusal(token.context().keys(List.of(new KeySpec("b", 1, new byte[]{ 2 }, MAC, pinned))), "is not sensitive");
        refusal(token.context().keys(List.of(new KeySpec("c", 1, new byte[]{ 3 }, MAC, pinned))), "may not sign");
    }

    @Test
    void shouldRefuseAPrivateKeyOfAnotherKind() throws Exception
    {
        final SoftHsmFixture token = SoftHsmFixture.create();
        final KeySpec p256 = token.generateKeyPair("p256", P256);
        final KeySpec k1 = token.generateKeyPair("k1", SigningAlgorithm.ECDSA_SECP256K1);
        final KeySpec rsa = token.generateKeyPair("rsa", SigningAlgorithm.RSA_2048);
        final KeySpec secret = token.importSecret("mac", MAC, SECRET);

        refusal(token, swap(p256, rsa.id()), "is of another type (CKK_RSA)");
        refusal(token, swap(rsa, p256.id()), "is of another type (CKK_EC)");
        refusal(token, swap(p256, k1.id()), "is on another curve (06052b8104000a)");
        refusal(token, swap(p256, secret.id()), "not found");

        final CK_ATTRIBUTE bits = Attributes.of(CKA_MODULUS_BITS, 1024L);
        final CK_ATTRIBUTE curve = Attributes.of(CKA_EC_PARAMS, KeyParameters.ofCurve(P256));
        try (RawToken raw = new RawToken(token))
        {
            raw.generate(ID, CKM_RSA_PKCS_KEY_PAIR_GEN, bits);
            raw.generate(OTHER_ID, CKM_EC_KEY_PAIR_GEN, curve, CKA_ALWAYS_AUTHENTICATE, true);
        }
        refusal(token, swap(rsa, ID), "modulus of 1024 bits");
        refusal(token, swap(p256, OTHER_ID), "CKA_ALWAYS_AUTHENTICATE");
    }

    @Test
    void shouldRefuseAKeyThatDoesNotProveToBeThePinnedOne() throws Exception
    {
        final SoftHsmFixture token = SoftHsmFixture.create();
        for (final SigningAlgorithm algorithm : SigningAlgorithm.values())
        {
            final KeySpec first;
            final KeySpec second;
            if (algorithm.isMac())
            {
                first = token.importSecret("first", algorithm, "one secret".getBytes());
                second = token.importSecret("second", algorithm, "another secret".getBytes());
            }
            else
            {
                first = token.generateKeyPair("first", algorithm);
                second = token.generateKeyPair("second", algorithm);
            }

            refusal(token, swap(first, second.id()), "key first version 1", algorithm.isMac() ?
                "does not have the pinned check value" : "does not sign with the pinned public key");
        }
    }

    @Test
    void shouldRefusePinnedBytesThatAreNone() throws Exception
    {
        final SoftHsmFixture token = SoftHsmFixture.create();
        final KeySpec p256 = token.generateKeyPair("p256", P256);
        final KeySpec k1 = new KeySpec("k1", 1, ID, SigningAlgorithm.ECDSA_SECP256K1, p256.pinned());
        final KeySpec mac = new KeySpec("mac", 1, ID, MAC, new byte[15]);
        final KeySpec junk = new KeySpec("junk", 1, ID, SigningAlgorithm.ED25519, new byte[]{ 0x30, 0x05, 1 });

        for (final KeySpec key : List.of(k1, mac, junk))
        {
            final TokenConnector.Context context = token.context().keys(List.of(key));
            final String message = assertThrows(IllegalArgumentException.class, context::conclude).getMessage();
            assertTrue(message.startsWith("key " + key.alias()), message);
        }
    }

    @Test
    void shouldCloseAllThatAFailedConnectOpened() throws Exception
    {
        final SoftHsmFixture token = SoftHsmFixture.create();
        final CryptokiModule module = CryptokiModule.acquire(SoftHsmFixture.modulePath());
        module.release();

        final KeySpec missing = new KeySpec("gone", 1, ID, MAC, new byte[16]);
        try (TokenConnector connector = new TokenConnector(token.context().keys(List.of(missing))))
        {
            refusal(connector, "not found");
            assertFinalised(module);
        }

        final TokenConnector connector = new TokenConnector(token.context());
        connector.connect();
        assertNotNull(module.pkcs11().C_GetInfo());
        connector.close();
        connector.close();
        assertFinalised(module);
        assertThrows(IllegalStateException.class, connector::connect);
    }

    @Test
    void shouldServeSeveralTokensOfOneModule() throws Exception
    {
        final SoftHsmFixture some = SoftHsmFixture.create();
        final SoftHsmFixture other = SoftHsmFixture.create();
        some.importSecret("mac", MAC, SECRET);
        other.importSecret("mac", MAC, SECRET);

        try (TokenConnector connector = new TokenConnector(some.context()))
        {
            final TokenConnection connection = connector.connect();
            try (TokenConnector second = new TokenConnector(other.context()))
            {
                assertNotNull(new LaneSignatures(second.connect().inlineLane()).sign(0, SECRET));
            }
            assertNotNull(new LaneSignatures(connection.inlineLane()).sign(0, SECRET));
        }
    }

    @Test
    void shouldHoldNoLibraryBackWithAPinThatIsRefusedLater() throws Exception
    {
        final SoftHsmFixture token = SoftHsmFixture.create();
        final String name = "later-" + token.tokenLabel();
        final Path pin = SoftHsmFixture.secretFile(name, "fixture-user-pin");
        try (TokenConnector connector = new TokenConnector(token.context().pinFile(pin)))
        {
            final TokenConnection connection = connector.connect();
            final CryptokiModule module;
            try (RawToken raw = new RawToken(token))
            {
                module = raw.module();
                raw.logout();
            }
            connection.close();
            SoftHsmFixture.secretFile(name, "not-the-pin");
            refusal(connector, "CKR_PIN_INCORRECT");
            assertFinalised(module);
        }
    }

    @Test
    void shouldStartALostLibraryAnewWhenEveryTokenHasLetGoOfIt() throws Exception
    {
        final SoftHsmFixture some = SoftHsmFixture.create();
        final SoftHsmFixture other = SoftHsmFixture.create();
        some.importSecret("mac", MAC, SECRET);
        other.importSecret("mac", MAC, SECRET);
        final SoftHsmFixture elsewhere = SoftHsmFixture.create();
        elsewhere.importSecret("mac", MAC, SECRET);

        try (TokenConnector connector = new TokenConnector(some.context());
            TokenConnector second = new TokenConnector(other.context());
            TokenConnector third = new TokenConnector(
                elsewhere.context().modulePath(SoftHsmFixture.otherModulePath())))
        {
            final TokenConnection lost = connector.connect();
            final TokenConnection idle = second.connect();
            final LaneSignatures apart = new LaneSignatures(third.connect().inlineLane());
            assertNotNull(apart.sign(0, SECRET));
            try (RawToken raw = new RawToken(some))
            {
                raw.finaliseLibrary();
            }
            assertNull(new LaneSignatures(lost.inlineLane()).sign(0, SECRET));
            lost.close();
            assertFalse(idle.isLibraryLost());
            assertEquals(
                CKR_CRYPTOKI_NOT_INITIALIZED, refusal(connector, "CKR_CRYPTOKI_NOT_INITIALIZED").returnValue());
            assertTrue(idle.isLibraryLost());
            refusal(connector, "is lost");
            assertNotNull(apart.sign(0, SECRET));

            idle.close();
            assertNotNull(new LaneSignatures(second.connect().inlineLane()).sign(0, SECRET));
            final TokenConnection again = connector.connect();
            assertNotNull(new LaneSignatures(again.inlineLane()).sign(0, SECRET));
            assertFalse(again.isLibraryLost());
            assertEquals(2, again.generation());
            assertNotNull(apart.sign(0, SECRET));
        }
    }

    private static KeySpec swap(final KeySpec key, final byte[] id)
    {
        return new KeySpec(key.alias(), key.version(), id, key.algorithm(), key.pinned());
    }

    private static void refusal(final SoftHsmFixture token, final KeySpec key, final String... words)
    {
        refusal(token.context().keys(List.of(key)), words);
    }

    private static void refusal(final TokenConnector.Context context, final String... words)
    {
        try (TokenConnector connector = new TokenConnector(context))
        {
            refusal(connector, words);
        }
    }

    private static TokenException refusal(final TokenConnector connector, final String... words)
    {
        final TokenException refusal = assertThrows(TokenException.class, connector::connect);
        for (final String word : words)
        {
            assertTrue(refusal.getMessage().contains(word), refusal.getMessage());
        }
        assertFalse(refusal.getMessage().contains("\n"), refusal.getMessage());
        return refusal;
    }

    private static void assertFinalised(final CryptokiModule module)
    {
        final PKCS11Exception ex = assertThrows(PKCS11Exception.class, module.pkcs11()::C_GetInfo);
        assertEquals(CKR_CRYPTOKI_NOT_INITIALIZED, ex.getErrorCode());
    }
}
