package io.countersign.ops.audit;

import org.agrona.collections.LongHashSet;

import java.util.Arrays;

/**
 * The latest of the sequences that were added, so that memory stays bounded however long a journal is.
 */
final class RecentSequences
{
    /** More than the requests that a gateway can have in hand and the replies that it can give once more. */
    static final int CAPACITY = 1 << 16;

    private static final long MISSING = -1;

    private final LongHashSet set = new LongHashSet(2 * CAPACITY, 0.6f, true);
    private final long[] ring = new long[CAPACITY];
    private int next;

    RecentSequences()
    {
        Arrays.fill(ring, MISSING);
    }

    void add(final long sequence)
    {
        if (set.add(sequence))
        {
            if (MISSING != ring[next])
            {
                set.remove(ring[next]);
            }
            ring[next] = sequence;
            next = next + 1 & CAPACITY - 1;
        }
    }

    boolean contains(final long sequence)
    {
        return set.contains(sequence);
    }
}
