package io.countersign.ops.score;

/**
 * The three quantities of a score: strength x access / exposure.
 */
public enum Quantity
{
    /** How hard the algorithm is to break: a factor of at most 1. */
    STRENGTH("strength"),

    /** How well it is kept who can have something signed: a product of factors of at most 1. */
    ACCESS("access"),

    /** How much is lost when it is not: a product of factors of at least 1. */
    EXPOSURE("exposure");

    private final String text;

    Quantity(final String text)
    {
        this.text = text;
    }

    /** The word for it, for people and programs. */
    @Override
    public String toString()
    {
        return text;
    }
}
