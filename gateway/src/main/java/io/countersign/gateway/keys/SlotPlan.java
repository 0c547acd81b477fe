package io.countersign.gateway.keys;

import io.countersign.codecs.wire.Reason;
import io.countersign.gateway.config.ConfigException;
import io.countersign.gateway.config.KeyConfig;
import io.countersign.gateway.config.RegisteredKeys;
import io.countersign.gateway.control.KeySlot;
import io.countersign.gateway.register.KeyEntry;
import io.countersign.gateway.register.KeyState;
import io.countersign.gateway.register.KeyTimes;
import io.countersign.gateway.register.Register;
import io.countersign.gateway.register.RegisterException;
import io.countersign.hsm.KeySpec;
import io.countersign.venues.PassphraseUse;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which version stands for each alias that the configuration names, and why it may not sign, by what the register says.
 * For one thread at a time: the start, then the key agent.
 */
public final class SlotPlan
{
    private final List<KeyConfig> declared;
    private final List<String> tokenNames;
    private final KeyLanes lanes;
    private final Map<String, Integer> indexes = new HashMap<>();

    /** Passphrases of those whose venue wants its MAC under the key, as they stand in requests. */
    private final Map<KeyName, String> ready = new HashMap<>();

    /** A version. */
    private record KeyName(String alias, int version)
    {
    }

    /**
     * A plan for what the configuration names.
     *
     * @param declared   keys of the configuration, as it says.
     * @param tokenNames in configuration order.
     * @param lanes      of the tokens.
     */
    public SlotPlan(final List<KeyConfig> declared, final List<String> tokenNames, final KeyLanes lanes)
    {
        this.declared = declared;
        this.tokenNames = tokenNames;
        this.lanes = lanes;
        for (int i = 0; i < declared.size(); i++)
        {
            indexes.put(declared.get(i).spec().alias(), i);
        }
    }

    /** What the configuration says of an alias; null when it does not name it, or names its one version itself. */
    KeyConfig declared(final String alias)
    {
        final Integer index = indexes.get(alias);
        return null == index || !declared.get(index).isRegistered() ? null : declared.get(index);
    }

    /** Key index of an alias; below 0 when the configuration does not name it. */
    int index(final String alias)
    {
        return indexes.getOrDefault(alias, -1);
    }

    int tokenIndex(final String tokenName)
    {
        return tokenNames.indexOf(tokenName);
    }

    List<String> tokenNames()
    {
        return tokenNames;
    }

    List<KeyConfig> declared()
    {
        return declared;
    }

    /** The key agrees with what the configuration says of its alias; where that says nothing, it does. */
    void check(final KeyEntry entry) throws RegisterException
    {
        checkToken(entry);
        final KeyConfig of = declared(entry.alias());
        if (null != of)
        {
            key(of, entry);
        }
        else if (indexes.containsKey(entry.alias()))
        {
            throw new RegisterException("the configuration names the one version of key " + entry.alias() +
                " itself: take its id and check value or public key out there, then the register can have versions");
        }
    }

    /** The token of a key is one that the configuration names. */
    void checkToken(final KeyEntry entry) throws RegisterException
    {
        if (tokenIndex(entry.token()) < 0)
        {
            throw new RegisterException(entry + " is in the token '" + entry.token() +
                "', which the configuration does not name; it has " + String.join(", ", tokenNames));
        }
    }

    /** The passphrase of a version stands in requests like this. */
    void onReady(final KeySpec key, final String passphrase)
    {
        ready.put(new KeyName(key.alias(), key.version()), passphrase);
    }

    /**
     * Take over the passphrases of a start.
     *
     * @param slots with the passphrases as they stand in requests.
     */
    public void onReady(final List<KeySlot> slots)
    {
        for (final KeySlot slot : slots)
        {
            if (slot.key().isRegistered() && KeySlot.NOWHERE != slot.place() &&
                PassphraseUse.MAC == slot.key().venue().passphrase())
            {
                final byte[] text = new byte[slot.key().venueKey().passphrase().capacity()];
                slot.key().venueKey().passphrase().getBytes(0, text);
                onReady(slot.key().spec(), new String(text, StandardCharsets.US_ASCII));
            }
        }
    }

