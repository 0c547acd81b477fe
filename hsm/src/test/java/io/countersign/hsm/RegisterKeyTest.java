package io.countersign.hsm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RegisterKeyTest
{
    private static final SigningAlgorithm MAC = SigningAlgorithm.HMAC_SHA256;
    private static final byte[] REGISTER_SECRET = { 1 };
    private static final byte[] MASTER_SECRET = { 2 };

    private SoftHsmFixture token;
    private KeySpec register;
    private KeySpec master;

    @BeforeEach
    void makeKeys() throws Exception
    {
        token = SoftHsmFixture.create();
        register = token.importSecret("register", MAC, REGISTER_SECRET);
        master = token.importSecret("master", MAC, MASTER_SECRET);
    }

    @Test
    void shouldTagDataOfAnyLength() throws Exception
    {
        try (TokenConnector connector = new TokenConnector(context().registerKey(register)))
        {
            final TokenConnection connection = connector.connect();
            final RegisterKey key = connection.registerKey();
            assertEquals(List.of(register + ": CKM_SHA256_HMAC"), connection.signingMethods());
            for (final int length : new int[]{ 1, 128, 129, 3, SigningLane.MAX_PAYLOAD_LENGTH })
            {
                final byte[] data = new byte[length];
                Arrays.fill(data, (byte) length);
                assertArrayEquals(hmac(REGISTER_SECRET, data), key.tag(data));
            }
            assertThrows(IllegalArgumentException.class, () -> key.tag(new byte[0]));
            assertThrows(
                IllegalArgumentException.class, () -> key.tag(new byte[SigningLane.MAX_PAYLOAD_LENGTH + 1]));

            connection.close();
            assertTrue(key.isBroken());
            final String message = assertThrows(TokenException.class, () -> key.tag(new byte[1])).getMessage();
            assertTrue(message.contains("closed or broken"), message);
        }
    }

    @Test
    void shouldHaveNoneUnlessItIsGiven() throws Exception
    {
        try (TokenConnector connector = new TokenConnector(context()))
        {
            assertNull(connector.connect().registerKey());
        }
    }

    @Test
    void shouldRefuseAKeyOfAnotherUse() throws Exception
    {
        final KeySpec pair = token.generateKeyPair("pair", SigningAlgorithm.ED25519);
        assertRefused(context().registerKey(register).keys(List.of(register)), "is the same as the register key");
        assertRefused(context().registerKey(master).masterKey(master), "is the same as the register key");
        assertRefused(context().registerKey(pair), "the register key must be HMAC-SHA256");
        try (TokenConnector connector = new TokenConnector(context().registerKey(register).masterKey(master)))
        {
            connector.connect();
            assertThrows(IllegalArgumentException.class, () -> connector.connect(List.of(register)));
            assertThrows(IllegalArgumentException.class, () -> connector.connect(List.of(master)));
        }
    }

    @Test
    void shouldDeriveTheSecretsOfOneTimePasswords() throws Exception
    {
        final byte[] name = "anna".getBytes(StandardCharsets.UTF_8);
        try (TokenConnector connector = new TokenConnector(context().masterKey(master)))
        {
            final MasterKey key = connector.connect().masterKey();
            final byte[] text = ByteBuffer.allocate(29 + 4 + 4)
                .put("countersign TOTP, version 1: ".getBytes(StandardCharsets.US_ASCII)).putInt(3).put(name).array();
            assertArrayEquals(Arrays.copyOf(hmac(MASTER_SECRET, text), 20), key.deriveTotpSecret(name, 3));
            assertThrows(IllegalArgumentException.class, () -> key.deriveTotpSecret(new byte[65], 1));
        }
    }

    private TokenConnector.Context context()
    {
        return token.context().keys(List.of());
    }

    private static void assertRefused(final TokenConnector.Context context, final String words)
    {
        final String message = assertThrows(IllegalArgumentException.class, context::conclude).getMessage();
        assertTrue(message.contains(words), message);
    }

    private static byte[] hmac(final byte[] secret, final byte[] data) throws Exception
    {
        final Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret, "RAW"));
        return mac.doFinal(data);
    }
}
