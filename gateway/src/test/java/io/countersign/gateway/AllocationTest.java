package io.countersign.gateway;

import com.sun.management.ThreadMXBean;
import io.countersign.client.CountersignClient;
import io.countersign.client.LossCause;
import io.countersign.client.NewOrderRequest;
import io.countersign.client.ReplyListener;
import io.countersign.client.SignedRequestView;
import io.countersign.codecs.wire.Reason;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * The gateway thread with a real token, driver and journal.
 */
@Timeout(240)
class AllocationTest
{
    private static final int REQUESTS = 10_000;
    private static final int WARM_UP = 50_000;
    private static final long SETTLE_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(180);
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final CompilationMXBean COMPILER = ManagementFactory.getCompilationMXBean();

    private final CountingListener listener = new CountingListener();

    @Test
    void shouldNotAllocateOverTenThousandRequests() throws Exception
    {
        try (GatewayFixture fixture = new GatewayFixture().launch())
        {
            try (CountersignClient client = CountersignClient.connect(
                fixture.clientContext().listener(listener).requestTimeoutNs(TimeUnit.SECONDS.toNanos(30))))
            {
                final long threadId = gatewayThreadId();
                requests(client, WARM_UP);
                assertEquals(
                    0, allocatedOnceCompilerHasSettled(client, fixture.journal(), threadId),
                    "bytes allocated by the gateway thread over " + REQUESTS + " requests");
            }
            assertTrue(fixture.errors().isEmpty(), () -> "errors were reported: " + fixture.errors());
        }
        assertEquals(0, listener.answered % REQUESTS);
        assertEquals(listener.answered / 4, listener.rejected);
    }

    /**
     * The compiler resolves classes on the thread that asks for a compilation, which allocates there, and Chronicle
     * allocates about 1 KB each time that it maps another 64 MiB of its file. The first block of requests counts,
     * whatever it allocated, during and after which nothing was compiled and during which the file did not grow.
     */
    private long allocatedOnceCompilerHasSettled(
        final CountersignClient client, final Path journal, final long threadId) throws IOException
    {
        final long startNs = System.nanoTime();
        while (System.nanoTime() - startNs < SETTLE_TIMEOUT_NS)
        {
            final long mappedBefore = length(journal);
            final long compiledMs = COMPILER.getTotalCompilationTime();
            final long before = THREADS.getThreadAllocatedBytes(threadId);
            requests(client, REQUESTS);
            final long allocated = THREADS.getThreadAllocatedBytes(threadId) - before;
            final long mapped = length(journal);

            requests(client, REQUESTS);
            if (COMPILER.getTotalCompilationTime() == compiledMs && mapped == mappedBefore)
            {
                return allocated;
            }
        }
        throw new AssertionError("the compiler did not settle within 180 s");
    }

    private void requests(final CountersignClient client, final int count)
    {
        for (int i = 0; i < count; i++)
        {
            final long expected = listener.answered + 1;
            final long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
            final long requestId = offer(client, i & 3);
            assertTrue(requestId > 0, "offered");
            while (listener.answered < expected)
            {
                if (0 == client.poll())
                {
                    Thread.yield();
                    if (System.nanoTime() - deadlineNs > 0)
                    {
                        throw new AssertionError("no reply within 10 s to request " + requestId);
                    }
                }
            }
        }
    }

    /** Three of four are approved; the fourth is one too many. */
    private static long offer(final CountersignClient client, final int kind)
    {
        if (0 == kind)
        {
            return client.cancelOrder().key("hmac").symbol("LTCBTC").orderId(kind).offer();
        }
        final NewOrderRequest order = client.newOrder();
        GatewayFixture.documentedOrder(order);
        if (1 == kind)
        {
            order.quantity(101, -1);
        }
        return order.deadlineNs(Long.MAX_VALUE).offer();
    }

    private static long gatewayThreadId()
    {
        final List<Long> ids = Thread.getAllStackTraces().keySet().stream()
            .filter((thread) -> "countersign-gateway".equals(thread.getName())).map(Thread::threadId).toList();
        assertEquals(1, ids.size());
        return ids.get(0);
    }

    private static long length(final Path journal) throws IOException
    {
        try (Stream<Path> files = Files.list(journal))
        {
            long length = 0;
            for (final Path file : files.filter((path) -> path.toString().endsWith(".cq4")).toList())
            {
                length += Files.size(file);
            }
            return length;
        }
    }

    private static final class CountingListener implements ReplyListener
    {
        private long answered;
        private long rejected;

        @Override
        public void onSigned(final long requestId, final SignedRequestView signed)
        {
            answered++;
        }

        @Override
        public void onRejected(
            final long requestId, final Reason reason, final long recordSequence, final DirectBuffer rule)
        {
            assertEquals(Reason.QUANTITY_ABOVE_LIMIT, reason);
            answered++;
            rejected++;
        }

        @Override
        public void onTimedOut(final long requestId)
        {
            throw new AssertionError("timed out: " + requestId);
        }

        @Override
        public void onSessionLost(final LossCause cause)
        {
            throw new AssertionError("lost: " + cause);
        }
    }
}
