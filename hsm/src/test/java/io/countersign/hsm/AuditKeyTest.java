package io.countersign.hsm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AuditKeyTest
{
    private static final byte[] TEXT = "example.com/test\n1\nroot\n".getBytes(StandardCharsets.US_ASCII);

    private SoftHsmFixture token;

    @BeforeEach
    void makeToken() throws Exception
    {
        token = SoftHsmFixture.create();
    }

    @ParameterizedTest
    @EnumSource(value = SigningAlgorithm.class, names = { "ED25519", "ECDSA_P256" })
    void shouldSignUntilItsConnectionIsClosed(final SigningAlgorithm algorithm) throws Exception
    {
        final KeySpec audit = token.generateKeyPair("audit", algorithm);
        try (TokenConnector connector = new TokenConnector(context().auditKey(audit)))
        {
            final TokenConnection connection = connector.connect();
            final AuditKey key = connection.auditKey();
            assertTrue(PublicKeyVerifier.of(algorithm, audit.pinned()).verifies(TEXT, key.sign(TEXT)));
            assertEquals(1, connection.signingMethods().size());

            connection.close();
            assertTrue(key.isBroken());
            final String message = assertThrows(TokenException.class, () -> key.sign(TEXT)).getMessage();
            assertTrue(message.contains("closed or broken"), message);
        }
    }

    @Test
    void shouldHaveNoneUnlessItIsGiven() throws Exception
    {
        try (TokenConnector connector = new TokenConnector(context()))
        {
            assertNull(connector.connect().auditKey());
        }
    }

    @Test
    void shouldRefuseAConnectionWhoseAuditKeyIsNotThePinnedOne() throws Exception
    {
        final KeySpec audit = token.generateKeyPair("audit", SigningAlgorithm.ED25519);
        final KeySpec other = token.generateKeyPair("other", SigningAlgorithm.ED25519);
        final KeySpec mixed = new KeySpec("audit", 1, audit.id(), SigningAlgorithm.ED25519, other.pinned());
        try (TokenConnector connector = new TokenConnector(context().auditKey(mixed)))
        {
            assertThrows(TokenException.class, connector::connect);
        }
    }

    @Test
    void shouldNeverBeAKeyOfRequests() throws Exception
    {
        final KeySpec audit = token.generateKeyPair("audit", SigningAlgorithm.ED25519);
        final KeySpec secret = token.importSecret("secret", SigningAlgorithm.HMAC_SHA256, new byte[]{ 1 });
        assertRefused(context().auditKey(audit).keys(List.of(audit)), "is the same as the audit key");
        assertRefused(context().auditKey(secret), "must be ECDSA-P256-SHA256 or Ed25519");
        try (TokenConnector connector = new TokenConnector(context().auditKey(audit)))
        {
            connector.connect();
            assertThrows(IllegalArgumentException.class, () -> connector.connect(List.of(audit)));
        }
    }

    private static void assertRefused(final TokenConnector.Context context, final String expected)
    {
        final String message = assertThrows(IllegalArgumentException.class, context::conclude).getMessage();
        assertTrue(message.contains(expected), message);
    }

    private TokenConnector.Context context()
    {
        return token.context().keys(List.of());
    }
}
