package io.countersign.gateway.control;

import java.util.concurrent.TimeUnit;

/**
 * How much one ingress may have of what all share: publications that are answered, handshakes under way, and API keys
 * that the token derives. What one uses up leaves the others theirs. For the control agent.
 */
final class IngressShare
{
    /** API keys that the token derives for one ingress in a second, once a burst of them is used up. */
    static final int DERIVATIONS_PER_SECOND = 200;

    private static final long DERIVATION_INTERVAL_NS = TimeUnit.SECONDS.toNanos(1) / DERIVATIONS_PER_SECOND;

    private final int maxPublications;
    private final int maxHandshakes;
    private int publications;
    private int handshakes;
    /** How far what was derived has used up the time that has passed. */
    private long derivedNs;

    /** Half as many handshakes as publications, and as many API keys at once. */
    IngressShare(final int maxPublications, final long nowNs)
    {
        this.maxPublications = maxPublications;
        maxHandshakes = maxPublications / 2;
        derivedNs = nowNs - burstNs();
    }

    boolean hasPublication()
    {
        return publications < maxPublications;
    }

    boolean hasHandshake()
    {
        return handshakes < maxHandshakes;
    }

    void onPublication(final int change)
    {
        publications += change;
    }

    void onHandshake(final int change)
    {
        handshakes += change;
    }

    /** Whether the token may derive one more API key; if so it counts against the rate. */
    boolean mayDerive(final long nowNs)
    {
        if (nowNs - derivedNs > burstNs())
        {
            derivedNs = nowNs - burstNs();
        }
        if (nowNs - derivedNs < DERIVATION_INTERVAL_NS)
        {
            return false;
        }
        derivedNs += DERIVATION_INTERVAL_NS;
        return true;
    }

    private long burstNs()
    {
        return maxHandshakes * DERIVATION_INTERVAL_NS;
    }
}
