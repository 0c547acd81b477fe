package io.countersign.gateway.config;

import io.countersign.hsm.KeySpec;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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

    private ConfigReader(final Path file, final String text)
    {
        this.file = file;
        this.text = text;
        source = new YamlSource(file, text);
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
        final String text;
        try (InputStream in = Files.newInputStream(file))
        {
            final byte[] bytes = in.readNBytes(MAX_LENGTH + 1);
            checkLength(file, bytes.length);
            text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        }
        catch (final NoSuchFileException ex)
        {
            throw new ConfigException(file + ": there is no such configuration file");
        }
        catch (final CharacterCodingException ex)
        {
            throw new ConfigException(file + ": is not UTF-8 text");
        }
        catch (final IOException ex)
        {
            throw new ConfigException(file + ": cannot be read: " + ex.getMessage());
        }
        return of(file, text);
    }

    /**
     * Check a configuration text, for instance one that the journal kept.
     *
     * @param file names the text in errors and anchors its relative paths.
     * @param text the YAML text.
     * @return the configuration.
     * @throws ConfigException when anything in it is not as expected.
     */
    public static GatewayConfig of(final Path file, final String text) throws ConfigException
    {
        checkLength(file, text.getBytes(StandardCharsets.UTF_8).length);
        return new ConfigReader(file, text).configuration();
    }

    private static void checkLength(final Path file, final int length) throws ConfigException
    {
        if (MAX_LENGTH < length)
        {
            throw new ConfigException(file + ": is longer than " + MAX_LENGTH + " bytes");
        }
    }

    private GatewayConfig configuration() throws ConfigException
    {
        final YamlMapping root = source.root();
        root.allowOnly("gateway", "token", "authentication", "keys", "principals");
        final YamlMapping gateway = root.mapping("gateway", "aeron-directory, journal-directory, ...");
        gateway.allowOnly("aeron-directory", "aeron-group", "journal-directory", "idle", "max-sessions");
        final List<KeyConfig> keys = keys(root);
        return new GatewayConfig(
            file,
            text,
            sha256(),
            path(gateway, "aeron-directory", "the media driver's directory"),
            gateway.text("aeron-group", "a group of the operating system", null),
            path(gateway, "journal-directory", "the audit journal's directory"),
            gateway.has("idle") ?
                gateway.choice("idle", IdleMode::ofConfigName, "spin, yield or backoff") : IdleMode.YIELD,
            (int) gateway.number("max-sessions", 1, 1024, 256),
            token(root.mapping("token", "module, label, pin-file")),
            masterKey(root, keys),
            keys,
            principals(root, keys));
    }

    private TokenConfig token(final YamlMapping token) throws ConfigException
    {
        token.allowOnly("module", "label", "pin-file");
        return new TokenConfig(
            path(token, "module", "the path of a PKCS#11 library"),
            token.text("label", "the token's label"),
            path(token, "pin-file", "the path of a file with the PIN"));
    }

    private static KeySpec masterKey(final YamlMapping root, final List<KeyConfig> keys) throws ConfigException
    {
        final YamlMapping authentication = root.mapping("authentication", "master-key");
        authentication.allowOnly("master-key");
        final YamlMapping section = authentication.mapping("master-key", "alias, id, check-value");
        final KeySpec masterKey = KeySection.readMasterKey(section);
        for (final KeyConfig key : keys)
        {
            if (Arrays.equals(key.spec().id(), masterKey.id()) ||
                Arrays.equals(key.spec().pinned(), masterKey.pinned()))
            {
                throw section.error("id", "the master key is also the key '" + key.spec().alias() +
                    "'; expected a key of which no other use is made");
            }
        }
        return masterKey;
    }

    private List<KeyConfig> keys(final YamlMapping root) throws ConfigException
    {
        final List<KeyConfig> keys = new ArrayList<>();
        final Set<String> aliases = new HashSet<>();
        for (final YamlMapping key : root.mappings("keys", "a key"))
        {
            final KeyConfig config = KeySection.read(key);
            if (!aliases.add(config.spec().alias()))
            {
                throw key.error("alias", "the key '" + config.spec().alias() + "' stands twice");
            }
            keys.add(config);
        }
        return List.copyOf(keys);
    }

    private List<PrincipalConfig> principals(final YamlMapping root, final List<KeyConfig> keys) throws ConfigException
    {
        final Map<String, KeyConfig> keyByAlias = new HashMap<>();
        keys.forEach((key) -> keyByAlias.put(key.spec().alias(), key));
        final List<PrincipalConfig> principals = new ArrayList<>();
        final Set<String> names = new HashSet<>();
        for (final YamlMapping principal : root.mappings("principals", "a principal"))
        {
            principal.allowOnly("name", "api-key-versions", "rules");
            final String name = principal.name("name");
            if (!names.add(name))
            {
                throw principal.error("name", "the principal '" + name + "' stands twice");
            }
            final List<RuleConfig> rules = new ArrayList<>();
            final Set<String> ruleNames = new HashSet<>();
            for (final YamlMapping rule : principal.mappings("rules", "a rule"))
            {
                final RuleConfig config = RuleSection.read(rule, keyByAlias);
                if (!ruleNames.add(config.name()))
                {
                    throw rule.error("name", "the rule '" + config.name() + "' stands twice in '" + name + "'");
                }
                rules.add(config);
            }
            principals.add(new PrincipalConfig(
                name, principal.numbers("api-key-versions", 1, Integer.MAX_VALUE), List.copyOf(rules)));
        }
        return List.copyOf(principals);
    }

    private Path path(final YamlMapping mapping, final String field, final String expected) throws ConfigException
    {
        final String value = mapping.text(field, expected);
        try
        {
            return source.directory().resolve(value).normalize();
        }
        catch (final InvalidPathException ex)
        {
            // In a process without a UTF-8 locale, a path beyond ASCII is none.
            throw mapping.error(field, "'" + field + "' is '" + value + "', no path here; expected " + expected);
        }
    }

    private byte[] sha256()
    {
        try
        {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        }
        catch (final NoSuchAlgorithmException ex)
        {
            throw new IllegalStateException("every Java platform has SHA-256", ex);
        }
    }
}
