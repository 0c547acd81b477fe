package io.countersign.hsm;

import java.nio.ByteBuffer;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * MACs by the only key of a lane, for keys of the gateway's own. They are secrets: they are left nowhere but in what is
 * returned. One thread at a time.
 */
final class TokenMac implements SigningListener
{
    private final InlineSigningLane lane;
    private UnsafeBuffer payload = new UnsafeBuffer(ByteBuffer.allocateDirect(128));
    private byte[] mac;
    private long returnValue;

    /**
     * MACs of a key that has proven itself.
     *
     * @param lane whose only key it is.
     */
    TokenMac(final InlineSigningLane lane)
    {
        this.lane = lane;
    }

    /**
     * Have the token make a MAC.
     *
     * @param data 1 to {@link SigningLane#MAX_PAYLOAD_LENGTH} bytes.
     * @return the MAC, or null when the token does not sign.
     */
    byte[] of(final byte... data)
    {
        if (payload.capacity() < data.length)
        {
            payload = new UnsafeBuffer(ByteBuffer.allocateDirect(data.length));
        }

        mac = null;
        returnValue = ReturnValue.OK;
        payload.putBytes(0, data);
        if (lane.submit(0, 0, payload, 0, data.length))
        {
            lane.poll(this);
        }

        lane.zeroSignature();
        final byte[] result = mac;
        mac = null;
        return result;
    }

    /** Why there was no MAC. */
    long returnValue()
    {
        return returnValue;
    }

    /** Whether there will be none any more. */
    boolean isBroken()
    {
        return lane.isBroken();
    }

    @Override
    public void onSigned(
        final long correlationId,
        final DirectBuffer signature,
        final int offset,
        final int length)
    {
        mac = new byte[length];
        signature.getBytes(offset, mac);
    }

    @Override
    public void onSigningFailed(final long correlationId, final long returnValue)
    {
        this.returnValue = returnValue;
    }
}
