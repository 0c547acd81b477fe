package io.countersign.gateway.policy;

import io.countersign.gateway.config.Schedule;
import io.countersign.gateway.config.WindowLimit;

/**
 * What went through in a rolling window or in a UTC day: a sum of 127-bit amounts over a bounded number of slots of
 * time. Allocates nothing after construction; for one thread.
 * <p>
 * A rolling window is kept in slots of 1/64 of its length. A slot is counted until every instant of it has left the
 * window, so what is counted is never too little: an amount is held for the window's length and at most one slot more.
 * Hence no span of the window's length ever holds more than the limit. A UTC day is one slot that leaves at midnight.
 */
final class Window
{
    /** How many slots a rolling window is divided into. */
    static final int SLOTS = 64;

    private final long spanNs;
    private final long slotNs;
    // Upper and lower half of each slot side by side: one line of the cache for each, not two.
    private final long[] halves;
    private final int slots;
    private long oldest;
    private long newest = -1;
    private long totalHigh;
    private long totalLow;

    /** With the length of the window in nanoseconds, or {@link WindowLimit#DAY}. */
    Window(final long perNs)
    {
        final boolean isDay = WindowLimit.DAY == perNs;
        // An instant has left a day when the day has ended: as a window of 1 ns behind the end of the slot.
        spanNs = isDay ? 1 : perNs;
        slotNs = isDay ? Schedule.DAY_NS : Math.ceilDiv(perNs, SLOTS);
        slots = isDay ? 1 : SLOTS + 1;
        halves = new long[2 * slots];
    }

    /** Whether an amount goes in at a time without going above the most there may be. */
    boolean admits(
        final long high, final long low, final long maxHigh, final long maxLow, final long utcNs)
    {
        long sumHigh = totalHigh;
        long sumLow = totalLow;
        for (long slot = oldest; slot <= newest && isOutside(slot, utcNs); slot++)
        {
            final int index = index(slot);
            sumHigh = sumHigh - halves[index] - (Long.compareUnsigned(sumLow, halves[index + 1]) < 0 ? 1 : 0);
            sumLow -= halves[index + 1];
        }
        sumLow += low;
        sumHigh += high + (Long.compareUnsigned(sumLow, low) < 0 ? 1 : 0);
        return sumHigh >= 0 &&
            (sumHigh < maxHigh || sumHigh == maxHigh && Long.compareUnsigned(sumLow, maxLow) <= 0);
    }

    /** Puts an amount in; one with which the sum would not fit in 127 bits is left out. */
    void add(final long high, final long low, final long utcNs)
    {
        moveTo(utcNs);
        final long sumLow = totalLow + low;
        final long sumHigh = totalHigh + high + (Long.compareUnsigned(sumLow, low) < 0 ? 1 : 0);
        if (sumHigh >= 0)
        {
            totalHigh = sumHigh;
            totalLow = sumLow;
            final int index = index(newest);
            halves[index + 1] += low;
            halves[index] += high + (Long.compareUnsigned(halves[index + 1], low) < 0 ? 1 : 0);
        }
    }

    /** Forgets everything. */
    void clear()
    {
        oldest = 0;
        newest = -1;
        totalHigh = 0;
        totalLow = 0;
    }

    private void moveTo(final long utcNs)
    {
        while (oldest <= newest && isOutside(oldest, utcNs))
        {
            final int index = index(oldest++);
            totalHigh = totalHigh - halves[index] - (Long.compareUnsigned(totalLow, halves[index + 1]) < 0 ? 1 : 0);
            totalLow -= halves[index + 1];
        }
        final long slot = utcNs / slotNs;
        if (oldest > newest)
        {
            oldest = slot;
            newest = slot - 1;
        }
        while (newest < slot)
        {
            final int index = index(++newest);
            halves[index] = 0;
            halves[index + 1] = 0;
        }
    }

    private boolean isOutside(final long slot, final long utcNs)
    {
        return (slot + 1) * slotNs - 1 + spanNs <= utcNs;
    }

    private int index(final long slot)
    {
        return 2 * (int) (slot % slots);
    }
}
