package io.countersign.hsm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;

import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class LaneAllocationTest
{
    private static final int WARM_UP = 24_000;
    private static final int MEASURED = 10_000;

    /** The JVM allocates some hundred bytes when it replaces compiled code: nothing that grows with the calls. */
    private static final int COMPILER_ALLOWANCE = MEASURED / 10;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final UnsafeBuffer payload = new UnsafeBuffer(ByteBuffer.allocateDirect(200));
    private final Counter counter = new Counter();

    @Test
    void shouldSignWithoutAllocation() throws Exception
    {
        final SoftHsmFixture token = SoftHsmFixture.create();
        token.importSecret("mac", SigningAlgorithm.HMAC_SHA256, new byte[32]);
        token.generateKeyPair("p256", SigningAlgorithm.ECDSA_P256);
        token.generateKeyPair("ed25519", SigningAlgorithm.ED25519);

        try (TokenConnector connector = new TokenConnector(token.context()))
        {
            final SigningLane lane = connector.connect().inlineLane();
            // In turns, so that the code is compiled for all algorithms before any is measured.
            for (int i = 0; i < WARM_UP; i++)
            {
                sign(lane, i % token.keys().size(), 1);
            }
            for (int i = 0; i < token.keys().size(); i++)
            {
                final long before = threads.getCurrentThreadAllocatedBytes();
                sign(lane, i, MEASURED);
                final long allocated = threads.getCurrentThreadAllocatedBytes() - before;
                assertTrue(allocated < COMPILER_ALLOWANCE, token.keys().get(i) + ": " + allocated + " bytes");
            }
        }

        assertEquals(WARM_UP + 3 * MEASURED, counter.signed);
    }

    private void sign(final SigningLane lane, final int keyIndex, final int times)
    {
        for (int i = 0; i < times; i++)
        {
            lane.submit(i, keyIndex, payload, 0, payload.capacity());
            lane.poll(counter);
        }
    }

    private static final class Counter implements SigningListener
    {
        private int signed;

        @Override
        public void onSigned(final long correlationId, final DirectBuffer buffer, final int offset, final int length)
        {
            signed++;
        }

        @Override
        public void onSigningFailed(final long correlationId, final long returnValue)
        {
            throw new AssertionError(ReturnValue.nameOf(returnValue));
        }
    }
}