    /**
     * What stands for every key.
     *
     * @param register that says it.
     * @return by key index.
     * @throws RegisterException when the register and the configuration contradict each other.
     */
    public List<KeySlot> slots(final Register register) throws RegisterException
    {
        final List<KeySlot> slots = new ArrayList<>(declared.size());
        for (final KeyConfig key : declared)
        {
            slots.add(key.isRegistered() ? slot(register, key.spec().alias()) : fixed(key));
        }
        return slots;
    }

    /** What stands for an alias that the configuration leaves to the register. */
    KeySlot slot(final Register register, final String alias) throws RegisterException
    {
        final int keyIndex = indexes.get(alias);
        final KeyConfig of = declared.get(keyIndex);
        final KeyEntry entry = standing(register, alias);
        if (null == entry)
        {
            return new KeySlot(keyIndex, of, Math.max(0, tokenIndex(of.token())), KeySlot.NOWHERE,
                Reason.KEY_NOT_ACTIVE.value());
        }
        final int tokenIndex = tokenIndex(entry.token());
        final String passphrase = ready.get(new KeyName(alias, entry.version()));
        final KeyConfig key = key(of, entry);
        return new KeySlot(
            keyIndex,
            null == passphrase ? key : key.withVenueKey(key.venueKey().withPassphrase(passphrase)),
            Math.max(0, tokenIndex),
            tokenIndex < 0 ? KeySlot.NOWHERE : lanes.place(tokenIndex, entry.spec()),
            refusal(entry.state()));
    }

    private KeySlot fixed(final KeyConfig key)
    {
        final int tokenIndex = tokenIndex(key.token());
        return new KeySlot(indexes.get(key.spec().alias()), key, tokenIndex, lanes.place(tokenIndex, key.spec()),
            Reason.NONE.value());
    }

    /** The active version, else the suspended one, else the newest that was stopped for good, else the newest. */
    private static KeyEntry standing(final Register register, final String alias)
    {
        final KeyEntry active = register.activeOf(alias);
        if (null != active)
        {
            return active;
        }
        KeyEntry newest = null;
        KeyEntry stopped = null;
        KeyEntry suspended = null;
        for (final KeyEntry entry : register.versionsOf(alias))
        {
            newest = null == newest || newest.version() < entry.version() ? entry : newest;
            // A version that is only prepared must not hide why bots cannot sign.
            final boolean isStopped = KeyTimes.NEVER != entry.times().activatedMs() &&
                (KeyState.REVOKED == entry.state() || KeyState.DESTROYED == entry.state());
            stopped = isStopped && (null == stopped || stopped.version() < entry.version()) ? entry : stopped;
            suspended = KeyState.ACTIVE == entry.stateBefore() ? entry : suspended;
        }
        return null != suspended ? suspended : null != stopped ? stopped : newest;
    }

    private static int refusal(final KeyState state)
    {
        return switch (state)
        {
            case ACTIVE -> Reason.NONE.value();
            case SUSPENDED -> Reason.KEY_SUSPENDED.value();
            case REVOKED -> Reason.KEY_REVOKED.value();
            case DESTROYED -> Reason.KEY_DESTROYED.value();
            case PRE_ACTIVE, RETIRING -> Reason.KEY_NOT_ACTIVE.value();
        };
    }

    private static KeyConfig key(final KeyConfig of, final KeyEntry entry) throws RegisterException
    {
        try
        {
            return RegisteredKeys.of(of, entry);
        }
        catch (final ConfigException ex)
        {
            throw new RegisterException(ex.getMessage(), ex);
        }
    }
}
