package io.countersign.codecs.authentication;

import com.sun.management.ThreadMXBean;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class FrameAuthenticatorTest
{
    private static final int LENGTH = 200;
    private static final int ROUNDS = 20_000;
    private static final long SETTLE_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(60);
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final FrameAuthenticator authenticator = new FrameAuthenticator(new byte[32]);

    @Test
    void shouldSeeEveryFlippedBit()
    {
        final UnsafeBuffer frame = new UnsafeBuffer(new byte[7 + LENGTH + FrameAuthenticator.TAG_LENGTH]);
        final int length = authenticator.append(frame, 7, LENGTH);
        for (int i = 7; i < frame.capacity(); i++)
        {
            for (int bit = 0; bit < Byte.SIZE; bit++)
            {
                final byte good = frame.getByte(i);
                frame.putByte(i, (byte) (good ^ 1 << bit));
                assertFalse(authenticator.isAuthentic(frame, 7, length), "byte " + i + " bit " + bit);
                frame.putByte(i, good);
                assertTrue(authenticator.isAuthentic(frame, 7, length));
            }
        }
    }

    @Test
    void shouldSeeEveryOtherLengthAndKey()
    {
        final UnsafeBuffer frame = new UnsafeBuffer(new byte[LENGTH + FrameAuthenticator.TAG_LENGTH + 8]);
        final int length = authenticator.append(frame, 0, LENGTH);
        for (int other = 0; other <= frame.capacity(); other++)
        {
            assertEquals(other == length, authenticator.isAuthentic(frame, 0, other), "length " + other);
        }

        for (int i = 0; i < 32; i++)
        {
            final byte[] key = new byte[32];
            key[i] = 1;
            assertFalse(new FrameAuthenticator(key).isAuthentic(frame, 0, length), "key byte " + i);
        }
    }

    @Test
    void shouldAgreeOnWhateverMemoryAFrameLiesIn()
    {
        final int longLength = 5_000;
        final UnsafeBuffer heap = new UnsafeBuffer(new byte[longLength + 3 + FrameAuthenticator.TAG_LENGTH], 3,
            longLength + FrameAuthenticator.TAG_LENGTH);
        heap.setMemory(0, longLength, (byte) 9);
        final UnsafeBuffer direct = new UnsafeBuffer(ByteBuffer.allocateDirect(heap.capacity()));
        direct.setMemory(0, longLength, (byte) 9);
        final int length = authenticator.append(heap, 0, longLength);
        assertEquals(length, authenticator.append(direct, 0, longLength));
        assertEquals(0, heap.compareTo(direct));
        assertTrue(authenticator.isAuthentic(direct, 0, length));
    }

    @Test
    void shouldForgetItsKey()
    {
        final UnsafeBuffer frame = new UnsafeBuffer(new byte[LENGTH + FrameAuthenticator.TAG_LENGTH]);
        final int length = authenticator.append(frame, 0, LENGTH);
        authenticator.zero();
        assertFalse(authenticator.isAuthentic(frame, 0, length));
    }

    @Test
    void shouldNotAllocate()
    {
        final UnsafeBuffer heap = new UnsafeBuffer(new byte[LENGTH + FrameAuthenticator.TAG_LENGTH]);
        final UnsafeBuffer direct = new UnsafeBuffer(ByteBuffer.allocateDirect(heap.capacity()));
        final long threadId = Thread.currentThread().threadId();
        final long startNs = System.nanoTime();
        long allocated = -1;
        while (0 != allocated && System.nanoTime() - startNs < SETTLE_TIMEOUT_NS)
        {
            // Two rounds in a row, so that one between two things that happen once does not count.
            final long before = THREADS.getThreadAllocatedBytes(threadId);
            run(heap);
            run(direct);
            allocated = THREADS.getThreadAllocatedBytes(threadId) - before;
        }
        assertEquals(0, allocated, "bytes allocated over " + 4 * ROUNDS + " tags");
    }

    private void run(final UnsafeBuffer frame)
    {
        boolean isAuthentic = true;
        for (int i = 0; i < ROUNDS; i++)
        {
            frame.putInt(0, i);
            isAuthentic &= authenticator.isAuthentic(frame, 0, authenticator.append(frame, 0, LENGTH));
        }
        if (!isAuthentic)
        {
            throw new AssertionError("a good tag was not believed");
        }
    }
}
