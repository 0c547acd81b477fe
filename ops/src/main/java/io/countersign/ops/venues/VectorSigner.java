package io.countersign.ops.venues;

import java.security.GeneralSecurityException;

/**
 * Signs what a venue writes for a vector, as a token would.
 */
@FunctionalInterface
interface VectorSigner
{
    /** With the key that the vector publishes. */
    VectorSigner SOFTWARE = (vector, key, payload) -> key.sign(payload);

    /** The signature as a token gives it: r and s raw. */
    byte[] sign(Vector vector, VectorKey key, byte[] payload) throws GeneralSecurityException;
}
