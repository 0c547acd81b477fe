package io.countersign.gateway.control;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Asks the token agent for one API key. The control agent makes it and looks at it; the token agent answers it once.
 *
 * <pre>
 *   PENDING --token agent--&gt; DERIVED or UNAVAILABLE --control agent takes--&gt; TAKEN
 *      +------ control agent gives up ---------------------------------------&gt; TAKEN, the API key is zeroed
 * </pre>
 */
final class ApiKeyDerivation
{
    private static final int PENDING = 0;
    private static final int DERIVED = 1;
    private static final int UNAVAILABLE = 2;
    private static final int TAKEN = 3;

    private final AtomicInteger state = new AtomicInteger(PENDING);
    private final byte[] principal;
    private final int apiKeyVersion;
    private byte[] apiKey;

    ApiKeyDerivation(final byte[] principal, final int apiKeyVersion)
    {
        this.principal = principal;
        this.apiKeyVersion = apiKeyVersion;
    }

    byte[] principal()
    {
        return principal;
    }

    int apiKeyVersion()
    {
        return apiKeyVersion;
    }

    /** For the token agent: the API key, or null when the token does not give one. */
    void answer(final byte[] newApiKey)
    {
        apiKey = newApiKey;
        if (!state.compareAndSet(PENDING, null == newApiKey ? UNAVAILABLE : DERIVED))
        {
            zero();
        }
    }

    boolean isPending()
    {
        return PENDING == state.get();
    }

    /** For the control agent: the API key, which is then its own to zero, or null when there is none. */
    byte[] take()
    {
        return DERIVED == state.getAndSet(TAKEN) ? apiKey : null;
    }

    /** For the control agent: nobody wants it any more. */
    void abandon()
    {
        if (DERIVED == state.getAndSet(TAKEN))
        {
            zero();
        }
    }

    private void zero()
    {
        if (null != apiKey)
        {
            Arrays.fill(apiKey, (byte) 0);
        }
    }
}
