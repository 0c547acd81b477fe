package io.countersign.gateway.config;

import io.countersign.hsm.KeySpec;
import io.countersign.venues.Venues;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads and checks a configuration file. Relative paths in it are relative to the file's own directory.
 */
public final class ConfigReader
{
    /** Longest configuration in bytes: the journal keeps it in one text. */
    public static final int MAX_LENGTH = 1 << 20;

    private final YamlSource source;
    private final Path file;
    private final String text;
    private final boolean isKept;

    private ConfigReader(final Path file, final String text, final boolean isKept)
    {
        this.file = file;
        this.text = text;
        this.isKept = isKept;
        source = new YamlSource(file, isKept ? UserProfiles.withoutKept(text) : text);
    }

    /**
     * Read a configuration file.
     *
     * @param file path of the YAML file.
     * @return the configuration.
     * @throws ConfigException when it cannot be read or anything in it is not as expected.
     */
    public static GatewayConfig read(final Path file) throws ConfigException
    {
        return of(file, ConfigText.read(file, "configuration"));
    }

    /**
     * Check a configuration text.
     *
     * @param file names the text in errors and anchors its relative paths.
     * @param text the YAML text.
     * @return the configuration.
     * @throws ConfigException when anything in it is not as expected.
     */
    public static GatewayConfig of(final Path file, final String text) throws ConfigException
    {
        ConfigText.checkLength(file, text);
        UserProfiles.requireNotKept(file, text);
        return new ConfigReader(file, text, false).configuration();
    }

    /**
     * Read a configuration again as it was in force, with the venue profiles that were.
     *
     * @param file names the text in errors and anchors its relative paths.
     * @param text that the journal kept: {@link GatewayConfig#text()}.
     * @return the configuration.
     * @throws ConfigException when anything in it is not as expected.
     */
    public static GatewayConfig kept(final Path file, final String text) throws ConfigException
    {
        return new ConfigReader(file, text, true).configuration();
    }

    private GatewayConfig configuration() throws ConfigException
    {
        final YamlMapping root = source.root("the configuration", "token, keys and policy");
        root.allowOnly(
            "gateway", "journal", "token", "tokens", "authentication", "register", "audit", "venue-profiles", "keys",
            "policy");
        final YamlMapping gateway = root.mapping("gateway", "ingresses, journal-directory, ...");
        gateway.allowOnly(
            "ingresses",
            "journal-directory",
            "idle",
            "max-sessions",
            "max-sessions-per-principal",
            "max-in-flight",
            "idle-timeout-ms");
        final int maxSessions = (int) gateway.number("max-sessions", 1, 1024, 256);
        final UserProfiles profiles = profiles(root);
        final TokenSection tokens = TokenSection.read(root, source.directory());
        final RegisterConfig register =
            root.has("register") ? RegisterSection.read(root, source.directory(), tokens) : null;
        final List<KeyConfig> keys = keys(root, profiles.venues(), tokens, register);
        final String kept = isKept || !root.has("venue-profiles") ? text : profiles.keptBehind(text);
        return new GatewayConfig(
            file,
            kept,
            ConfigText.sha256(kept),
            IngressSection.read(gateway, source.directory()),
            path(gateway, "journal-directory", "the audit journal's directory"),
            JournalSection.read(root),
            gateway.has("idle") ?
                gateway.choice("idle", IdleMode::ofConfigName, "spin, yield or backoff") : IdleMode.YIELD,
            maxSessions,
            (int) gateway.number("max-sessions-per-principal", 1, maxSessions, Math.min(32, maxSessions)),
            (int) gateway.number("max-in-flight", 1, 256, 64),
            (int) gateway.number("idle-timeout-ms", 1_000, 3_600_000, 30_000),
            tokens.tokens(),
            masterKey(root, keys, tokens),
            tokens.tokenOf(masterKeySection(root)),
            accessTokens(root),
            register(register, masterKeySection(root), keys, root),
            audit(root, keys, tokens, register),
            keys,
            path(root, "policy", "the path of the policy file"));
    }

    private static YamlMapping masterKeySection(final YamlMapping root) throws ConfigException
    {
        final YamlMapping authentication = root.mapping("authentication", "master-key");
        authentication.allowOnly("master-key", "access-tokens");
        return authentication.mapping("master-key", "alias, id, check-value");
    }

