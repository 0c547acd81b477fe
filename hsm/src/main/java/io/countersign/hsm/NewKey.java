package io.countersign.hsm;

/**
 * A key that is to be made on a token.
 *
 * @param id          of the key.
 * @param label       for people.
 * @param algorithm   of the key.
 * @param recoverable whether it may leave the token wrapped.
 */
record NewKey(byte[] id, String label, SigningAlgorithm algorithm, boolean recoverable)
{
    /** The key as the gateway will look for it. */
    KeySpec pinned(final byte[] pinned)
    {
        return new KeySpec(label, 1, id, algorithm, pinned, recoverable);
    }

    @Override
    public String toString()
    {
        return "key " + label;
    }
}
