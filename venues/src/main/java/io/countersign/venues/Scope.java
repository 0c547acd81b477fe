package io.countersign.venues;

/**
 * What kind of power an operation has over an account: what rules and access tokens grant. The bits are those of
 * {@code Scopes} in the wire schema; bits and configuration names never change their meaning.
 */
public enum Scope
{
    /** Reads; changes nothing. */
    QUERY(1, "query"),

    /** Places orders. */
    TRADE(2, "trade"),

    /** Takes orders back. */
    CANCEL(4, "cancel"),

    /** Opens a session at the venue, which may do whatever the key can. */
    LOGIN(8, "login"),

    /** Moves assets from one account to another, also one of somebody else on the same chain. */
    TRANSFER(16, "transfer"),

    /** Moves assets out of the venue. */
    WITHDRAW(32, "withdraw");

    private final int bit;
    private final String configName;

    Scope(final int bit, final String configName)
    {
        this.bit = bit;
        this.configName = configName;
    }

    /**
     * The bit that stands for this scope in a set of scopes.
     *
     * @return 1 to 32, one bit.
     */
    public int bit()
    {
        return bit;
    }

    /**
     * The name that configuration uses.
     *
     * @return for example {@code trade}.
     */
    public String configName()
    {
        return configName;
    }

    /**
     * The scope of a name in configuration.
     *
     * @param configName for example {@code trade}.
     * @return the scope, or null when no scope has this name.
     */
    public static Scope ofConfigName(final String configName)
    {
        for (final Scope scope : values())
        {
            if (scope.configName.equals(configName))
            {
                return scope;
            }
        }
        return null;
    }
}
