package io.countersign.gateway.transport;

import java.util.List;

/**
 * Polls all ingresses in turn: whoever was served comes last, so that a busy ingress never keeps another waiting for
 * longer than one of its frames. For the gateway thread; allocates nothing.
 */
public final class FairIngress implements Ingress
{
    private final AeronIngress[] ingresses;
    private int next;

    /**
     * Construct over ingresses.
     *
     * @param ingresses at least one.
     */
    public FairIngress(final List<AeronIngress> ingresses)
    {
        this.ingresses = ingresses.toArray(new AeronIngress[0]);
    }

    /** Hands over frames of one ingress only, the first in turn that has any. */
    @Override
    public int poll(final IngressHandler handler, final int fragmentLimit)
    {
        int fragments = 0;
        for (int i = 0; 0 == fragments && i < ingresses.length; i++)
        {
            final AeronIngress ingress = ingresses[next];
            next = next + 1 < ingresses.length ? next + 1 : 0;
            fragments = ingress.poll(handler, fragmentLimit);
        }
        return fragments;
    }
}
