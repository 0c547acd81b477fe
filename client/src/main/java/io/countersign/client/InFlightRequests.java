package io.countersign.client;

import org.agrona.collections.Long2LongHashMap;

import java.security.SecureRandom;

/**
 * The requests that wait for their reply, and the giver of request ids. Requests stand in the order in which they were
 * sent; a place in the ring that is still held by an unanswered request is left out, so that one lost reply does not
 * stop a fast bot.
 */
final class InFlightRequests
{
    static final long NONE = 0;

    /** Below what a double holds exactly, for tools that read numbers so. */
    private static final long MAX_FIRST_ID = 1L << 52;
    private static final long ABSENT = -1;

    private final Long2LongHashMap placeById;
    private final int mask;
    private final int limit;
    private final long[] requestIds;
    private final long[] places;
    private final long[] sentNs;
    private final boolean[] isWaiting;
    private final long firstId;
    private long nextId;
    private long oldestPlace;
    private long nextPlace;
    private int count;

    /**
     * Creates an empty ring.
     *
     * @param capacity a power of two: of so many sent last it is known that they were sent.
     * @param limit    most requests that wait, 1 to the capacity.
     * @param firstId  above 0.
     */
    InFlightRequests(final int capacity, final int limit, final long firstId)
    {
        this.limit = limit;
        this.firstId = firstId;
        nextId = firstId;
        mask = capacity - 1;
        placeById = new Long2LongHashMap(2 * capacity, 0.55f, ABSENT);
        requestIds = new long[capacity];
        places = new long[capacity];
        sentNs = new long[capacity];
        isWaiting = new boolean[capacity];
    }

    /**
     * Creates an empty ring with ids of its own: the first is random, so that no two sessions of a principal use an id
     * twice, whenever they open and whatever the clock does. It leaves room for 2^62 more.
     *
     * @param capacity a power of two.
     * @param limit    most requests that wait, 1 to the capacity.
     * @return the ring.
     */
    static InFlightRequests withNewIds(final int capacity, final int limit)
    {
        return new InFlightRequests(capacity, limit, new SecureRandom().nextLong(1, MAX_FIRST_ID));
    }

    int count()
    {
        return count;
    }

    boolean isFull()
    {
        return count >= limit;
    }

    /**
     * The id for the next request that the bot gives none; it stays the same until that request was sent.
     *
     * @return an id that was not used before.
     */
    long nextId()
    {
        while (placeById.containsKey(nextId))
        {
            nextId++;
        }

        return nextId;
    }

    /**
     * Only to be called when not full.
     *
     * @param requestId that does not wait already.
     * @param nowNs     monotonic time.
     */
    void onSent(final long requestId, final long nowNs)
    {
        while (isWaiting[(int) nextPlace & mask])
        {
            nextPlace++;
        }

        final int index = (int) nextPlace & mask;
        if (places[index] == placeById.get(requestIds[index]))
        {
            placeById.remove(requestIds[index]);
        }

        placeById.put(requestId, nextPlace);
        requestIds[index] = requestId;
        places[index] = nextPlace++;
        sentNs[index] = nowNs;
        isWaiting[index] = true;
        count++;
        nextId += nextId == requestId ? 1 : 0;
    }

    boolean contains(final long requestId)
    {
        final long place = placeById.get(requestId);
        return ABSENT != place && isWaiting[(int) place & mask];
    }

    boolean wasSent(final long requestId)
    {
        return requestId >= firstId && requestId < nextId || placeById.containsKey(requestId);
    }

    boolean onAnswered(final long requestId)
    {
        if (!contains(requestId))
        {
            return false;
        }

        isWaiting[(int) placeById.get(requestId) & mask] = false;
        count--;
        return true;
    }

    /**
     * Takes out the oldest request if it has waited too long.
     *
     * @param nowNs     on the clock of {@link #onSent}.
     * @param timeoutNs how long a request may wait.
     * @return its id or {@link #NONE}.
     */
    long takeTimedOut(final long nowNs, final long timeoutNs)
    {
        while (oldestPlace < nextPlace && !isWaitingAt(oldestPlace))
        {
            oldestPlace++;
        }

        final int index = (int) oldestPlace & mask;
        if (oldestPlace == nextPlace || nowNs - sentNs[index] < timeoutNs)
        {
            return NONE;
        }

        onAnswered(requestIds[index]);
        return requestIds[index];
    }

    private boolean isWaitingAt(final long place)
    {
        final int index = (int) place & mask;
        return isWaiting[index] && places[index] == place;
    }
}
