package io.countersign.gateway;

import io.countersign.gateway.transport.Ingress;
import io.countersign.gateway.transport.IngressHandler;
import org.agrona.concurrent.UnsafeBuffer;

import java.util.ArrayDeque;

/**
 * Frames that wait, each in a buffer that the test keeps and may write to: what shared memory is to a bot.
 */
final class FakeIngress implements Ingress
{
    private static final int OFFSET = 32;

    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();

    @Override
    public int poll(final IngressHandler handler, final int fragmentLimit)
    {
        int count = 0;
        while (count < fragmentLimit && !waiting.isEmpty())
        {
            final Waiting frame = waiting.poll();
            count++;
            handler.onFrame(frame.publicationId, frame.isWhole, frame.buffer, OFFSET, frame.length);
        }
        return count;
    }

    /** The shared memory that the frame lies in. */
    UnsafeBuffer add(final long publicationId, final byte[] frame)
    {
        return add(publicationId, true, frame);
    }

    UnsafeBuffer add(final long publicationId, final boolean isWhole, final byte[] frame)
    {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[OFFSET + frame.length]);
        buffer.putBytes(OFFSET, frame);
        waiting.add(new Waiting(publicationId, isWhole, buffer, frame.length));
        return buffer;
    }

    private record Waiting(long publicationId, boolean isWhole, UnsafeBuffer buffer, int length)
    {
    }
}
