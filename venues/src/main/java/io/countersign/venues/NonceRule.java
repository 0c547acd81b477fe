package io.countersign.venues;

/**
 * What number a venue wants in each request.
 *
 * @param kind   how it is written.
 * @param unitNs nanoseconds of the clock per step of the number that it starts from; 1 where there is no nonce.
 */
public record NonceRule(Kind kind, long unitNs)
{
    /** For venues without nonces. */
    public static final NonceRule NONE = new NonceRule(Kind.NONE, 1);

    /** How a nonce is written. */
    public enum Kind
    {
        /** There is none. */
        NONE,

        /** Decimal digits of a number that rises with each request of a key. */
        COUNTER,

        /** 36 characters of a UUID that no other request has. */
        UUID
    }

    /**
     * The number for a request at a time, if none was used before.
     *
     * @param utcNs UTC nanoseconds since 1970.
     * @return the time in the unit of the nonce.
     */
    public long at(final long utcNs)
    {
        return utcNs / unitNs;
    }
}
