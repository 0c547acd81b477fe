package io.countersign.perf.peer;

import org.HdrHistogram.Histogram;

/**
 * One way to have a payload signed, measured in rounds beside the others. One thread at a time.
 */
public interface Peer extends AutoCloseable
{
    /**
     * What the series of this peer are named by.
     *
     * @return for example {@code p11-kit}.
     */
    String name();

    /**
     * Have the payload signed, one signature after the other, each asked for when the one before is there.
     *
     * @param count of signatures, at least 1.
     * @param into  takes the time of each, in ns.
     * @throws PeerException when one is not signed; what was measured before may be in the histogram.
     */
    void round(int count, Histogram into) throws PeerException;

    /**
     * A round of this peer follows. One that spins while it waits has rested until now, so that it takes no core from
     * the others.
     *
     * @throws PeerException when it cannot go on.
     */
    default void wake() throws PeerException
    {
    }

    /**
     * Rounds of other peers follow. Every peer rests before the first round.
     *
     * @throws PeerException when it cannot be stopped.
     */
    default void rest() throws PeerException
    {
    }

    /**
     * End all processes that were started for this peer.
     */
    @Override
    void close();
}
