package io.countersign.ops.venues;

/**
 * A vector says what the profile does not write.
 */
final class Contradiction extends Exception
{
    private static final long serialVersionUID = 1L;

    private final boolean isFixed;

    /** What it is, in a few words for people. */
    Contradiction(final String what)
    {
        this(what, false);
    }

    /**
     * A contradiction.
     *
     * @param what    it is, in a few words for people.
     * @param isFixed whether it is about something that the venue always writes: the vector may be of another.
     */
    Contradiction(final String what, final boolean isFixed)
    {
        super(what);
        this.isFixed = isFixed;
    }

    boolean isFixed()
    {
        return isFixed;
    }
}
