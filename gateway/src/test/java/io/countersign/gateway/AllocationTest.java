package io.countersign.gateway;

import com.sun.management.ThreadMXBean;
import io.countersign.client.CountersignClient;
import io.countersign.client.LossCause;
import io.countersign.client.NewOrderRequest;
import io.countersign.client.ReplyListener;
import io.countersign.client.SignedRequestView;
import io.countersign.codecs.wire.Reason;
import io.countersign.hsm.SigningAlgorithm;
import io.countersign.hsm.SoftHsmFixture;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * The gateway thread with two real tokens, driver and journal.
 */
@Timeout(240)
class AllocationTest
{
    private static final int REQUESTS = 10_000;
    private static final int WARM_UP = 50_000;
    private static final long SETTLE_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(60);
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final CountingListener listener = new CountingListener();

    @Test
    void shouldAllocateNothingOverTwentyThousandRequests() throws Exception
    {
        final SoftHsmFixture right = SoftHsmFixture.create();
        right.importSecret("second", SigningAlgorithm.HMAC_SHA256, new byte[32]);
        try (GatewayFixture fixture = new GatewayFixture().withSecondToken(right, SoftHsmFixture.modulePath()))
        {
            fixture.write("policy.yaml", """
                acknowledge: [login, transfer]
                principals:
                  - name: maker
                    api-key-versions: [1]
                    rules:
                      - {name: trade, keys: [hmac, second], scopes: [trade, cancel], symbols: [LTCBTC],
                         max-quantity: 10}
                      - {name: whole, keys: [hmac], operations: [cancel-all, query-orders, login, transact],
                         symbols: ["*"]}
                """);
            fixture.launch();
            try (CountersignClient client = CountersignClient.connect(
                fixture.clientContext().listener(listener).requestTimeoutNs(TimeUnit.SECONDS.toNanos(30))))
            {
                final long threadId = gatewayThreadId();
                requests(client, WARM_UP);
                assertEquals(
                    0, allocatedInTheSteadyState(client, threadId),
                    "bytes allocated by the gateway thread over " + 2 * REQUESTS + " requests, again and again");
            }
            assertTrue(fixture.errors().isEmpty(), () -> "errors were reported: " + fixture.errors());
        }
        assertEquals(0, listener.answered % REQUESTS);
        assertEquals(listener.answered / 8 * 4, listener.rejected);
    }

    /**
     * What is allocated once (the compiler resolves a class on the thread that asks for a compilation, Chronicle maps
     * another 64 MiB of its file) does not come again in the next block; what a request allocates does. So two blocks
     * in a row without a byte are asked for.
     */
    private long allocatedInTheSteadyState(final CountersignClient client, final long threadId)
    {
        final long startNs = System.nanoTime();
        long previous = Long.MAX_VALUE;
        long allocated = Long.MAX_VALUE;
        while (0 != previous + allocated && System.nanoTime() - startNs < SETTLE_TIMEOUT_NS)
        {
            previous = Math.min(allocated, Integer.MAX_VALUE);
            final long before = THREADS.getThreadAllocatedBytes(threadId);
            requests(client, REQUESTS);
            allocated = THREADS.getThreadAllocatedBytes(threadId) - before;
        }
        return previous + allocated;
    }

    private void requests(final CountersignClient client, final int count)
    {
        for (int i = 0; i < count; i++)
        {
            final long expected = listener.answered + 1;
            final long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
            final long requestId = offer(client, i & 7);
            assertTrue(requestId > 0, "offered: " + requestId + " of kind " + (i & 7));
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

    /** Four of eight are approved; one is too large, one lacks a symbol, two are nothing that the venue knows. */
    private static long offer(final CountersignClient client, final int kind)
    {
        return switch (kind)
        {
            case 0 -> client.cancelOrder().key("hmac").symbol("LTCBTC").orderId(kind).offer();
            case 1 -> newOrder(client).quantity(101, -1).offer();
            case 2 -> client.cancelAll().key("hmac").offer();
            case 3 -> client.queryOrders().key("hmac").symbol("LTCBTC").offer();
            case 5 -> client.transaction().key("hmac").recipient("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed")
                .quantity(1, -1).accountNonce(kind).gasLimit(21_000).fees(2, 1).offer();
            case 4 -> client.login().key("hmac").messageSequence(1).senderCompId("BOT").targetCompId("SPOT").offer();
            case 6 -> newOrder(client).key("second").offer();
            default -> newOrder(client).offer();
        };
    }

    private static NewOrderRequest newOrder(final CountersignClient client)
    {
        final NewOrderRequest order = client.newOrder();
        GatewayFixture.documentedOrder(order);
        return order.deadlineNs(Long.MAX_VALUE);
    }

    private static long gatewayThreadId()
    {
        final List<Long> ids = Thread.getAllStackTraces().keySet().stream()
            .filter((thread) -> "countersign-gateway".equals(thread.getName())).map(Thread::threadId).toList();
        assertEquals(1, ids.size());
        return ids.get(0);
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
            assertTrue(Reason.QUANTITY_ABOVE_LIMIT == reason || Reason.FIELD_MISSING == reason ||
                Reason.OPERATION_NOT_SUPPORTED == reason);
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
