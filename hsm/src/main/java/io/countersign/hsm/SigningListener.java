package io.countersign.hsm;

import org.agrona.DirectBuffer;

/**
 * Receives the completions of a {@link SigningLane}, on the thread that polls it.
 */
public interface SigningListener
{
    /**
     * A signature was made.
     *
     * @param correlationId of the request.
     * @param signature     holds the signature until this method returns. ECDSA: r and s, 32 bytes each.
     * @param offset        of the signature in the buffer.
     * @param length        of the signature, exactly {@link SigningAlgorithm#maxSignatureLength()} of the key.
     */
    void onSigned(long correlationId, DirectBuffer signature, int offset, int length);

    /**
     * No signature was made, and the lane is broken.
     *
     * @param correlationId of the request.
     * @param returnValue   the {@code CKR_} value; {@link ReturnValue#nameOf(long)} has its name.
     */
    void onSigningFailed(long correlationId, long returnValue);
}