    /** One id is that of one key in one token, and of other keys in other tokens. */
    private static KeySpec masterKey(
        final YamlMapping root, final List<KeyConfig> keys, final TokenSection tokens) throws ConfigException
    {
        final YamlMapping section = masterKeySection(root);
        final KeySpec masterKey = KeySection.readMasterKey(section);
        final String token = tokens.tokenOf(section);
        for (final KeyConfig key : keys)
        {
            if (key.token().equals(token) && Arrays.equals(key.spec().id(), masterKey.id()) ||
                Arrays.equals(key.spec().pinned(), masterKey.pinned()))
            {
                throw section.error("id", "the master key is also the key '" + key.spec().alias() +
                    "'; expected a key of which no other use is made");
            }
        }
        return masterKey;
    }

    /** What seals the register seals nothing else. */
    private static RegisterConfig register(
        final RegisterConfig register,
        final YamlMapping masterSection,
        final List<KeyConfig> keys,
        final YamlMapping root) throws ConfigException
    {
        if (null != register)
        {
            final KeySpec master = KeySection.readMasterKey(masterSection);
            if (Arrays.equals(master.pinned(), register.key().pinned()))
            {
                throw registerKeyIs(root, "master key");
            }
            for (final KeyConfig key : keys)
            {
                if (Arrays.equals(key.spec().pinned(), register.key().pinned()) ||
                    key.token().equals(register.token()) && Arrays.equals(key.spec().id(), register.key().id()))
                {
                    throw registerKeyIs(root, "key '" + key.spec().alias() + "'");
                }
            }
        }
        return register;
    }

    /** What signs seals signs nothing else. */
    private AuditConfig audit(
        final YamlMapping root, final List<KeyConfig> keys, final TokenSection tokens, final RegisterConfig register)
        throws ConfigException
    {
        if (!root.has("audit"))
        {
            return null;
        }
        final AuditConfig audit = AuditSection.read(root, source.directory(), tokens, keys);
        final YamlMapping master = masterKeySection(root);
        AuditSection.refuseAs(audit, KeySection.readMasterKey(master), tokens.tokenOf(master), root);
        if (null != register)
        {
            AuditSection.refuseAs(audit, register.key(), register.token(), root);
        }
        return audit;
    }

    private static ConfigException registerKeyIs(final YamlMapping root, final String what)
    {
        return root.error("register", "the register key is also the " + what +
            "; expected a key of which no other use is made");
    }

    private AccessIssuerConfig accessTokens(final YamlMapping root) throws ConfigException
    {
        final YamlMapping authentication = root.mapping("authentication", "master-key");
        return authentication.has("access-tokens") ?
            new AccessIssuerSection(source.directory()).read(
                authentication.mapping("access-tokens", "issuer, audience, jwks-file")) :
            null;
    }

    private UserProfiles profiles(final YamlMapping root) throws ConfigException
    {
        if (!root.has("venue-profiles"))
        {
            return UserProfiles.none();
        }
        final Path directory = path(root, "venue-profiles", "a directory with profiles of venues");
        return isKept ? UserProfiles.kept(directory, text) : UserProfiles.read(directory);
    }

    private static List<KeyConfig> keys(
        final YamlMapping root, final Venues venues, final TokenSection tokens, final RegisterConfig register)
        throws ConfigException
    {
        final List<KeyConfig> keys = new ArrayList<>();
        final Set<String> aliases = new HashSet<>();
        // A gateway that has just been set up makes its first keys itself.
        final boolean isEmpty = null != register && (!root.has("keys") || root.hasEmptyList("keys"));
        for (final YamlMapping key : isEmpty ? List.<YamlMapping>of() : root.mappings("keys", "a key"))
        {
            final KeyConfig config = KeySection.read(key, venues, tokens, register);
            if (!aliases.add(config.spec().alias()))
            {
                throw key.error("alias", "the key '" + config.spec().alias() + "' stands twice");
            }
            keys.add(config);
        }
        return List.copyOf(keys);
    }

    private Path path(final YamlMapping mapping, final String field, final String expected) throws ConfigException
    {
        return mapping.path(field, source.directory(), expected);
    }
}
