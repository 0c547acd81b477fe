package io.countersign.gateway.journal;

import net.openhft.chronicle.core.time.TimeProvider;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Lets a record through when there is room for it, and to the next cycle file when there is room in that: until then
 * records go on into the old one. For the appending thread.
 */
final class RollGate
{
    /** An index document of 32 KiB, an end mark and a header may go with a record, each on a page of its own. */
    private static final int ROOM_BESIDE_RECORD = 128 << 10;

    private final TimeProvider time;
    private final RollClock clock;
    private final RollPlan plan;
    private final JournalSpace space;
    private long cycleEndMs;

    RollGate(final TimeProvider time, final RollClock clock, final RollPlan plan, final JournalSpace space)
    {
        this.time = time;
        this.clock = clock;
        this.plan = plan;
        this.space = space;
    }

    JournalSpace space()
    {
        return space;
    }

    /** With the newest cycle of the queue, below 0 where there is none, and before anything is written. */
    void begin(final int newestCycle, final Path metadata) throws IOException
    {
        // An older file that was not ended gets its end mark with the first record of the next one.
        final long end = newestCycle < 0 ? CycleFiles.ENDED : CycleFiles.endOf(plan.file(newestCycle));
        final int first = CycleFiles.ENDED == end ? plan.at(clock.currentTimeMillis()) : newestCycle;
        space.keepMetadata(metadata);
        space.begin(first, Math.max(0, end));
        cycleEndMs = plan.endMs(first);
        clock.set(Math.min(clock.currentTimeMillis(), cycleEndMs - 1));
    }

    /** The one look at the clock per record: it goes to the file whose room is looked at here, whatever time it is. */
    boolean hasRoomFor(final int length)
    {
        final long nowMs = time.currentTimeMillis();
        if (nowMs >= cycleEndMs && space.roll(plan.at(nowMs)))
        {
            cycleEndMs = plan.endMs(plan.at(nowMs));
        }

        clock.set(Math.min(nowMs, cycleEndMs - 1));
        return space.open().remaining() >= length + ROOM_BESIDE_RECORD;
    }

    /** A record was written, up to this position of its file. */
    void written(final long end)
    {
        space.open().position(end);
    }
}
