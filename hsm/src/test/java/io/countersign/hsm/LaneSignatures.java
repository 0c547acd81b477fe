package io.countersign.hsm;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Submits to a lane and keeps the last completion.
 */
final class LaneSignatures implements SigningListener
{
    private final SigningLane lane;
    private final UnsafeBuffer payload = new UnsafeBuffer(ByteBuffer.allocateDirect(SigningLane.MAX_PAYLOAD_LENGTH));

    private byte[] signature;
    private long correlationId;
    private long returnValue;

    LaneSignatures(final SigningLane lane)
    {
        this.lane = lane;
    }

    byte[] sign(final int keyIndex, final String message)
    {
        return sign(keyIndex, message.getBytes(StandardCharsets.UTF_8));
    }

    /** Null when the lane refused or failed. */
    byte[] sign(final int keyIndex, final byte[] message)
    {
        signature = null;
        returnValue = 0;
        payload.putBytes(0, message);
        if (lane.submit(keyIndex + 1000L, keyIndex, payload, 0, message.length))
        {
            lane.poll(this);
        }

        return signature;
    }

    long correlationId()
    {
        return correlationId;
    }

    long returnValue()
    {
        return returnValue;
    }

    @Override
    public void onSigned(final long correlationId, final DirectBuffer buffer, final int offset, final int length)
    {
        this.correlationId = correlationId;
        signature = new byte[length];
        buffer.getBytes(offset, signature);
    }

    @Override
    public void onSigningFailed(final long correlationId, final long returnValue)
    {
        this.correlationId = correlationId;
        this.returnValue = returnValue;
    }
}
