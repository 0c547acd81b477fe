package io.countersign.hsm;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;

import org.junit.jupiter.api.Test;

class OperatorTokenKeyTest
{
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

    private static OperatorTokenKey open(final SoftHsmFixture token, final byte[] id) throws TokenException
    {
        return OperatorTokenKey.open(
            SoftHsmFixture.modulePath(), token.tokenLabel(), null, PinSource.file(token.pinFile()), id);
    }
}
