package io.countersign.ops.keys;

import io.countersign.gateway.register.KeyEntry;
import io.countersign.gateway.register.KeyState;
import io.countersign.hsm.KeySpec;
import io.countersign.hsm.ReturnValue;
import io.countersign.hsm.TokenException;
import io.countersign.hsm.TokenInventory;
import io.countersign.hsm.TokenKey;
import io.countersign.ops.audit.EscapedText;
import io.countersign.ops.score.Grants;
import io.countersign.ops.score.KeyFacts;
import io.countersign.ops.score.KeyLife;
import io.countersign.ops.score.KeyRole;
import io.countersign.ops.score.KeyScore;
import io.countersign.ops.score.KeyScores;
import io.countersign.ops.score.SourceWidth;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/**
 * Looks at every key of a token: what is to be said of it, and its score.
 */
final class KeyChecks
{
    private static final Set<String> OF_WRAPPING = Set.of("over-broad", "no-signing", "any-mechanism");

    private final TokenInventory inventory;
    private final Surroundings surroundings;
    private final long nowMs;
    private final PublishedKeys published = new PublishedKeys();
    private final List<Checked> checked = new ArrayList<>();
    private final List<KeyScore> scores = new ArrayList<>();

    KeyChecks(final TokenInventory inventory, final Surroundings surroundings, final long nowMs)
    {
        this.inventory = inventory;
        this.surroundings = surroundings;
        this.nowMs = nowMs;
    }

    /**
     * Something that is to be said, and of which key.
     *
     * @param alias   for people.
     * @param id      in hexadecimal digits.
     * @param finding what it is.
     */
    record Checked(String alias, String id, Finding finding)
    {
    }

    /** Looks at all keys, and has those prove themselves that the configuration names. */
    void check(final List<TokenKey> keys) throws TokenException
    {
        for (final TokenKey key : keys)
        {
            if (TokenKey.Kind.PUBLIC != key.kind())
            {
                check(key, keys);
            }
        }
        if (surroundings.isConfigured())
        {
            for (final KeySpec key : surroundings.toProve())
            {
                prove(key);
            }
            for (final KeySpec key : surroundings.examples())
            {
                add(key, Finding.weighty("example", "it signs with a time of long ago " +
                    "(example-timestamp-ms): take that out before it is used at a venue"));
            }
        }
        if (null != surroundings.registerComplaint())
        {
            add(surroundings.registerKey(), Finding.weighty("register", surroundings.registerComplaint()));
        }
    }

    List<Checked> checked()
    {
        return checked;
    }

    List<KeyScore> scores()
    {
        return scores;
    }

    long weighty()
    {
        return checked.stream().filter((one) -> one.finding().isWeighty()).count();
    }

    private void check(final TokenKey key, final List<TokenKey> keys)
    {
        final KeyRole role = surroundings.role(key);
        final KeyLife life = surroundings.life(key);
        final Grants grants = surroundings.grants(key, nowMs);
        final String publishedIn = publishedIn(key);
        KeyFindings.of(key, keys).stream().filter((finding) -> !isMeant(key, role, life, finding))
            .forEach((finding) -> add(key, finding));
        if (null != publishedIn)
        {
            add(key, Finding.weighty("published", "anybody can sign with it, it stands in " + publishedIn +
                ": make a new key, unless this is a demonstration"));
        }
        if (KeyRole.STRAY == role)
        {
            add(key, Finding.note("not-configured",
                "the configuration does not name it: destroy it when nothing else uses it"));
        }
        if (null != grants)
        {
            checkGrants(key, grants);
        }
        if (null != life)
        {
            checkLife(key, surroundings.entry(key), life);
        }
        scores.add(KeyScores.of(KeyText.label(key), KeyText.id(key), new KeyFacts(
            key,
            surroundings.algorithm(key),
            role,
            new KeyFacts.Custody(inventory.isInHardware(key), surroundings.pin()),
            grants,
            surroundings.oversight(),
            life,
            publishedIn), nowMs));
    }

    /** A wrapping key is there to wrap, and a recoverable key to be wrapped. */
    private static boolean isMeant(
        final TokenKey key, final KeyRole role, final KeyLife life, final Finding finding)
    {
        if (KeyRole.WRAPPING == role)
        {
            return List.of("wrap").equals(key.uses()) && OF_WRAPPING.contains(finding.code());
        }
        final boolean isRecoverable = null != life && life.isRecoverable();
        return isRecoverable && ("extractable".equals(finding.code()) || "was-outside".equals(finding.code()) &&
            Boolean.TRUE.equals(key.local()) && Boolean.TRUE.equals(key.alwaysSensitive()));
    }

    private void checkGrants(final TokenKey key, final Grants grants)
    {
        if (SourceWidth.ANY == grants.sources().worst())
        {
            add(key, Finding.weighty("unrestricted-source", grants.sources().who() +
                " may use it from every address: restrict 'sources' in the policy"));
        }
        if (!grants.missing().oneScope().isEmpty())
        {
            add(key, Finding.weighty("broad-scopes", grants.missing().oneScope() +
                " may trade with it and also log on, transfer or withdraw: give that to another principal with " +
                "another key"));
        }
    }

    private void checkLife(final TokenKey key, final KeyEntry entry, final KeyLife life)
    {
        if (life.isOld(nowMs))
        {
            add(key, Finding.weighty("old", entry + " was to be rotated by " +
                Instant.ofEpochMilli(life.rotateByMs()) + ": rotate it"));
        }
        if (life.isUnused(nowMs))
        {
            add(key, Finding.weighty("unused", entry + " is active and has signed nothing for 30 days: suspend or " +
                "revoke it when nobody needs it"));
        }
        if (KeyState.DESTROYED == life.state())
        {
            add(key, Finding.weighty("not-destroyed", entry +
                " is destroyed by the register and still in the token: destroy it with the tools of the token"));
        }
    }

    private String publishedIn(final TokenKey key)
    {
        final List<String> values = new ArrayList<>(KeyText.checkValues(inventory, key).values());
        if (null != key.subjectPublicKeyInfo())
        {
            values.add(KeyText.fingerprint(key.subjectPublicKeyInfo()));
        }
        return values.stream().map(published::source).filter((source) -> null != source).findFirst().orElse(null);
    }

    private void prove(final KeySpec key) throws TokenException
    {
        try
        {
            inventory.prove(key);
        }
        catch (final TokenException ex)
        {
            if (ReturnValue.isTokenLost(ex.returnValue()))
            {
                throw ex;
            }
            add(key, Finding.weighty("unfit", ex.getMessage()));
        }
    }

    private void add(final TokenKey key, final Finding finding)
    {
        checked.add(new Checked(KeyText.label(key), KeyText.id(key), finding));
    }

    private void add(final KeySpec key, final Finding finding)
    {
        checked.add(new Checked(EscapedText.of(key.alias()), HexFormat.of().formatHex(key.id()), finding));
    }
}
