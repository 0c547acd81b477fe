package io.countersign.gateway.transport;

import org.agrona.DirectBuffer;

/**
 * The way back to one bot.
 */
public interface Egress
{
    /**
     * Try once to send a frame.
     *
     * @param buffer holding the frame.
     * @param offset of the frame.
     * @param length of the frame in bytes.
     * @return a positive position, or one of the negative values of {@code io.aeron.Publication}.
     */
    long offer(DirectBuffer buffer, int offset, int length);

    /**
     * Let go of it. Not for the gateway thread.
     */
    void close();
}
