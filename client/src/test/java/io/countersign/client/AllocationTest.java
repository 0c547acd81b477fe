package io.countersign.client;

import com.sun.management.ThreadMXBean;
import io.countersign.codecs.wire.OrderType;
import io.countersign.codecs.wire.Reason;
import io.countersign.codecs.wire.Side;
import io.countersign.codecs.wire.TimeInForce;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class AllocationTest
{
    private static final int WARM_UP = 20_000;
    private static final int ROUND_TRIPS = 10_000;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

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

            roundTrips(client, WARM_UP);
            final long threadId = Thread.currentThread().threadId();
            THREADS.getThreadAllocatedBytes(threadId);

            final long before = THREADS.getThreadAllocatedBytes(threadId);
            roundTrips(client, ROUND_TRIPS);
            final long allocated = THREADS.getThreadAllocatedBytes(threadId) - before;

            assertEquals(0, allocated, "bytes allocated over " + ROUND_TRIPS + " round trips");
            assertEquals(WARM_UP + ROUND_TRIPS, listener.answered);
            assertTrue(listener.bytes > 0, "nothing was read");
            assertEquals(0, client.strangeReplies());
        }
    }

    private void roundTrips(final CountersignClient client, final int count)
    {
        for (int i = 0; i < count; i++)
        {
            final long requestId = 0 == (i & 1) ?
                newOrder(client).offer() :
                client.cancelOrder().key("binance-spot").symbol(symbol, 0, symbol.capacity()).orderId(i).offer();
            if (requestId <= 0)
            {
                throw new AssertionError(OfferCode.text(requestId));
            }

            final long expected = listener.answered + 1;
            final long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
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

    private NewOrderRequest newOrder(final CountersignClient client)
    {
        return client.newOrder()
            .key("binance-spot")
            .symbol("BTCUSDT")
            .clientOrderId(clientOrderId)
            .side(Side.SELL)
            .orderType(OrderType.LIMIT)
            .timeInForce(TimeInForce.GTC)
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
