package io.countersign.gateway.policy;

import io.countersign.gateway.config.Schedule;
import io.countersign.gateway.config.WindowLimit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class WindowTest
{
    private static final long NOON_NS = 20_000 * Schedule.DAY_NS + Schedule.DAY_NS / 2;
    private static final int STEPS = 50_000;

    @ParameterizedTest
    @ValueSource(longs = {1_000_000, 1_000_003, 1_000_000_000, 60_000_000_000L, 86_400_000_000_000L})
    void shouldNeverHoldMoreThanTheLimitInAnySpanOfItsLength(final long perNs)
    {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        final Window window = new Window(perNs);
        final Deque<Long> inSpan = new ArrayDeque<>();
        final int limit = 20;
        final long slotNs = Math.ceilDiv(perNs, 64);
        long utcNs = NOON_NS;
        long accepted = 0;
        for (int i = 0; i < STEPS; i++)
        {
            utcNs += (long) (random.nextDouble() * perNs / 8);
            while (!inSpan.isEmpty() && inSpan.peekFirst() <= utcNs - perNs)
            {
                inSpan.removeFirst();
            }
            final boolean isAdmitted = window.admits(0, 1, 0, limit, utcNs);
            if (isAdmitted)
            {
                window.add(0, 1, utcNs);
                inSpan.addLast(utcNs);
                accepted++;
            }
            assertTrue(inSpan.size() <= limit, () -> "seed " + seed);
            // It is no stricter than a window that is one slot longer.
            if (!isAdmitted)
            {
                final long from = utcNs - perNs - slotNs;
                assertTrue(window.admits(0, 1, 0, limit, utcNs + perNs + slotNs), "seed " + seed);
                assertTrue(!inSpan.isEmpty() && inSpan.peekFirst() > from, () -> "seed " + seed);
            }
        }
        assertTrue(accepted > STEPS / 10 && accepted < STEPS, "seed " + seed + ": " + accepted);
    }

    @Test
    void shouldLetGoAtTheEdgeOfTheSlotAndNoSooner()
    {
        final long perNs = 64_000;
        final Window window = new Window(perNs);
        final long slotStartNs = NOON_NS / 1_000 * 1_000;
        window.add(0, 1, slotStartNs + 10);
        final long lastNs = slotStartNs + 999 + perNs;
        assertFalse(window.admits(0, 1, 0, 1, lastNs - 1));
        assertTrue(window.admits(0, 1, 0, 1, lastNs));
        assertFalse(window.admits(0, 1, 0, 1, lastNs - 1), "asking does not let go");
    }

    @Test
    void shouldStartADayAnewAtMidnightUtc()
    {
        final Window window = new Window(WindowLimit.DAY);
        final long midnightNs = 20_000 * Schedule.DAY_NS;
        window.add(0, 2, midnightNs);
        window.add(0, 1, midnightNs + Schedule.DAY_NS - 1);
        assertFalse(window.admits(0, 1, 0, 3, midnightNs + Schedule.DAY_NS - 1));
        assertTrue(window.admits(0, 3, 0, 3, midnightNs + Schedule.DAY_NS));
        assertFalse(window.admits(0, 4, 0, 3, midnightNs + Schedule.DAY_NS));
        window.add(0, 3, midnightNs + 10 * Schedule.DAY_NS);
        assertFalse(window.admits(0, 1, 0, 3, midnightNs + 10 * Schedule.DAY_NS));
    }

    @Test
    void shouldFreeNothingWhenTheClockGoesBack()
    {
        final Window window = new Window(1_000_000);
        window.add(0, 1, NOON_NS);
        assertFalse(window.admits(0, 1, 0, 1, NOON_NS - 5_000_000));
        window.add(0, 1, NOON_NS - 5_000_000);
        assertFalse(window.admits(0, 1, 0, 2, NOON_NS));
    }

    @Test
    void shouldAddAndTakeAwayIn127BitsExactly()
    {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        final BigInteger most = BigInteger.TWO.pow(127).subtract(BigInteger.ONE);
        for (int round = 0; round < 2_000; round++)
        {
            final Window window = new Window(64);
            final Deque<Object[]> entries = new ArrayDeque<>();
            final BigInteger limit = new BigInteger(127, random);
            long utcNs = NOON_NS;
            for (int i = 0; i < 50; i++)
            {
                utcNs += random.nextInt(20);
                final BigInteger amount = new BigInteger(random.nextInt(127), random);
                BigInteger sum = BigInteger.ZERO;
                for (final Object[] entry : entries)
                {
                    sum = (long) entry[0] + 64 > utcNs ? sum.add((BigInteger) entry[1]) : sum;
                }
                assertEquals(
                    sum.add(amount).compareTo(limit) <= 0,
                    window.admits(high(amount), amount.longValue(), high(limit), limit.longValue(), utcNs),
                    "seed " + seed);
                if (sum.add(amount).compareTo(most) <= 0)
                {
                    window.add(high(amount), amount.longValue(), utcNs);
                    entries.addLast(new Object[]{utcNs, amount});
                }
            }
        }
    }

    private static long high(final BigInteger value)
    {
        return value.shiftRight(64).longValueExact();
    }
}
