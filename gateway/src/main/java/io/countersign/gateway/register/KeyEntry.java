package io.countersign.gateway.register;

import io.countersign.hsm.KeySpec;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * A key version as the register knows it. Immutable; {@link #become(KeyState, long)} and the {@code with} methods give
 * the next one, which {@link Register#withKey(KeyEntry)} puts in place.
 *
 * @param spec        alias, version, id, algorithm and pinned proof; never changes.
 * @param token       name of the token that holds the key; never changes.
 * @param traits      what else never changes.
 * @param state       where the key is in its life.
 * @param stateBefore the state that a suspended key goes back to; null in every other state.
 * @param venue       what the venue must be told with the key, or null as long as that is not known.
 * @param times       of its life.
 * @param use         how much it was used.
 */
public record KeyEntry(
    KeySpec spec,
    String token,
    KeyTraits traits,
    KeyState state,
    KeyState stateBefore,
    VenueBinding venue,
    KeyTimes times,
    KeyUse use)
{
    /** What every key in the register is for. */
    public static final String PURPOSE = "sign";

    private static final int MAX_ID_LENGTH = 64;
    private static final int MAX_PINNED_LENGTH = 1024;

    /**
     * Checks that the parts go together.
     *
     * @param spec        alias, version, id, algorithm and pinned proof.
     * @param token       name of the token that holds the key.
     * @param traits      what else never changes.
     * @param state       where the key is in its life.
     * @param stateBefore the state that a suspended key goes back to, or null.
     * @param venue       what the venue must be told with the key, or null.
     * @param times       of its life.
     * @param use         how much it was used.
     * @throws IllegalArgumentException when they do not; the message says what and names no key.
     */
    public KeyEntry
    {
        Objects.requireNonNull(traits, "traits");
        spec = spec.recoverable() == traits.isRecoverable() ? spec : new KeySpec(
            spec.alias(), spec.version(), spec.id(), spec.algorithm(), spec.pinned(), traits.isRecoverable());
        Objects.requireNonNull(state, "state");
        EntryText.checkName(spec.alias(), "alias");
        EntryText.checkName(token, "token");
        checkId(spec.id());
        checkPinned(spec);
        if (spec.version() < 1)
        {
            throw new IllegalArgumentException("the version is below 1");
        }
        if (KeyState.SUSPENDED == state != (null != stateBefore) || null != stateBefore && !stateBefore.maySuspend())
        {
            throw new IllegalArgumentException("a suspended key has the state before it, and no other key has one");
        }
        if (KeyState.ACTIVE == state && (null == venue || null == venue.apiKey()))
        {
            throw new IllegalArgumentException("an active key has a venue and the venue's api-key");
        }
        if ((KeyState.ACTIVE == state || KeyState.RETIRING == state) && KeyTimes.NEVER == times.activatedMs())
        {
            throw new IllegalArgumentException("a key that is or was active has the time at which it became so");
        }
        Objects.requireNonNull(use, "use");
    }

    /**
     * A key that is not in use yet.
     *
     * @param spec      alias, version, id, algorithm and pinned proof.
     * @param token     name of the token that holds the key.
     * @param traits    what else never changes.
     * @param createdMs when it came into the register, milliseconds since 1970.
     * @return the entry, pre-active, without a venue.
     */
    public static KeyEntry preActive(
        final KeySpec spec, final String token, final KeyTraits traits, final long createdMs)
    {
        return new KeyEntry(
            spec, token, traits, KeyState.PRE_ACTIVE, null, null, KeyTimes.created(createdMs), KeyUse.NONE);
    }

    /**
     * In another state. Going to {@link KeyState#ACTIVE} for the first time sets when it was activated; it also takes
     * away the time at which it was to become active and, coming from {@link KeyState#RETIRING}, the end of the
     * overlap.
     *
     * @param next  state; a suspended key goes back to {@link #stateBefore()} only.
     * @param nowMs milliseconds since 1970.
     * @return the entry in that state.
     * @throws RegisterException when the key may not go there, or has no api-key that an active key needs.
     */
    public KeyEntry become(final KeyState next, final long nowMs) throws RegisterException
    {
        checkNext(next);
        KeyTimes nextTimes = times;
        if (KeyState.ACTIVE == next)
        {
            if (null == venue || null == venue.apiKey())
            {
                throw new RegisterException(this + " has no " + (null == venue ? "venue" : "api-key") +
                    ": register its public part at the venue and give the api-key with 'keys activate'");
            }
            nextTimes = times.withActivateAt(KeyTimes.NEVER)
                .withActivated(KeyTimes.NEVER == times.activatedMs() ? nowMs : times.activatedMs())
                .withRetireBy(KeyTimes.NEVER);
        }
        final KeyState nextBefore = KeyState.SUSPENDED == next ? state : null;
        return new KeyEntry(spec, token, traits, next, nextBefore, venue, nextTimes, use);
    }

    /**
     * The same entry for a key that was made.
     *
     * @param next of the key.
     * @return another entry.
     */
    public KeyEntry withSpec(final KeySpec next)
    {
        return new KeyEntry(next, token, traits, state, stateBefore, venue, times, use);
    }

    /**
     * With what the venue must be told.
     *
     * @param next the binding.
     * @return everything else as it is.
     */
    public KeyEntry withVenue(final VenueBinding next)
    {
        return new KeyEntry(spec, token, traits, state, stateBefore, next, times, use);
    }

    /**
     * With other times.
     *
     * @param next times; when the key was created cannot change.
     * @return everything else as it is.
     */
    public KeyEntry withTimes(final KeyTimes next)
    {
        return new KeyEntry(spec, token, traits, state, stateBefore, venue, next, use);
    }

    /**
     * With the counters of later.
     *
     * @param next how much it was used.
     * @return everything else as it is.
     */
    public KeyEntry withUse(final KeyUse next)
    {
        return new KeyEntry(spec, token, traits, state, stateBefore, venue, times, next);
    }

    /**
     * The name that people and policies use.
     *
     * @return the alias.
     */
    public String alias()
    {
        return spec.alias();
    }

    /**
     * The version under that alias.
     *
     * @return from 1 on.
     */
    public int version()
    {
        return spec.version();
    }

    /**
     * Whether the token may give the key out wrapped by the recovery key.
     *
     * @return true when it may.
     */
    public boolean isRecoverable()
    {
        return traits.isRecoverable();
    }

    /**
     * Whether what the key can do is worth more care than that of the others.
     *
     * @return true when it is.
     */
    public boolean isHighValue()
    {
        return traits.isHighValue();
    }

    /**
     * Whether the key signs for bots.
     *
     * @return true when it is active.
     */
    public boolean signs()
    {
        return state.signs();
    }

    /**
     * The entry as its line of the register has it, without the tag.
     *
     * @return a JSON object.
     */
    public String line()
    {
        return new EntryWriter().body(this) + "}";
    }

    /**
     * Reads what {@link #line} has written.
     *
     * @param line a JSON object.
     * @return the entry.
     * @throws RegisterException where it is none.
     */
    public static KeyEntry ofLine(final String line) throws RegisterException
    {
        return EntryReader.key(line.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString()
    {
        return "key " + spec.alias() + " version " + spec.version();
    }

    /** Refuse a state that cannot follow this one. */
    void checkNext(final KeyState next) throws RegisterException
    {
        if (!state.mayBecome(next))
        {
            throw new RegisterException(this + " is " + state.configName() + " and cannot become " +
                next.configName() + (KeyState.DESTROYED == state ? ": make another version" : ""));
        }
        if (KeyState.SUSPENDED == state && KeyState.REVOKED != next && stateBefore != next)
        {
            throw new RegisterException(this + " is suspended and was " + stateBefore.configName() +
                " before: it becomes that again, or revoked, and not " + next.configName());
        }
    }

    static void checkId(final byte[] id)
    {
        if (0 == id.length || MAX_ID_LENGTH < id.length)
        {
            throw new IllegalArgumentException("the id is not 1 to " + MAX_ID_LENGTH + " bytes");
        }
    }

    private static void checkPinned(final KeySpec spec)
    {
        final int length = spec.pinned().length;
        if (spec.algorithm().isMac() ? KeySpec.CHECK_VALUE_LENGTH != length : 0 == length || MAX_PINNED_LENGTH < length)
        {
            throw new IllegalArgumentException("the " + (spec.algorithm().isMac() ? "check value" : "public key") +
                " has " + length + " bytes");
        }
    }
}
