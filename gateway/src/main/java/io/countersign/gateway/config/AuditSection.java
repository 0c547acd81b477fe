package io.countersign.gateway.config;

import io.countersign.gateway.seal.NoteException;
import io.countersign.gateway.seal.NoteKey;
import io.countersign.hsm.KeySpec;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Reads {@code audit}.
 */
final class AuditSection
{
    private static final int MAX_ORIGIN_LENGTH = 200;
    private static final int INTERVAL_MS = 200;
    private static final int MIN_INTERVAL_MS = 10;
    private static final int MAX_INTERVAL_MS = 60_000;

    private AuditSection()
    {
    }

    static AuditConfig read(
        final YamlMapping root, final Path base, final TokenSection tokens, final List<KeyConfig> keys)
        throws ConfigException
    {
        final YamlMapping audit = root.mapping("audit", "origin, key and checkpoints");
        audit.allowOnly("origin", "key", "checkpoints", "seal-interval-ms");
        final String origin = audit.choice("origin", AuditSection::origin,
            "a name for the journal without spaces and plus signs, like example.com/gateway-1");
        final YamlMapping section = audit.mapping("key", "alias, id, algorithm, public-key");
        final KeySpec key = KeySection.readAuditKey(section);
        final String token = tokens.tokenOf(section);
        for (final KeyConfig other : keys)
        {
            if (other.token().equals(token) && Arrays.equals(other.spec().id(), key.id()) ||
                Arrays.equals(other.spec().pinned(), key.pinned()))
            {
                throw section.error("id", "the audit key is also the key '" + other.spec().alias() +
                    "'; expected a key of which no other use is made");
            }
        }
        requireUsable(section, origin, key);
        return new AuditConfig(
            origin,
            key,
            token,
            audit.path("checkpoints", base, "the path of a file that checkpoints are appended to"),
            (int) audit.number("seal-interval-ms", MIN_INTERVAL_MS, MAX_INTERVAL_MS, INTERVAL_MS));
    }

    /** In one token, one id is one key. */
    static void refuseAs(final AuditConfig audit, final KeySpec own, final String token, final YamlMapping root)
        throws ConfigException
    {
        if (audit.token().equals(token) && Arrays.equals(audit.key().id(), own.id()))
        {
            throw root.error("audit", "the audit key has the id of the key '" + own.alias() +
                "'; expected a key of which no other use is made");
        }
    }

    private static String origin(final String value)
    {
        return value.length() <= MAX_ORIGIN_LENGTH && NoteKey.isName(value) ? value : null;
    }

    private static void requireUsable(final YamlMapping section, final String origin, final KeySpec key)
        throws ConfigException
    {
        try
        {
            NoteKey.of(origin, key.algorithm(), key.pinned());
        }
        catch (final NoteException ex)
        {
            throw section.error("public-key", ex.getMessage());
        }
    }
}
