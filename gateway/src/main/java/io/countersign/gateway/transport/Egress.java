package io.countersign.gateway.transport;

import org.agrona.DirectBuffer;

/**
 * The way back to one bot.
 */
public interface Egress
{
    /** What an offer is answered whose frame does not fit into one fragment; a bot takes no fragmented frames. */
    long TOO_LONG = -6;

    /**
     * Try once to send a frame.
     *
     * @param buffer holding the frame.
     * @param offset of the frame.
     * @param length of the frame in bytes.
     * @return a positive position, or one of the negative values of {@code io.aeron.Publication}, or {@link #TOO_LONG}.
     */
    long offer(DirectBuffer buffer, int offset, int length);

    /**
     * Let go of it. Not for the gateway thread.
     */
    void close();
}
