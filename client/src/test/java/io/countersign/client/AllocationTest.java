package io.countersign.client;

import com.sun.management.ThreadMXBean;
import io.countersign.codecs.wire.OrderType;
import io.countersign.codecs.wire.Reason;
import io.countersign.codecs.wire.Side;
import io.countersign.codecs.wire.TimeInForce;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class AllocationTest
{
    private static final int ROUND_TRIPS = 10_000;
    private static final long WARM_UP_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long SETTLE_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(60);
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final CompilationMXBean COMPILER = ManagementFactory.getCompilationMXBean();

    private final CountingListener listener = new CountingListener();
    private final UnsafeBuffer symbol = new UnsafeBuffer("BTCUSDT".getBytes(StandardCharsets.UTF_8));
    private final StringBuilder clientOrderId = new StringBuilder("order-\u00fc-00000000");
    private final StringBuilder price = new StringBuilder("64000.10");

    @Test
    void shouldNotAllocateOverTenThousandRoundTrips()
    {
        try (ScriptedGateway gateway = new ScriptedGateway();
            CountersignClient client = CountersignClient.connect(
                gateway.context().listener(listener).requestTimeoutNs(TimeUnit.SECONDS.toNanos(30))))
        {
            gateway.keepsFrames = false;
            gateway.script = (bot, templateId, requestId) ->
            {
                if (0 == (requestId & 0xF))
                {
                    bot.reject(requestId, Reason.QUANTITY_ABOVE_LIMIT, "btc-small");
                }
                else
                {
                    bot.sign(requestId);
                }
            };

            warmUp(gateway, client);
            final long allocated = allocatedOnceCompilerHasSettled(client);
            assertEquals(0, allocated, "bytes allocated over " + ROUND_TRIPS + " round trips");
            assertTrue(listener.bytes > 0, "nothing was read");
            assertEquals(0, client.strangeReplies());
        }
    }

    /**
     * Meets what happens once: Aeron names its heartbeat at the first keep-alive, 100 ms after connecting, and the
     * first back pressure loads a class.
     */
    private void warmUp(final ScriptedGateway gateway, final CountersignClient client)
    {
        gateway.onThread(() -> gateway.reads = false);
        long sent = 0;
        while (newOrder(client).offer() > 0)
        {
            sent++;
        }

        gateway.reads = true;
        assertEquals(1, client.backPressured());
        final long expected = sent;
        RecordingListener.pollUntil(client, () -> expected == listener.answered);

        final long startNs = System.nanoTime();
        while (System.nanoTime() - startNs < WARM_UP_NS)
        {
            roundTrips(client, ROUND_TRIPS);
        }
    }

    /**
     * The compiler resolves classes on the thread that asks for a compilation, which allocates there. The first block
     * of round trips counts, whatever it allocated, during and after which nothing was compiled.
     */
    private long allocatedOnceCompilerHasSettled(final CountersignClient client)
    {
        final long threadId = Thread.currentThread().threadId();
        final long startNs = System.nanoTime();
        while (System.nanoTime() - startNs < SETTLE_TIMEOUT_NS)
        {
            final long compiledMs = COMPILER.getTotalCompilationTime();
            final long before = THREADS.getThreadAllocatedBytes(threadId);
            roundTrips(client, ROUND_TRIPS);
            final long allocated = THREADS.getThreadAllocatedBytes(threadId) - before;

            roundTrips(client, ROUND_TRIPS);
            if (COMPILER.getTotalCompilationTime() == compiledMs)
            {
                return allocated;
            }
        }

        throw new AssertionError("the compiler did not settle within 60 s");
    }

    private void roundTrips(final CountersignClient client, final int count)
    {
        for (int i = 0; i < count; i++)
        {
            final long expected = listener.answered + 1;
            final long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
            long requestId = offer(client, i);
            while (OfferCode.BACK_PRESSURED == requestId && System.nanoTime() - deadlineNs < 0)
            {
                Thread.yield();
                requestId = offer(client, i);
            }

            if (requestId <= 0)
            {
                throw new AssertionError(OfferCode.text(requestId));
            }

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

    private long offer(final CountersignClient client, final int i)
    {
        return switch (i & 7)
        {
            case 0 -> client.cancelOrder().key("binance-spot").symbol(symbol, 0, symbol.capacity()).orderId(i).offer();
            case 1 -> client.cancelOrder().key("okx").symbol("BTC-USDT").venueOrderId(clientOrderId).offer();
            case 2 -> client.cancelAll().key("okx").symbol(symbol, 0, symbol.capacity()).offer();
            case 3 -> client.queryOrders().key("okx").symbol(symbol, 0, symbol.capacity()).offer();
            case 5 -> client.transaction().key("eth").recipient("0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed")
                .quantity(1, -1).accountNonce(i).gasLimit(21_000).fees(2, 1).callData(symbol, 0, 4).offer();
            case 4 -> client.login().key("okx").messageSequence(i).senderCompId("BOT").targetCompId("SPOT").offer();
            default -> newOrder(client).offer();
        };
    }

    private NewOrderRequest newOrder(final CountersignClient client)
    {
        return client.newOrder()
            .key("binance-spot")
            .symbol("BTCUSDT")
            .clientOrderId(clientOrderId)
            .side(Side.SELL)
            .orderType(OrderType.LIMIT)
            .timeInForce(TimeInForce.GTC)
            .reduceOnly(true)
            .quantity(15, -3)
            .price(price)
            .deadlineNs(Long.MAX_VALUE);
    }

    private static final class CountingListener implements ReplyListener
    {
        private long answered;
        private long bytes;

        @Override
        public void onSigned(final long requestId, final SignedRequestView signed)
        {
            answered++;
            bytes += signed.query().capacity() + signed.headers().getByte(0) + signed.method().value();
        }

        @Override
        public void onRejected(
            final long requestId, final Reason reason, final long recordSequence, final DirectBuffer rule)
        {
            answered++;
            bytes += rule.capacity() + reason.value();
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
