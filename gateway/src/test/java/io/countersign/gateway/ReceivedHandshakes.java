package io.countersign.gateway;

import io.countersign.gateway.control.ControlProxy;

import java.util.ArrayList;
import java.util.List;

/** What the gateway thread has passed on to the control agent. */
final class ReceivedHandshakes implements ControlProxy.HandshakeHandler
{
    final List<Integer> reasons = new ArrayList<>();
    final List<Boolean> reloads = new ArrayList<>();
    final List<byte[]> proofs = new ArrayList<>();
    final List<Long> released = new ArrayList<>();

    @Override
    public void onConnect(
        final long publicationId,
        final long correlationId,
        final int reason,
        final int apiKeyVersion,
        final byte[] clientNonce,
        final byte[] principal)
    {
        reasons.add(reason);
    }

    @Override
    public void onReload(final boolean isTrial, final byte[] sha256)
    {
        reloads.add(isTrial);
    }

    @Override
    public void onProve(final long publicationId, final long correlationId, final byte[] clientProof)
    {
        proofs.add(clientProof);
    }

    @Override
    public void onRelease(final long publicationId)
    {
        released.add(publicationId);
    }
}
