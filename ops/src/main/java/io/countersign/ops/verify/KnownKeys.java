package io.countersign.ops.verify;

import io.countersign.gateway.seal.NoteException;
import io.countersign.gateway.seal.NoteKey;
import io.countersign.hsm.SigningAlgorithm;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Public keys: of the journal itself (audit keys) and of what signed for bots. Taken from files that somebody gave,
 * from the configuration that a PolicyInForce holds, and from the entries of KeyChanged; nothing here is believed to
 * be authentic.
 */
final class KnownKeys
{
    private final List<NoteKey> auditKeys = new ArrayList<>();
    private final Map<String, VerifyingKey> signingKeys = new HashMap<>();

    List<NoteKey> auditKeys()
    {
        return auditKeys;
    }

    /** Null when it is not known. */
    VerifyingKey find(final String alias, final int version)
    {
        return signingKeys.get(version + " " + alias);
    }

    /** Lines {@code ALIAS VERSION ALGORITHM BASE64}, by alias and version. */
    List<String> signingKeyLines()
    {
        return signingKeys.values().stream()
            .sorted(Comparator.comparing(VerifyingKey::alias).thenComparing(VerifyingKey::version))
            .map(VerifyingKey::line).toList();
    }

    int signingKeyCount()
    {
        return signingKeys.size();
    }

    void add(final NoteKey key)
    {
        if (auditKeys.stream().noneMatch((known) -> known.format().equals(key.format())))
        {
            auditKeys.add(key);
        }
    }

    /** What was known by that name before, or null; which stays but for a MAC key, whose secret may be another now. */
    VerifyingKey add(final VerifyingKey key)
    {
        final String name = key.version() + " " + key.alias();
        final VerifyingKey before = signingKeys.putIfAbsent(name, key);
        if (null != before && before.isSame(key) && null != key.secret() && !key.secret().equals(before.secret()))
        {
            signingKeys.put(name, key);
        }
        return before;
    }

    /** A line of a key register, with or without its tag; null when it is about something else than a key. */
    static VerifyingKey ofRegisterLine(final String line)
    {
        return load(line) instanceof final Map<?, ?> members && members.containsKey("key") &&
            members.containsKey("version") ? ofMembers(members, "key") : null;
    }

    /** The audit key of a configuration; null when it has none. */
    static NoteKey auditKeyOf(final String configuration) throws NoteException
    {
        final Object root = load(configuration);
        if (!(root instanceof final Map<?, ?> fields) || !(fields.get("audit") instanceof final Map<?, ?> audit) ||
            !(audit.get("key") instanceof final Map<?, ?> key))
        {
            return null;
        }
        final SigningAlgorithm algorithm = SigningAlgorithm.ofConfigName(String.valueOf(key.get("algorithm")));
        if (null == algorithm || null == audit.get("origin"))
        {
            throw new NoteException("the section audit has no origin or no algorithm that is known");
        }
        return NoteKey.of(String.valueOf(audit.get("origin")), algorithm, base64(key.get("public-key")));
    }

    /** The keys that a configuration pins by their public keys, and its MAC keys. */
    static List<VerifyingKey> pinsOf(final String configuration)
    {
        final List<VerifyingKey> pins = new ArrayList<>();
        if (load(configuration) instanceof final Map<?, ?> fields && fields.get("keys") instanceof final List<?> keys)
        {
            for (final Object item : keys)
            {
                // Without an id its versions are in the register.
                if (item instanceof final Map<?, ?> members && members.containsKey("id"))
                {
                    final VerifyingKey key = ofMembers(members, "alias");
                    if (null != key)
                    {
                        pins.add(key);
                    }
                }
            }
        }
        return pins;
    }

    private static VerifyingKey ofMembers(final Map<?, ?> members, final String name)
    {
        final SigningAlgorithm algorithm = SigningAlgorithm.ofConfigName(String.valueOf(members.get("algorithm")));
        final Object version = members.containsKey("version") ? members.get("version") : Integer.valueOf(1);
        if (null == algorithm || !(version instanceof final Integer number))
        {
            return null;
        }
        try
        {
            final String alias = String.valueOf(members.get(name));
            return algorithm.isMac() ? VerifyingKey.ofMac(alias, number, algorithm, secret(members)) :
                VerifyingKey.of(alias, number, algorithm, base64(members.get("public-key")));
        }
        catch (final IllegalArgumentException | NoteException ex)
        {
            return null;
        }
    }

    /** Null when there is no id or check value that can be read. */
    private static VerifyingKey.Secret secret(final Map<?, ?> members)
    {
        try
        {
            // Digits alone are a number to YAML.
            return new VerifyingKey.Secret(members.get("token") instanceof final String token ? token : null,
                String.valueOf(members.get("id")), String.valueOf(members.get("check-value")));
        }
        catch (final IllegalArgumentException ex)
        {
            return null;
        }
    }

    private static byte[] base64(final Object text) throws NoteException
    {
        try
        {
            return Base64.getDecoder().decode(String.valueOf(text));
        }
        catch (final IllegalArgumentException ex)
        {
            throw new NoteException("a public key is no base64");
        }
    }

    /** JSON is YAML too. Null when it is neither. */
    private static Object load(final String text)
    {
        try
        {
            final LoadSettings settings = LoadSettings.builder().setCodePointLimit(1 << 21).build();
            return new Load(settings).loadFromString(text);
        }
        catch (final YamlEngineException | ClassCastException | StackOverflowError ex)
        {
            return null;
        }
    }
}
