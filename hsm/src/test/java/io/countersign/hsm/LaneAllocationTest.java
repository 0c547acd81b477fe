package io.countersign.hsm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;

import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LaneAllocationTest
{
    private static final int WARM_UP = 24_000;
    private static final int MEASURED = 10_000;

    /** RSA takes so long that fewer must do. */
    private static final int MEASURED_RSA = 1_000;

    /** The JVM allocates some hundred bytes when it replaces compiled code: nothing that grows with the calls. */
    private static final int COMPILER_ALLOWANCE = 1_000;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final UnsafeBuffer payload = new UnsafeBuffer(ByteBuffer.allocateDirect(200));
    private final Counter counter = new Counter();

    @TempDir
    private Path directory;

    @Test
    void shouldSignWithoutAllocation() throws Exception
    {
        assertNoAllocation(
            null, MEASURED, SigningAlgorithm.HMAC_SHA256, SigningAlgorithm.ECDSA_P256, SigningAlgorithm.ED25519);
    }

    @Test
    void shouldSignWithoutAllocationWhereATokenLacksMechanisms() throws Exception
    {
        final Path quirks = Files.writeString(directory.resolve("quirks"), String.join("\n",
            "[test]", "manufacturer = SoftHSM*", "without = CKM_SHA256_RSA_PKCS", "eddsa-parameters = yes"));
        assertNoAllocation(
            quirks, MEASURED_RSA, SigningAlgorithm.RSA_2048, SigningAlgorithm.ECDSA_P256, SigningAlgorithm.ED25519);
    }

    private void assertNoAllocation(
        final Path quirks, final int measured, final SigningAlgorithm... algorithms) throws Exception
    {
        final TestToken token = TestToken.ofSoftHsm(SoftHsmFixture.create(), quirks);
        for (final SigningAlgorithm algorithm : algorithms)
        {
            token.add(algorithm);
        }

        try (TokenConnector connector = new TokenConnector(token.context()))
        {
            final SigningLane lane = connector.connect().inlineLane();
            // In turns, so that the code is compiled for all algorithms before any is measured.
            for (int i = 0; i < WARM_UP; i++)
            {
                final int keyIndex = i % algorithms.length;
                sign(lane, SigningAlgorithm.RSA_2048 == algorithms[keyIndex] && MEASURED_RSA < i ? 1 : keyIndex, 1);
            }
            for (int i = 0; i < token.keys().size(); i++)
            {
                final long before = threads.getCurrentThreadAllocatedBytes();
                sign(lane, i, measured);
                final long allocated = threads.getCurrentThreadAllocatedBytes() - before;
                assertTrue(allocated < COMPILER_ALLOWANCE, token.keys().get(i) + ": " + allocated + " bytes");
            }
        }

        assertEquals(WARM_UP + algorithms.length * measured, counter.signed);
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
