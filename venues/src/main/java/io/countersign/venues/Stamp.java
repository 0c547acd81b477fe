package io.countersign.venues;

/**
 * What the gateway, and nobody else, puts into a request to tell it from all others: the time and a number. Reusable;
 * not thread-safe.
 */
public final class Stamp
{
    /** In place of a nonce where the venue wants none. */
    public static final long NO_NONCE = Long.MIN_VALUE;

    private static final long NANOS_PER_MILLI = 1_000_000;

    private long utcNs;
    private long nonce = NO_NONCE;

    /**
     * Take values.
     *
     * @param utcNs UTC nanoseconds since 1970 that the request is to carry.
     * @param nonce above every earlier one of the key, {@link #NO_NONCE} where the venue wants none.
     * @return this.
     */
    public Stamp set(final long utcNs, final long nonce)
    {
        this.utcNs = utcNs;
        this.nonce = nonce;
        return this;
    }

    /**
     * UTC nanoseconds since 1970 that the request is to carry.
     *
     * @return the time.
     */
    public long utcNs()
    {
        return utcNs;
    }

    /**
     * Milliseconds since 1970 that the request is to carry.
     *
     * @return the time.
     */
    public long utcMs()
    {
        return utcNs / NANOS_PER_MILLI;
    }

    /**
     * The number that is used once.
     *
     * @return the nonce, {@link #NO_NONCE} where the venue wants none.
     */
    public long nonce()
    {
        return nonce;
    }
}
