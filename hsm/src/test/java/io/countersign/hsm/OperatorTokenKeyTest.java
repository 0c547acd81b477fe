package io.countersign.hsm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import org.junit.jupiter.api.Test;

class OperatorTokenKeyTest
{
    private static final byte[] MASTER_SECRET = "a master key for this test".getBytes(StandardCharsets.US_ASCII);

    @Test
    void shouldSignCommandsOfAnyLength() throws Exception
    {
        final SoftHsmFixture token = SoftHsmFixture.create();
        final KeySpec spec = token.generateKeyPair("anna", SigningAlgorithm.ED25519);
        try (OperatorTokenKey key = open(token, spec.id()))
        {
            for (final int length : new int[]{1, 200, 3_300})
            {
                final byte[] message = new byte[length];
                Arrays.fill(message, (byte) 'x');
                assertTrue(PublicKeyVerifier.of(SigningAlgorithm.ED25519, spec.pinned())
                    .verifies(message, key.sign(message)));
            }
        }
    }

    @Test
    void shouldSayWhichKeyIsNotThere() throws Exception
    {
        final SoftHsmFixture token = SoftHsmFixture.create();
        final KeySpec ecdsa = token.generateKeyPair("bert", SigningAlgorithm.ECDSA_P256);
        final TokenException missing = assertThrows(TokenException.class, () -> open(token, new byte[]{0x7e}));
        assertTrue(missing.getMessage().contains("id 7e on token \"" + token.tokenLabel() + "\" is not there"),
            missing.getMessage());
        assertThrows(TokenException.class, () ->
        {
            try (OperatorTokenKey key = open(token, ecdsa.id()))
            {
                key.sign(new byte[]{1});
            }
        });
    }

    @Test
    void shouldDeriveTheSecretOfOneTimeCodes() throws Exception
    {
        final SoftHsmFixture token = SoftHsmFixture.create();
        final KeySpec master = token.importSecret("master", SigningAlgorithm.HMAC_SHA256, MASTER_SECRET.clone());
        try (TokenConnector connector = new TokenConnector(new TokenConnector.Context()
            .modulePath(SoftHsmFixture.modulePath())
            .tokenLabel(token.tokenLabel())
            .pin(PinSource.file(token.pinFile()))
            .masterKey(master));
            TokenConnection connection = connector.connect())
        {
            final byte[] secret =
                connection.masterKey().deriveTotpSecret("anna".getBytes(StandardCharsets.UTF_8), 7);
            assertNotNull(secret);
            final Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(MASTER_SECRET, "HmacSHA256"));
            mac.update("countersign TOTP, version 1: ".getBytes(StandardCharsets.US_ASCII));
            mac.update(ByteBuffer.allocate(4).putInt(7).array());
            mac.update("anna".getBytes(StandardCharsets.US_ASCII));
            assertArrayEquals(Arrays.copyOf(mac.doFinal(), 20), secret);
            assertEquals(32, connection.masterKey().derive("anna".getBytes(StandardCharsets.UTF_8), 7).length);
        }
    }

    private static OperatorTokenKey open(final SoftHsmFixture token, final byte[] id) throws TokenException
    {
        return OperatorTokenKey.open(
            SoftHsmFixture.modulePath(), token.tokenLabel(), null, PinSource.file(token.pinFile()), id);
    }
}
