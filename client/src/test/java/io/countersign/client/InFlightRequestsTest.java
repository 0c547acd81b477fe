package io.countersign.client;

import org.junit.jupiter.api.Test;

import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class InFlightRequestsTest
{
    private static final int CAPACITY = 8;
    private static final long TIMEOUT_NS = 100;

    @Test
    void shouldLeaveOutIdsWhosePlaceIsTaken()
    {
        final InFlightRequests inFlight = new InFlightRequests(CAPACITY);
        assertEquals(1, inFlight.nextId());
        inFlight.onSent(0);
        for (int id = 2; id <= CAPACITY; id++)
        {
            assertEquals(id, inFlight.nextId());
            inFlight.onSent(0);
            assertTrue(inFlight.onAnswered(id));
        }

        // 9 would stand where 1 still waits.
        assertEquals(CAPACITY + 2, inFlight.nextId());
        assertEquals(1, inFlight.count());
        assertFalse(inFlight.onAnswered(CAPACITY + 1));
    }

    @Test
    void shouldAgreeWithAPlainMapOnWhateverHappens()
    {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        final InFlightRequests inFlight = new InFlightRequests(CAPACITY);
        final TreeMap<Long, Long> expected = new TreeMap<>();
        long lastId = 0;
        for (long nowNs = 0; nowNs < 100_000; nowNs += random.nextInt(20))
        {
            if (random.nextBoolean() && !inFlight.isFull())
            {
                final long id = inFlight.nextId();
                assertTrue(id > lastId, "seed=" + seed);
                lastId = id;
                inFlight.onSent(nowNs);
                expected.put(id, nowNs);
            }
            else
            {
                final long id = random.nextLong(-2, lastId + 3);
                assertEquals(null != expected.remove(id), inFlight.onAnswered(id), "seed=" + seed);
            }

            final long timedOut = inFlight.takeTimedOut(nowNs, TIMEOUT_NS);
            final Map.Entry<Long, Long> oldest = expected.firstEntry();
            final boolean isDue = null != oldest && nowNs - oldest.getValue() >= TIMEOUT_NS;
            assertEquals(isDue ? oldest.getKey() : InFlightRequests.NONE, timedOut, "seed=" + seed);
            expected.remove(timedOut);

            assertEquals(expected.size(), inFlight.count(), "seed=" + seed);
            assertEquals(CAPACITY == expected.size(), inFlight.isFull(), "seed=" + seed);
        }

        assertTrue(lastId > 1_000, "seed=" + seed);
    }
}
