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

    RollClock(final TimeProvider source)
    {
        this.source = source;
    }

    void raiseTo(final long timeMs)
    {
        highestMs = Math.max(highestMs, timeMs);
    }

    @Override
    public long currentTimeMillis()
    {
        final long nowMs = source.currentTimeMillis();
        if (nowMs > highestMs)
        {
            highestMs = nowMs;
        }

        return highestMs;
    }
}
