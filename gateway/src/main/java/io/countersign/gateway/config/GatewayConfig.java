package io.countersign.gateway.config;

import io.countersign.hsm.KeySpec;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/**
 * The whole configuration, checked.
 *
 * @param file             where it was read from.
 * @param text             the text as read; the journal keeps it.
 * @param sha256           of the text's UTF-8 bytes.
 * @param aeronDirectory   directory of the embedded media driver.
 * @param aeronGroup       operating system group whose members may open it, or null: its owner only.
 * @param journalDirectory directory of the audit journal.
 * @param idle             idle mode of the gateway thread.
 * @param maxSessions      most sessions at one time.
 * @param token            the token.
 * @param masterKey        that the bots' API keys are derived with.
 * @param keys             in file order; a key's position is its index everywhere.
 * @param principals       in file order.
 */
public record GatewayConfig(
    Path file,
    String text,
    byte[] sha256,
    Path aeronDirectory,
    String aeronGroup,
    Path journalDirectory,
    IdleMode idle,
    int maxSessions,
    TokenConfig token,
    KeySpec masterKey,
    List<KeyConfig> keys,
    List<PrincipalConfig> principals)
{
    /**
     * The short name of this configuration in records: the first 8 bytes of its SHA-256, big endian.
     *
     * @return the policy version.
     */
    public long policyVersion()
    {
        return ByteBuffer.wrap(sha256).getLong();
    }
}
