package io.countersign.ops.score;

/**
 * What a key of a token is there for.
 */
public enum KeyRole
{
    /** Signs what bots ask for. */
    VENUE("signs for bots"),

    /** API keys are derived with it. */
    MASTER("master key"),

    /** Seals the key register. */
    REGISTER("register key"),

    /** Signs the journal's seals. */
    AUDIT("audit key"),

    /** Wraps recoverable keys. */
    WRAPPING("wrapping key"),

    /** The configuration does not name it. */
    STRAY("named by no configuration"),

    /** There is no configuration to say. */
    UNKNOWN("no configuration was given");

    private final String text;

    KeyRole(final String text)
    {
        this.text = text;
    }

    /** The words for it, for people. */
    @Override
    public String toString()
    {
        return text;
    }

    /** Whether policy says anything of such a key. */
    boolean hasPolicy()
    {
        return VENUE == this || UNKNOWN == this;
    }
}
