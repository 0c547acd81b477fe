package io.countersign.gateway;

import com.sun.management.ThreadMXBean;
import io.countersign.gateway.AgentRig.Bot;
import io.countersign.gateway.session.Session;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.lang.management.ManagementFactory;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class ParkedRepliesTest
{
    private static final int MAX_LENGTH = 32 * 1024;

    private final ParkedReplies parked = new ParkedReplies();
    private final UnsafeBuffer frame = new UnsafeBuffer(new byte[MAX_LENGTH]);
    private Session session;

    @BeforeEach
    void before() throws Exception
    {
        session = new Bot(AgentRig.inline(), "maker", 7).session;
    }

    /** What was added, of lengths that differ by orders of magnitude, comes out in order and whole. */
    @Test
    void shouldKeepOrderAndBytesWhateverTheLengths()
    {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        final Deque<int[]> expected = new ArrayDeque<>();
        int refused = 0;
        for (int i = 0; i < 200_000; i++)
        {
            final boolean isFilling = 0 == i / 5_000 % 2;
            if (random.nextInt(10) < (isFilling ? 7 : 3))
            {
                final int length = 8 + random.nextInt(0 == random.nextInt(4) ? MAX_LENGTH - 8 : 600);
                mark(length, i);
                if (parked.add(session, i, i + 1, i + 2, frame, length))
                {
                    expected.add(new int[]{i, length});
                }
                else
                {
                    refused++;
                    assertTrue(parked.isFull(), "seed " + seed);
                }
            }
            else if (!parked.isEmpty())
            {
                assertOldest(expected.remove(), "seed " + seed + ", " + i);
                parked.remove();
            }
            assertEquals(expected.size(), session.inHand());
        }
        assertTrue(refused > 0, "it was never full, seed " + seed);
        while (!parked.isEmpty())
        {
            assertOldest(expected.remove(), "seed " + seed);
            parked.remove();
        }
        assertTrue(expected.isEmpty());
        assertFalse(parked.isFull());
        assertEquals(0, session.inHand());
    }

    @Test
    void shouldAllocateNothing()
    {
        pass(20_000);
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        final long before = threads.getCurrentThreadAllocatedBytes();
        pass(100_000);
        final long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertTrue(allocated < 10_000, () -> allocated + " bytes for 100,000 replies");
    }

    private void pass(final int count)
    {
        for (int i = 0; i < count; i++)
        {
            parked.add(session, i, i, i, frame, 700);
            if (0 == i % 8)
            {
                while (!parked.isEmpty())
                {
                    parked.remove();
                }
            }
        }
    }

    private void mark(final int length, final int number)
    {
        frame.putInt(0, number);
        frame.putInt(length - Integer.BYTES, ~number);
    }

    private void assertOldest(final int[] expected, final String when)
    {
        assertEquals(expected[0], parked.requestId(), when);
        assertEquals(expected[0] + 1, parked.recordSequence(), when);
        assertEquals(expected[0] + 2, parked.awaitedSequence(), when);
        assertEquals(expected[1], parked.length(), when);
        assertEquals(expected[0], parked.frames().getInt(parked.offset()), when);
        assertEquals(~expected[0], parked.frames().getInt(parked.offset() + parked.length() - Integer.BYTES), when);
    }
}
