package io.countersign.gateway.counters;

import org.agrona.concurrent.status.AtomicCounter;

/**
 * Allocates counters; the driver's in production, a local buffer's in tests.
 */
@FunctionalInterface
public interface CounterFactory
{
    /**
     * Allocate a counter.
     *
     * @param typeId of the counter, 20,000 to 20,999.
     * @param label  for people.
     * @return the counter at 0.
     */
    AtomicCounter newCounter(int typeId, String label);
}
