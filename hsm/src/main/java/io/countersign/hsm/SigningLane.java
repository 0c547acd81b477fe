package io.countersign.hsm;

import org.agrona.DirectBuffer;

/**
 * A way to a token that carries one signature request after another: submit, then poll for what was completed.
 * One thread at a time uses a lane. No method allocates.
 */
public interface SigningLane
{
    /** The longest payload that a lane takes, in bytes. */
    int MAX_PAYLOAD_LENGTH = 64 * 1024;

    /**
     * Ask for a signature. The payload is read before this returns.
     *
     * @param correlationId given back with the completion; any value.
     * @param keyIndex      position of the key in the list that the connection was made with.
     * @param payload       off-heap: {@code byteArray()} is null and {@code addressOffset()} the address of its memory.
     * @param offset        of the payload in the buffer.
     * @param length        of the payload, 1 to {@link #MAX_PAYLOAD_LENGTH} bytes; exactly
     *                      {@link SigningAlgorithm#DIGEST_LENGTH} where the algorithm takes digests.
     * @return true when a completion will follow; false when the lane is broken (see {@link #isBroken()}), still holds
     *         a completion that must be polled first, or cannot take the arguments. The token has then seen nothing.
     */
    boolean submit(long correlationId, int keyIndex, DirectBuffer payload, int offset, int length);

    /**
     * Deliver what was completed since the last poll.
     *
     * @param listener is called for each completion, on the calling thread.
     * @return the number of completions delivered.
     */
    int poll(SigningListener listener);

    /**
     * The generation of the connection to which this lane belongs.
     *
     * @return rises by one with each connection.
     */
    int generation();

    /**
     * Whether the lane takes no more requests, for good: an earlier request failed, so that its session may hold an
     * unfinished operation, or its connection was closed. The way on is a new connection.
     *
     * @return true when every later {@link #submit} returns false.
     */
    boolean isBroken();
}
