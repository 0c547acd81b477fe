package io.countersign.gateway.register;

import java.util.EnumSet;
import java.util.Set;

/**
 * Where a key version is in its life, in the words of NIST SP 800-57 part 1, section 7. The package's documentation
 * draws it.
 */
public enum KeyState
{
    /** In the token, but not in use yet: not known at the venue, or waiting for its time. */
    PRE_ACTIVE("pre-active"),

    /** Signs for bots that name its alias. */
    ACTIVE("active"),

    /** Followed by another version, but still valid at the venue. */
    RETIRING("retiring"),

    /** Stopped for a while; remembers the state before. */
    SUSPENDED("suspended"),

    /** Stopped for good; the key object may still be in the token. */
    REVOKED("revoked"),

    /** The key object is gone from the token. */
    DESTROYED("destroyed");

    private final String configName;

    KeyState(final String configName)
    {
        this.configName = configName;
    }

    /**
     * The state of a name in the register's file.
     *
     * @param configName for example {@code pre-active}; case matters.
     * @return the state, or null when none has that name.
     */
    public static KeyState ofConfigName(final String configName)
    {
        for (final KeyState state : values())
        {
            if (state.configName.equals(configName))
            {
                return state;
            }
        }
        return null;
    }

    /**
     * The name in the register's file, in commands and in messages.
     *
     * @return for example {@code pre-active}.
     */
    public String configName()
    {
        return configName;
    }

    /**
     * Whether a key in this state signs for bots.
     *
     * @return true when it is {@link #ACTIVE}.
     */
    public boolean signs()
    {
        return ACTIVE == this;
    }

    /**
     * Whether a key may go from this state to another. A suspended key goes back to the state before and to no other,
     * which {@link KeyEntry#become(KeyState, long)} sees to.
     *
     * @param next state.
     * @return true when it may; false for the state that it has.
     */
    public boolean mayBecome(final KeyState next)
    {
        return successors().contains(next);
    }

    /** Whether a key may be suspended in this state, and come back to it. */
    boolean maySuspend()
    {
        return mayBecome(SUSPENDED);
    }

    private Set<KeyState> successors()
    {
        return switch (this)
        {
            case PRE_ACTIVE -> EnumSet.of(ACTIVE, SUSPENDED, REVOKED, DESTROYED);
            case ACTIVE -> EnumSet.of(RETIRING, SUSPENDED, REVOKED);
            case RETIRING -> EnumSet.of(ACTIVE, SUSPENDED, REVOKED);
            case SUSPENDED -> EnumSet.of(PRE_ACTIVE, ACTIVE, RETIRING, REVOKED);
            case REVOKED -> EnumSet.of(DESTROYED);
            case DESTROYED -> EnumSet.noneOf(KeyState.class);
        };
    }
}
