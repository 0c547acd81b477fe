package io.countersign.gateway.journal;

import net.openhft.chronicle.core.time.TimeProvider;
import net.openhft.chronicle.queue.RollCycle;

import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * When cycles begin and end, and what Chronicle calls their files. For all threads.
 */
final class RollPlan implements JournalSpace.Cycles
{
    private final Path directory;
    private final TimeProvider time;
    private final long lengthMs;
    private final DateTimeFormatter format;

    RollPlan(final Path directory, final RollCycle rollCycle, final TimeProvider time)
    {
        this.directory = directory;
        this.time = time;
        lengthMs = rollCycle.lengthInMillis();
        format = DateTimeFormatter.ofPattern(rollCycle.format()).withZone(ZoneOffset.UTC);
    }

    @Override
    public int now()
    {
        return at(time.currentTimeMillis());
    }

    @Override
    public Path file(final int cycle)
    {
        return directory.resolve(format.format(Instant.ofEpochMilli(startMs(cycle))) + CycleFile.SUFFIX);
    }

    int at(final long timeMs)
    {
        return (int) (timeMs / lengthMs);
    }

    long startMs(final int cycle)
    {
        return cycle * lengthMs;
    }

    long endMs(final int cycle)
    {
        return startMs(cycle) + lengthMs;
    }
}
