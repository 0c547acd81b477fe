package io.countersign.venues;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.agrona.DirectBuffer;

/** Counts what building and finishing a request allocates. */
public final class Allocations
{
    private static final int WARM_UP = 10_000;
    private static final int COUNT = 2_000;

    private Allocations()
    {
    }

    public static void assertNone(
        final Venue venue, final Order order, final VenueKey key, final DirectBuffer signature)
    {
        final VenueRequest request = new VenueRequest();
        final Stamp stamp = new Stamp();
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        run(venue, order, key, signature, request, stamp, WARM_UP);
        final long before = threads.getCurrentThreadAllocatedBytes();
        final int finished = run(venue, order, key, signature, request, stamp, COUNT);
        final long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertEquals(COUNT, finished);
        assertTrue(allocated < COUNT, allocated + " bytes");
    }

    private static int run(
        final Venue venue,
        final Order order,
        final VenueKey key,
        final DirectBuffer signature,
        final VenueRequest request,
        final Stamp stamp,
        final int times)
    {
        int finished = 0;
        for (int i = 0; i < times; i++)
        {
            venue.build(order, key, stamp, request);
            finished += venue.finish(request, key, signature, 0, signature.capacity()) == 0 ? 1 : 0;
        }
        return finished;
    }
}
