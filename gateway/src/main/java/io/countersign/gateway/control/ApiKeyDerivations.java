package io.countersign.gateway.control;

import org.agrona.concurrent.OneToOneConcurrentArrayQueue;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/**
 * Carries requests for API keys from the control agent to the token agent, those of each ingress by a queue of its own.
 * Bounded: a token that is slow holds up handshakes only.
 */
public final class ApiKeyDerivations
{
    /** Above the most handshakes that one ingress can have under way. */
    private static final int CAPACITY = 2048;

    private final List<Queue<ApiKeyDerivation>> queues = new ArrayList<>();
    private int next;

    /**
     * Construct without any.
     *
     * @param ingressCount how many ingresses there are.
     */
    public ApiKeyDerivations(final int ingressCount)
    {
        for (int i = 0; i < ingressCount; i++)
        {
            queues.add(new OneToOneConcurrentArrayQueue<>(CAPACITY));
        }
    }

    /** For the control agent; false when there is no room. */
    boolean offer(final int ingressIndex, final ApiKeyDerivation derivation)
    {
        return queues.get(ingressIndex).offer(derivation);
    }

    /** For the token agent: one of each ingress in turn, or null when nobody waits. */
    ApiKeyDerivation poll()
    {
        ApiKeyDerivation derivation = null;
        for (int i = 0; null == derivation && i < queues.size(); i++)
        {
            derivation = queues.get(next).poll();
            next = next + 1 < queues.size() ? next + 1 : 0;
        }
        return derivation;
    }
}
