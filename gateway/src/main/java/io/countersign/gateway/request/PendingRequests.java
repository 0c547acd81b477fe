package io.countersign.gateway.request;

/**
 * The places for requests in hand. A fixed number: when all are taken the gateway says so instead of queueing. For the
 * gateway thread.
 */
public final class PendingRequests
{
    private final PendingRequest[] slots;
    private final int[] free;
    private int freeCount;

    /**
     * Allocate all places.
     *
     * @param capacity most requests in hand at one time.
     */
    public PendingRequests(final int capacity)
    {
        slots = new PendingRequest[capacity];
        free = new int[capacity];
        freeCount = capacity;
        for (int i = 0; i < capacity; i++)
        {
            slots[i] = new PendingRequest(i);
            free[i] = i;
        }
    }

    /**
     * Take a place.
     *
     * @return the place, or null when none is free.
     */
    public PendingRequest acquire()
    {
        return 0 == freeCount ? null : slots[free[--freeCount]];
    }

    /**
     * Give a place back.
     *
     * @param request from {@link #acquire()}.
     */
    public void release(final PendingRequest request)
    {
        free[freeCount++] = request.slot();
    }

    /**
     * The place that a completion belongs to.
     *
     * @param slot from {@link PendingRequest#slot()}.
     * @return the place.
     */
    public PendingRequest at(final int slot)
    {
        return slots[slot];
    }

    /**
     * How many places are taken.
     *
     * @return requests in hand.
     */
    public int inHand()
    {
        return slots.length - freeCount;
    }
}
