package io.countersign.gateway;

import io.countersign.gateway.control.KeySlot;

import java.util.List;

/**
 * Where each key is: in which token, and at which place among the keys of that token's lane. Two arrays, for the
 * gateway thread looks here for every request.
 */
final class KeyPlaces
{
    private final int[] tokens;
    private final int[] places;

    /** By key index. */
    KeyPlaces(final List<KeySlot> slots)
    {
        tokens = slots.stream().mapToInt(KeySlot::tokenIndex).toArray();
        places = slots.stream().mapToInt(KeySlot::place).toArray();
    }

    /** The index of a key's token. */
    int token(final int keyIndex)
    {
        return tokens[keyIndex];
    }

    /** The index of a key in its token's lane. */
    int place(final int keyIndex)
    {
        return places[keyIndex];
    }

    /** Another version stands for the key from now on. */
    void use(final KeySlot slot)
    {
        tokens[slot.keyIndex()] = slot.tokenIndex();
        places[slot.keyIndex()] = slot.place();
    }
}
