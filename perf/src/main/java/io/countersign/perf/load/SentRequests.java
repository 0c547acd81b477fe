package io.countersign.perf.load;

import org.agrona.BitUtil;

import java.util.Arrays;

/**
 * When the requests of one bot that wait for their answer were sent, or meant to be. Request ids rise by one, so that a
 * ring finds them without allocation.
 */
final class SentRequests
{
    static final long ABSENT = Long.MIN_VALUE;

    private final int mask;
    private final long[] requestIds;
    private final long[] startNs;
    private int count;

    /**
     * @param capacity of which no more requests wait at a time.
     */
    SentRequests(final int capacity)
    {
        final int size = BitUtil.findNextPositivePowerOfTwo(capacity);
        mask = size - 1;
        requestIds = new long[size];
        startNs = new long[size];
    }

    int count()
    {
        return count;
    }

    /**
     * A request was sent.
     *
     * @return how many are given up for it: one that waits since as many others were sent as there is room for.
     */
    int onSent(final long requestId, final long startedNs)
    {
        final int index = (int) requestId & mask;
        final int givenUp = 0 == requestIds[index] ? 0 : 1;
        requestIds[index] = requestId;
        startNs[index] = startedNs;
        count += 1 - givenUp;
        return givenUp;
    }

    /**
     * A request has ended.
     *
     * @return the time that it was sent with, {@link #ABSENT} when none of this id waits.
     */
    long onEnd(final long requestId)
    {
        final int index = (int) requestId & mask;
        if (requestIds[index] != requestId)
        {
            return ABSENT;
        }
        requestIds[index] = 0;
        count--;
        return startNs[index];
    }

    /** Forgets the requests that wait, and returns how many they were. */
    int abandon()
    {
        final int abandoned = count;
        Arrays.fill(requestIds, 0);
        count = 0;
        return abandoned;
    }
}
