package io.countersign.gateway.control;

import io.countersign.codecs.wire.Reason;
import io.countersign.gateway.config.KeyConfig;

import java.util.ArrayList;
import java.util.List;

/**
 * Which version stands for an alias, where it is, and whether it may sign.
 *
 * @param keyIndex   position of the alias in the configuration.
 * @param key        the version, as requests need it.
 * @param tokenIndex position of its token in the configuration.
 * @param place      of the version among the keys of the token's lane; {@link #NOWHERE} when the lane does not have it.
 * @param refusal    a value of the wire's {@code Reason}: why it may not sign, NONE when it may.
 */
public record KeySlot(int keyIndex, KeyConfig key, int tokenIndex, int place, int refusal)
{
    /** Place of a version that no lane has: it never signs. */
    public static final int NOWHERE = -1;

    /**
     * Whether bots' requests are signed.
     *
     * @return true when the version may sign.
     */
    public boolean maySign()
    {
        return Reason.NONE.value() == refusal;
    }

    /**
     * The same place with the key in another form.
     *
     * @param next the key.
     * @return another.
     */
    public KeySlot with(final KeyConfig next)
    {
        return new KeySlot(keyIndex, next, tokenIndex, place, refusal);
    }

    /**
     * Where the keys of a configuration are: lanes have the keys of their token in configuration order.
     *
     * @param tokenNames in configuration order.
     * @param keys       in configuration order, none of them of a register.
     * @return a slot for each, which may sign.
     */
    public static List<KeySlot> of(final List<String> tokenNames, final List<KeyConfig> keys)
    {
        final List<KeySlot> slots = new ArrayList<>(keys.size());
        final int[] counts = new int[tokenNames.size()];
        for (final KeyConfig key : keys)
        {
            final int tokenIndex = tokenNames.indexOf(key.token());
            if (tokenIndex < 0)
            {
                throw new IllegalArgumentException("key '" + key.spec().alias() + "' is in the token '" +
                    key.token() + "', which is none of " + tokenNames);
            }
            slots.add(new KeySlot(slots.size(), key, tokenIndex, counts[tokenIndex]++, Reason.NONE.value()));
        }
        return slots;
    }
}
