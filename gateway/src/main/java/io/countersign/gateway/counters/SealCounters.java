package io.countersign.gateway.counters;

import org.agrona.concurrent.status.AtomicCounter;

/**
 * How far the journal is sealed.
 */
public final class SealCounters
{
    private final AtomicCounter seals;
    private final AtomicCounter dropped;
    private final AtomicCounter failures;
    private final AtomicCounter lagRecords;
    private final AtomicCounter ageMs;
    private final AtomicCounter exportFailures;

    SealCounters(final CounterFactory factory)
    {
        seals = factory.newCounter(20_040, "journal: seals");
        dropped = factory.newCounter(20_041, "journal: seals dropped for coming late");
        failures = factory.newCounter(20_042, "journal: seal failures");
        lagRecords = factory.newCounter(20_043, "journal: seal lag in records");
        ageMs = factory.newCounter(20_044, "journal: seal age in ms");
        exportFailures = factory.newCounter(20_045, "journal: checkpoints not exported");
    }

    /**
     * Seals recorded in this life. Written by the gateway thread.
     *
     * @return the counter.
     */
    public AtomicCounter seals()
    {
        return seals;
    }

    /**
     * Seals that came too late to be recorded. Written by the gateway thread.
     *
     * @return the counter.
     */
    public AtomicCounter dropped()
    {
        return dropped;
    }

    /**
     * Attempts that gave no good signature, and faults of the journal. Written by the seal agent, like the next three.
     *
     * @return the counter.
     */
    public AtomicCounter failures()
    {
        return failures;
    }

    /**
     * Records that no seal covers yet.
     *
     * @return the counter.
     */
    public AtomicCounter lagRecords()
    {
        return lagRecords;
    }

    /**
     * For how long the oldest of them has waited, in milliseconds; 0 when all is sealed.
     *
     * @return the counter.
     */
    public AtomicCounter ageMs()
    {
        return ageMs;
    }

    /**
     * Checkpoints that could not be written to the export file.
     *
     * @return the counter.
     */
    public AtomicCounter exportFailures()
    {
        return exportFailures;
    }
}
