package io.countersign.gateway.register;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/**
 * Where the keys of a register are in its order. What identifies a key never changes, so an index serves every snapshot
 * until a key is added.
 */
final class KeyIndex
{
    private static final int[] NONE = {};

    private final Map<Name, Integer> names;
    private final Map<String, int[]> aliases;
    private final Map<String, Integer> ids;
    private final Map<String, Integer> pinned;

    private record Name(String alias, int version)
    {
    }

    KeyIndex()
    {
        names = new HashMap<>();
        aliases = new HashMap<>();
        ids = new HashMap<>();
        pinned = new HashMap<>();
    }

    private KeyIndex(final KeyIndex other)
    {
        names = new HashMap<>(other.names);
        aliases = new HashMap<>(other.aliases);
        ids = new HashMap<>(other.ids);
        pinned = new HashMap<>(other.pinned);
    }

    KeyIndex copy()
    {
        return new KeyIndex(this);
    }

    /** The position of a key, or -1. */
    int position(final String alias, final int version)
    {
        return names.getOrDefault(new Name(alias, version), -1);
    }

    /** The positions of all versions, in the order of the register. Not to be changed. */
    int[] positions(final String alias)
    {
        return aliases.getOrDefault(alias, NONE);
    }

    /** The position of the key with an id in a token, or -1. */
    int positionOfId(final String token, final byte[] id)
    {
        return ids.getOrDefault(place(token, id), -1);
    }

    /** The position of the key with the same public key or check value, or -1. */
    int positionOfPinned(final KeyEntry key)
    {
        return pinned.getOrDefault(proof(key), -1);
    }

    void add(final KeyEntry key, final int position)
    {
        names.put(new Name(key.alias(), key.version()), position);
        ids.put(place(key.token(), key.spec().id()), position);
        pinned.put(proof(key), position);
        aliases.merge(key.alias(), new int[]{ position }, KeyIndex::joined);
    }

    private static int[] joined(final int[] before, final int[] last)
    {
        final int[] both = Arrays.copyOf(before, before.length + 1);
        both[before.length] = last[0];
        return both;
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
