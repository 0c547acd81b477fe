package io.countersign.client;

import org.junit.jupiter.api.Test;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class InFlightRequestsTest
{
    private static final int CAPACITY = 8;
    private static final long TIMEOUT_NS = 100;

    @Test
    void shouldGoOnThoughOneIsNeverAnswered()
    {
        final InFlightRequests inFlight = new InFlightRequests(CAPACITY, CAPACITY, 1);
        for (long id = 1; id <= 3 * CAPACITY; id++)
        {
            assertEquals(id, inFlight.nextId());
            inFlight.onSent(id, 0);
            assertTrue(1 == id || inFlight.onAnswered(id));
        }

        assertEquals(1, inFlight.count());
        assertTrue(inFlight.contains(1));
        assertFalse(inFlight.onAnswered(2));
        assertEquals(1, inFlight.takeTimedOut(TIMEOUT_NS, TIMEOUT_NS));
    }

    @Test
    void shouldHoldTheLimitBelowItsCapacity()
    {
        final InFlightRequests inFlight = new InFlightRequests(CAPACITY, 3, 100);
        for (int i = 0; i < 3; i++)
        {
            assertFalse(inFlight.isFull());
            inFlight.onSent(inFlight.nextId(), 0);
        }

        assertTrue(inFlight.isFull());
        assertTrue(inFlight.onAnswered(101));
        assertFalse(inFlight.isFull());
        assertTrue(inFlight.wasSent(102));
        assertFalse(inFlight.wasSent(103));
        assertFalse(inFlight.wasSent(99));
    }

    @Test
    void shouldGiveOutNoIdTwice()
    {
        final InFlightRequests inFlight = new InFlightRequests(CAPACITY, CAPACITY, 100);
        inFlight.onSent(101, 0);
        inFlight.onSent(inFlight.nextId(), 0);
        assertEquals(102, inFlight.nextId());
        assertNotEquals(InFlightRequests.withNewIds(1, 1).nextId(), InFlightRequests.withNewIds(1, 1).nextId());
    }

    @Test
    void shouldAgreeWithAPlainMapOnWhateverHappens()
    {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        final InFlightRequests inFlight = new InFlightRequests(CAPACITY, CAPACITY, 1);
        // In the order in which they were sent.
        final LinkedHashMap<Long, Long> expected = new LinkedHashMap<>();
        long lastId = 0;
        for (long nowNs = 0; nowNs < 100_000; nowNs += random.nextInt(20))
        {
            if (random.nextBoolean() && !inFlight.isFull())
            {
                final long chosen = 1 + random.nextLong(lastId + 1);
                final boolean isChosen = 0 == random.nextInt(4) && !inFlight.contains(chosen);
                final long id = isChosen ? chosen : inFlight.nextId();
                assertTrue(isChosen || id > lastId, "seed=" + seed);
                lastId = Math.max(id, lastId);
                inFlight.onSent(id, nowNs);
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
            expected.keySet().forEach((id) -> assertTrue(inFlight.contains(id), "seed=" + seed));
        }

        assertTrue(lastId > 1_000, "seed=" + seed);
    }
}
