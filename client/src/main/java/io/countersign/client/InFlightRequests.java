package io.countersign.client;

/**
 * The requests that wait for their reply, and the giver of request ids. Ids rise strictly; one whose place in the ring
 * is still held by an unanswered request is left out, so that one lost reply does not stop a fast bot.
 */
final class InFlightRequests
{
    static final long NONE = 0;

    private final int mask;
    private final long[] requestIds;
    private final long[] sentNs;
    private long oldestId = 1;
    private long nextId = 1;
    private int count;

    /**
     * Creates an empty ring.
     *
     * @param capacity a power of two.
     */
    InFlightRequests(final int capacity)
    {
        mask = capacity - 1;
        requestIds = new long[capacity];
        sentNs = new long[capacity];
    }

    int count()
    {
        return count;
    }

    boolean isFull()
    {
        return count > mask;
    }

    /**
     * The id for the next request; it stays the same until {@link #onSent(long)}. Only to be called when not full.
     *
     * @return the id for the next request.
     */
    long nextId()
    {
        while (NONE != requestIds[(int) nextId & mask])
        {
            nextId++;
        }

        return nextId;
    }

    void onSent(final long nowNs)
    {
        final int place = (int) nextId & mask;
        requestIds[place] = nextId;
        sentNs[place] = nowNs;
        nextId++;
        count++;
    }

    boolean contains(final long requestId)
    {
        return requestId > NONE && requestId == requestIds[(int) requestId & mask];
    }

    boolean wasSent(final long requestId)
    {
        return requestId > NONE && requestId < nextId;
    }

    boolean onAnswered(final long requestId)
    {
        if (!contains(requestId))
        {
            return false;
        }

        requestIds[(int) requestId & mask] = NONE;
        count--;
        return true;
    }

    /**
     * Takes out the oldest request if it has waited too long.
     *
     * @param nowNs     on the clock of {@link #onSent(long)}.
     * @param timeoutNs how long a request may wait.
     * @return its id or {@link #NONE}.
     */
    long takeTimedOut(final long nowNs, final long timeoutNs)
    {
        while (oldestId < nextId && !contains(oldestId))
        {
            oldestId++;
        }

        if (oldestId == nextId || nowNs - sentNs[(int) oldestId & mask] < timeoutNs)
        {
            return NONE;
        }

        final long requestId = oldestId;
        onAnswered(requestId);
        return requestId;
    }
}
