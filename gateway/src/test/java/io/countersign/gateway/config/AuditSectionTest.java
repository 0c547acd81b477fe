package io.countersign.gateway.config;

import io.countersign.hsm.SigningAlgorithm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.Base64;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class AuditSectionTest
{
    private static final String ED25519 = publicKey("Ed25519");
    private static final String P256 = publicKey("EC");
    private static final String AUDIT = """
        audit:
          origin: example.com/gateway-1
          key: {alias: audit, id: "c2", algorithm: Ed25519, public-key: %s}
          checkpoints: out/checkpoints
          seal-interval-ms: 50
        """.formatted(ED25519);

    @Test
    void shouldReadHowTheJournalIsSealed() throws ConfigException
    {
        final AuditConfig audit = read(AUDIT).audit();
        assertEquals("example.com/gateway-1", audit.origin());
        assertEquals("audit", audit.key().alias());
        assertArrayEquals(new byte[]{(byte) 0xC2}, audit.key().id());
        assertEquals(SigningAlgorithm.ED25519, audit.key().algorithm());
        assertEquals("trading", audit.token());
        assertEquals(Path.of("conf", "out", "checkpoints").toAbsolutePath(), audit.checkpoints());
        assertEquals(50, audit.sealIntervalMs());
    }

    @Test
    void shouldSealEvery200MsWhereNothingIsSaidAndNotAtAllWithoutTheSection() throws ConfigException
    {
        assertEquals(200, read(AUDIT.replace("  seal-interval-ms: 50\n", "")).audit().sealIntervalMs());
        assertNull(read("").audit());
    }

    @Test
    void shouldTakeAKeyOnP256() throws ConfigException
    {
        final AuditConfig audit =
            read(AUDIT.replace("Ed25519", "ECDSA-P256-SHA256").replace(ED25519, P256)).audit();
        assertEquals(SigningAlgorithm.ECDSA_P256, audit.key().algorithm());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "origin: example.com/gateway-1 | origin: two words | a name for the journal without spaces",
        "origin: example.com/gateway-1 | origin: one+two | a name for the journal without spaces",
        "algorithm: Ed25519 | algorithm: ECDSA-secp256k1-SHA256 | expected Ed25519 or ECDSA-P256-SHA256",
        "algorithm: Ed25519 | algorithm: ECDSA-P256-SHA256 | not a SubjectPublicKeyInfo of ECDSA-P256-SHA256",
        "seal-interval-ms: 50 | seal-interval-ms: 9 | expected a whole number from 10 to 60000",
        "seal-interval-ms: 50 | seal-interval-ms: 60001 | expected a whole number from 10 to 60000",
        "checkpoints: out/checkpoints | export: out | unknown",
        "id: \"c2\" | id: \"01\" | the audit key is also the key 'second'",
        "id: \"c2\" | id: \"0f\" | the audit key has the id of the key 'master'"})
    void shouldRefuse(final String found, final String replacement, final String expected)
    {
        assertTrue(AUDIT.contains(found), found);
        final String message =
            assertThrows(ConfigException.class, () -> read(AUDIT.replace(found, replacement))).getMessage();
        assertTrue(message.contains(expected), message);
    }

    private static GatewayConfig read(final String audit) throws ConfigException
    {
        return ConfigReader.of(Path.of("conf", "gateway.yaml"), ConfigReaderTest.GOOD + audit);
    }

    private static String publicKey(final String algorithm)
    {
        try
        {
            final KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            if ("EC".equals(algorithm))
            {
                generator.initialize(256);
            }
            return Base64.getEncoder().encodeToString(generator.generateKeyPair().getPublic().getEncoded());
        }
        catch (final GeneralSecurityException ex)
        {
            throw new AssertionError(ex);
        }
    }
}
