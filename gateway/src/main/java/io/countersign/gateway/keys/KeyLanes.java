package io.countersign.gateway.keys;

import io.countersign.gateway.control.KeySlot;
import io.countersign.hsm.KeySpec;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Which key versions the lane of each token has, and where. Places never change while the gateway runs: in the place of
 * a version that goes is another that is there already, and nobody asks for that place any more. For one thread at a
 * time: the start, then the key agent.
 */
public final class KeyLanes
{
    private final List<List<KeySpec>> lanes;

    /**
     * As the lanes are.
     *
     * @param lanes keys by place, by token index.
     */
    public KeyLanes(final List<List<KeySpec>> lanes)
    {
        this.lanes = new ArrayList<>(lanes);
    }

    /**
     * Where a version is.
     *
     * @param tokenIndex position of the token in the configuration.
     * @param key        version.
     * @return its place, or {@link KeySlot#NOWHERE}.
     */
    public int place(final int tokenIndex, final KeySpec key)
    {
        final List<KeySpec> lane = lanes.get(tokenIndex);
        for (int i = lane.size() - 1; i >= 0; i--)
        {
            if (isSame(lane.get(i), key))
            {
                return i;
            }
        }
        return KeySlot.NOWHERE;
    }

    /** What the lane has with one more version, behind all others. */
    List<KeySpec> with(final int tokenIndex, final KeySpec key)
    {
        final List<KeySpec> next = new ArrayList<>(lanes.get(tokenIndex));
        next.add(key);
        return Collections.unmodifiableList(next);
    }

    /** What the lane has when a version is gone. */
    List<KeySpec> without(final int tokenIndex, final KeySpec key)
    {
        final List<KeySpec> next = new ArrayList<>(lanes.get(tokenIndex));
        for (final KeySpec other : lanes.get(tokenIndex))
        {
            if (!isSame(other, key))
            {
                next.replaceAll((each) -> isSame(each, key) ? other : each);
                return Collections.unmodifiableList(next);
            }
        }
        return List.of();
    }

    /** The lane was replaced by one that has these. */
    void use(final int tokenIndex, final List<KeySpec> keys)
    {
        lanes.set(tokenIndex, keys);
    }

    private static boolean isSame(final KeySpec key, final KeySpec other)
    {
        return key.version() == other.version() && key.alias().equals(other.alias());
    }
}
