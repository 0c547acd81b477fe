package io.countersign.gateway.transport;

import org.agrona.DirectBuffer;

/**
 * Receives frames. The buffer is shared memory that its sender can still change: copy it before looking at it.
 */
@FunctionalInterface
public interface IngressHandler
{
    /**
     * One Aeron fragment has arrived.
     *
     * @param publicationId {@link PublicationId} of the sender; tells publications apart, proves no identity.
     * @param isWhole       false when it is a part of a longer message.
     * @param buffer        shared memory.
     * @param offset        of the frame.
     * @param length        of the frame in bytes.
     */
    void onFrame(long publicationId, boolean isWhole, DirectBuffer buffer, int offset, int length);
}
