package io.countersign.gateway.journal;

import net.openhft.chronicle.core.time.TimeProvider;

/**
 * The clock that decides which cycle file a record goes to. It never goes back, not even behind the newest file of the
 * life before: Chronicle Queue would otherwise append to a file that is already closed, and the order of the files
 * would no longer be the order of the records.
 */
final class RollClock implements TimeProvider
{
    private final TimeProvider source;
    private long highestMs;
    private boolean isSet;

    RollClock(final TimeProvider source)
    {
        this.source = source;
    }

    void raiseTo(final long timeMs)
    {
        highestMs = Math.max(highestMs, timeMs);
    }

    /** From now on Chronicle sees no time but what this is called with. */
    void set(final long timeMs)
    {
        isSet = true;
        raiseTo(timeMs);
    }

    @Override
    public long currentTimeMillis()
    {
        if (!isSet)
        {
            raiseTo(source.currentTimeMillis());
        }

        return highestMs;
    }
}
