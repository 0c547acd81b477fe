package io.countersign.gateway.control;

/**
 * What the gateway thread and the seal agent tell each other when a life ends: what the last seal is to cover, and
 * whether one is to be awaited.
 */
public final class SealProxy
{
    private volatile long stopSequence;
    private volatile boolean isGivenUp;

    /**
     * Have a seal made at once. For the gateway thread.
     *
     * @param sequence of the record that it is to cover.
     */
    public void stoppedAt(final long sequence)
    {
        stopSequence = sequence;
    }

    /**
     * What the last seal is to cover. For the seal agent.
     *
     * @return its sequence, 0 while the gateway runs.
     */
    public long stopSequence()
    {
        return stopSequence;
    }

    /**
     * There will be no seal in time. For the seal agent.
     */
    public void giveUp()
    {
        isGivenUp = true;
    }

    /**
     * Whether there is nothing to wait for.
     *
     * @return true when no seal will come.
     */
    public boolean isGivenUp()
    {
        return isGivenUp;
    }
}
