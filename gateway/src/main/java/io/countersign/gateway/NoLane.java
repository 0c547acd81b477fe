package io.countersign.gateway;

import io.countersign.hsm.SigningLane;
import io.countersign.hsm.SigningListener;
import org.agrona.DirectBuffer;

/**
 * Stands where the lane was while there is no proven connection to the token: takes nothing.
 */
final class NoLane implements SigningLane
{
    static final NoLane INSTANCE = new NoLane();

    private NoLane()
    {
    }

    @Override
    public boolean submit(
        final long correlationId, final int keyIndex, final DirectBuffer payload, final int offset, final int length)
    {
        return false;
    }

    @Override
    public int poll(final SigningListener listener)
    {
        return 0;
    }

    @Override
    public int generation()
    {
        return 0;
    }

    @Override
    public boolean isBroken()
    {
        return true;
    }
}
