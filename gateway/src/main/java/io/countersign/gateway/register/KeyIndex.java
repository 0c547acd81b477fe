package io.countersign.gateway.register;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/**
 * Where the keys of a register are in its order. What identifies a key never changes, so an index serves every snapshot
 * until a key is added; then the next one holds what was added lately, and shares the rest.
 */
final class KeyIndex
{
    private static final int MAX_LATE = 256;
    private static final int[] NONE = {};

    private final KeyIndex base;
    private final Map<Name, Integer> names = new HashMap<>();
    private final Map<String, int[]> aliases = new HashMap<>();
    private final Map<String, Integer> ids = new HashMap<>();
    private final Map<String, Integer> pinned = new HashMap<>();

    private record Name(String alias, int version)
    {
    }

    KeyIndex()
    {
        this(null);
    }

    private KeyIndex(final KeyIndex base)
    {
        this.base = base;
    }

    /** An index that can be added to. This one must not be, from now on. */
    KeyIndex next()
    {
        if (MAX_LATE <= names.size())
        {
            if (null == base)
            {
                return new KeyIndex(this);
            }
            final KeyIndex whole = new KeyIndex();
            whole.putAll(base);
            whole.putAll(this);
            return new KeyIndex(whole);
        }
        final KeyIndex next = new KeyIndex(base);
        next.putAll(this);
        return next;
    }

    /** The position of a key, or -1. */
    int position(final String alias, final int version)
    {
        final Name name = new Name(alias, version);
        final Integer late = names.get(name);
        return null != late ? late : null == base ? -1 : base.position(alias, version);
    }

    /** The positions of all versions, in the order of the register. Not to be changed. */
    int[] positions(final String alias)
    {
        final int[] late = aliases.get(alias);
        return null != late ? late : null == base ? NONE : base.positions(alias);
    }

    /** The position of the key with an id in a token, or -1. */
    int positionOfId(final String token, final byte[] id)
    {
        final Integer late = ids.get(place(token, id));
        return null != late ? late : null == base ? -1 : base.positionOfId(token, id);
    }

    /** The position of the key with the same public key or check value, or -1. */
    int positionOfPinned(final KeyEntry key)
    {
        final Integer late = pinned.get(proof(key));
        return null != late ? late : null == base ? -1 : base.positionOfPinned(key);
    }

    void add(final KeyEntry key, final int position)
    {
        final int[] before = positions(key.alias());
        final int[] both = Arrays.copyOf(before, before.length + 1);
        both[before.length] = position;
        aliases.put(key.alias(), both);
        names.put(new Name(key.alias(), key.version()), position);
        ids.put(place(key.token(), key.spec().id()), position);
        pinned.put(proof(key), position);
    }

    private void putAll(final KeyIndex other)
    {
        names.putAll(other.names);
        aliases.putAll(other.aliases);
        ids.putAll(other.ids);
        pinned.putAll(other.pinned);
    }

    private static String place(final String token, final byte[] id)
    {
        return HexFormat.of().formatHex(id) + ' ' + token;
    }

    private static String proof(final KeyEntry key)
    {
        return HexFormat.of().formatHex(key.spec().pinned());
    }
}
