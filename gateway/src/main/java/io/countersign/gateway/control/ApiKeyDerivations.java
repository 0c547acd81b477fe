package io.countersign.gateway.control;

import org.agrona.concurrent.OneToOneConcurrentArrayQueue;

import java.util.Queue;

/**
 * Carries requests for API keys from the control agent to the token agent. Bounded: a token that is slow holds up
 * handshakes only.
 */
public final class ApiKeyDerivations
{
    private static final int CAPACITY = 1024;

    private final Queue<ApiKeyDerivation> queue = new OneToOneConcurrentArrayQueue<>(CAPACITY);

    /**
     * Construct without any.
     */
    public ApiKeyDerivations()
    {
    }

    Queue<ApiKeyDerivation> queue()
    {
        return queue;
    }
}
