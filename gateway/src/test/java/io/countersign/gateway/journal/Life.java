package io.countersign.gateway.journal;

import net.openhft.chronicle.core.time.SystemTimeProvider;
import net.openhft.chronicle.core.time.TimeProvider;
import net.openhft.chronicle.queue.RollCycle;
import net.openhft.chronicle.queue.RollCycles;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One life of a gateway, as far as its journal goes: lock, recovery, journal.
 */
final class Life implements AutoCloseable
{
    private final JournalLock lock;
    private final JournalRecovery recovery;
    private final ChronicleJournal journal;
    private final JournalRecords records;
    private final List<Throwable> errors = new ArrayList<>();

    Life(final Path directory)
    {
        this(directory, RollCycles.FAST_DAILY, SystemTimeProvider.INSTANCE);
    }

    Life(final Path directory, final RollCycle rollCycle, final TimeProvider timeProvider)
    {
        lock = JournalLock.acquire(directory);
        recovery = JournalRecovery.run(lock);
        journal = new ChronicleJournal(new ChronicleJournal.Context()
            .directory(directory)
            .lock(lock)
            .errorHandler(errors::add)
            .rollCycle(rollCycle)
            .timeProvider(timeProvider));
        records = new JournalRecords(journal, recovery.lastSequence());
    }

    Life start()
    {
        records.startLife(recovery);
        return this;
    }

    JournalRecovery recovery()
    {
        return recovery;
    }

    ChronicleJournal journal()
    {
        return journal;
    }

    JournalRecords records()
    {
        return records;
    }

    List<Throwable> errors()
    {
        return errors;
    }

    @Override
    public void close()
    {
        journal.close();
        lock.close();
    }
}
