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
            handler.onFrame(frame.aeronSessionId, frame.isWhole, frame.buffer, OFFSET, frame.length);
        }
        return count;
    }

    @Override
    public String name()
    {
        return "fake";
    }

    /** The shared memory that the frame lies in. */
    UnsafeBuffer add(final int aeronSessionId, final byte[] frame)
    {
        return add(aeronSessionId, true, frame);
    }

    UnsafeBuffer add(final int aeronSessionId, final boolean isWhole, final byte[] frame)
    {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[OFFSET + frame.length]);
        buffer.putBytes(OFFSET, frame);
        waiting.add(new Waiting(aeronSessionId, isWhole, buffer, frame.length));
        return buffer;
    }

    private record Waiting(int aeronSessionId, boolean isWhole, UnsafeBuffer buffer, int length)
    {
    }
}
