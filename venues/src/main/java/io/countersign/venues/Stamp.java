package io.countersign.venues;

/**
 * What the gateway, and nobody else, puts into a request to tell it from all others: the time and a number. Reusable;
 * not thread-safe.
 */
public final class Stamp
{
    private long utcNs;
    private long nonce;

    /**
     * Take values.
     *
     * @param utcNs UTC nanoseconds since 1970 that the request is to carry.
     * @param nonce above every earlier one of the key; without meaning where the venue has none.
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
     * The number that is used once.
     *
     * @return the nonce.
     */
    public long nonce()
    {
        return nonce;
    }
}
