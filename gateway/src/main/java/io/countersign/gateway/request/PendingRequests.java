package io.countersign.gateway.request;

import java.util.function.Consumer;

/**
 * The places for requests in hand. A fixed number: when all are taken the gateway says so instead of queueing. There is
 * one place more, for a frame that is only looked at: who finds no place is told which of his requests that was, and a
 * Disconnect needs none. For the gateway thread.
 */
public final class PendingRequests
{
    private final PendingRequest[] slots;
    private final boolean[] isTaken;
    private final int[] free;
    private int freeCount;

    /**
     * Allocate all places.
     *
     * @param capacity most requests in hand at one time.
     */
    public PendingRequests(final int capacity)
    {
        freeCount = capacity + 1;
        slots = new PendingRequest[freeCount];
        isTaken = new boolean[freeCount];
        free = new int[freeCount];
        for (int i = 0; i < freeCount; i++)
        {
            slots[i] = new PendingRequest(i);
            free[i] = i;
        }
    }

    /**
     * Take a place for a frame. When {@link #isFull()} then says so, it is to be given back before the next is taken.
     *
     * @return the place.
     */
    public PendingRequest acquire()
    {
        final int slot = free[--freeCount];
        isTaken[slot] = true;
        return slots[slot];
    }

    /**
     * Whether what was taken last must not stay in hand.
     *
     * @return true when more places are taken than there may be requests in hand.
     */
    public boolean isFull()
    {
        return 0 == freeCount;
    }

    /**
     * Give a place back.
     *
     * @param request from {@link #acquire()}.
     */
    public void release(final PendingRequest request)
    {
        isTaken[request.slot()] = false;
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
     * Each of the requests in hand; looks at every place, so not for the hot path.
     *
     * @param consumer may give its place back.
     */
    public void forEachInHand(final Consumer<PendingRequest> consumer)
    {
        for (final PendingRequest request : slots)
        {
            if (isTaken[request.slot()])
            {
                consumer.accept(request);
            }
        }
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
