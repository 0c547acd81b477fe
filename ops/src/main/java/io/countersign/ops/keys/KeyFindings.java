package io.countersign.ops.keys;

import io.countersign.hsm.TokenKey;

import java.util.ArrayList;
import java.util.List;

/**
 * What a key object itself gives reason to say, whatever a configuration says of it.
 */
final class KeyFindings
{
    private static final int MIN_RSA_BITS = 2048;
    private static final int MIN_CURVE_BITS = 255;
    private static final int MIN_SECRET_BITS = 128;

    private KeyFindings()
    {
    }

    /**
     * The findings of a key.
     *
     * @param key of a token.
     * @param all keys of that token.
     * @return weighty ones first; none for public keys.
     */
    static List<Finding> of(final TokenKey key, final List<TokenKey> all)
    {
        final List<Finding> findings = new ArrayList<>();
        if (TokenKey.Kind.PUBLIC == key.kind())
        {
            return findings;
        }
        protection(key, findings);
        uses(key, findings);
        size(key, findings);
        origin(key, findings);
        company(key, all, findings);
        return findings;
    }

    private static void protection(final TokenKey key, final List<Finding> findings)
    {
        if (!Boolean.FALSE.equals(key.extractable()))
        {
            findings.add(Finding.weighty("extractable",
                "whoever has the PIN can take it out of the token (CKA_EXTRACTABLE): make a new key"));
        }
        if (!Boolean.TRUE.equals(key.sensitive()))
        {
            findings.add(Finding.weighty("not-sensitive",
                "whoever has the PIN can read it in plain (CKA_SENSITIVE is not set): make a new key"));
        }
        if (Boolean.FALSE.equals(key.isPrivate()))
        {
            findings.add(Finding.weighty("not-private",
                "it can be used without the PIN (CKA_PRIVATE is not set): make a new key"));
        }
    }

    private static void uses(final TokenKey key, final List<Finding> findings)
    {
        // Verifying with a secret tells no more than signing with it does.
        final List<String> others =
            key.uses().stream().filter((use) -> !"sign".equals(use) && !"verify".equals(use)).toList();
        if (!others.isEmpty())
        {
            findings.add(Finding.weighty("over-broad", "it may be used for more than signing (" +
                String.join(", ", others) + "): import or generate it anew with this version"));
        }
        if (!key.uses().contains("sign"))
        {
            findings.add(Finding.note("no-signing", "it may not sign: no gateway can use it"));
        }
    }

    private static void size(final TokenKey key, final List<Finding> findings)
    {
        final int least = TokenKey.Kind.SECRET == key.kind() ? MIN_SECRET_BITS :
            "RSA".equals(key.type()) ? MIN_RSA_BITS : MIN_CURVE_BITS;
        if (0 != key.bits() && key.bits() < least)
        {
            findings.add(Finding.weighty("small",
                "it has " + key.bits() + " bits, fewer than " + least + ": make a new key"));
        }
    }

    private static void origin(final TokenKey key, final List<Finding> findings)
    {
        if (!Boolean.TRUE.equals(key.alwaysSensitive()) || !Boolean.TRUE.equals(key.neverExtractable()))
        {
            findings.add(Finding.note("was-outside",
                "it was imported, or could be read once: whoever had it then can have it still"));
        }
        if (key.mechanisms().isEmpty())
        {
            findings.add(Finding.note("any-mechanism",
                "the token lets it sign with every mechanism of its kind (CKA_ALLOWED_MECHANISMS is not set)"));
        }
    }

    private static void company(final TokenKey key, final List<TokenKey> all, final List<Finding> findings)
    {
        final long sameLabel = all.stream().filter((other) ->
            TokenKey.Kind.PUBLIC != other.kind() && other.label().equals(key.label())).count();
        if (1 < sameLabel && !key.label().isEmpty())
        {
            findings.add(Finding.note("same-label", sameLabel + " keys of the token have this label"));
        }
        if (TokenKey.Kind.PRIVATE == key.kind() && null == key.subjectPublicKeyInfo())
        {
            findings.add(Finding.note("no-public-key", "the token does not give its public key"));
        }
    }
}
