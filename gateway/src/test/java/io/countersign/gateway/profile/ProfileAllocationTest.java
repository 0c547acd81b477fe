package io.countersign.gateway.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import io.countersign.venues.Order;
import io.countersign.venues.OrderAdapter;
import io.countersign.venues.Stamp;
import io.countersign.venues.VenueKey;
import io.countersign.venues.VenueRequest;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

import java.lang.management.ManagementFactory;
import java.util.List;

class ProfileAllocationTest
{
    private static final int PASSES_PER_ROUND = 50;
    private static final int FREE_ROUNDS = 20;
    private static final int MAX_ROUNDS = 600;

    private final Stamp stamp = new Stamp().set(1_700_000_000_123_456_789L, 1_700_000_000_123L);
    private final UnsafeBuffer signature = new UnsafeBuffer(new byte[64]);
    private final VenueRequest request = new VenueRequest();
    private final OrderAdapter adapter = new OrderAdapter();
    private final Order order = new Order();

    @Test
    void shouldAllocateNothingForAnyOperationOfAnyProfile()
    {
        final List<VenueOperation> operations = VenueOperation.all();
        final Seed seed = new Seed();
        final OrderFrames frames = new OrderFrames();
        final UnsafeBuffer[] inputs = new UnsafeBuffer[operations.size()];
        final VenueKey[] keys = new VenueKey[operations.size()];
        for (int i = 0; i < inputs.length; i++)
        {
            final VenueOperation tested = operations.get(i);
            final int length = frames.frame(tested.operation().operation(), new SampleOrders(
                tested.profile(), tested.operation(), seed.random()).next((source) -> true));
            inputs[i] = new UnsafeBuffer(new byte[length]);
            inputs[i].putBytes(0, frames.buffer(), 0, length);
            keys[i] = tested.key();
        }
        final VenueOperation[] tested = operations.toArray(VenueOperation[]::new);
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

        // While the optimising compiler is at work, some hundred bytes that no bytecode asks for appear on this thread,
        // once each, later on a busy machine. An allocation per operation would be in every round.
        int freeRounds = 0;
        long allocated = 0;
        for (int round = 0; round < MAX_ROUNDS && freeRounds < FREE_ROUNDS; round++)
        {
            final long before = threads.getCurrentThreadAllocatedBytes();
            final int faults = run(tested, inputs, keys);
            final long after = threads.getCurrentThreadAllocatedBytes();
            assertEquals(0, faults, seed);
            allocated = after - before;
            freeRounds = allocated == 0 ? freeRounds + 1 : 0;
        }
        assertEquals(FREE_ROUNDS, freeRounds, "bytes allocated in the last round: " + allocated + seed);
    }

    private int run(final VenueOperation[] tested, final UnsafeBuffer[] inputs, final VenueKey[] keys)
    {
        int faults = 0;
        for (int pass = 0; pass < PASSES_PER_ROUND; pass++)
        {
            for (int i = 0; i < tested.length; i++)
            {
                faults |= adapter.decode(inputs[i], 0, order) ? 0 : 1;
                faults |= tested[i].venue().build(order, keys[i], stamp, request);
                faults |= tested[i].venue().finish(request, keys[i], signature, 0, 64);
            }
        }
        return faults;
    }
}
