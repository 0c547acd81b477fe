package io.countersign.perf.process;

import io.countersign.client.BlockingClient;
import io.countersign.client.OperatorClient;
import io.countersign.client.SignedRequest;
import io.countersign.codecs.journal.PolicyInForceDecoder;
import io.countersign.codecs.wire.OrderType;
import io.countersign.codecs.wire.Side;
import io.countersign.codecs.wire.TimeInForce;
import io.countersign.gateway.journal.JournalReader;
import io.countersign.perf.parts.LargePolicy;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A policy of 1,000 principals and 10,000 symbols takes the place of another while a bot sends without a pause. */
@Tag("soak")
@Timeout(240)
class PolicySwapTest
{
    private static final int PRINCIPALS = 1_000;
    private static final int SWAPS = 9;
    private static final long LOAD_BEFORE_NS = TimeUnit.SECONDS.toNanos(20);
    private static final long LIMIT_NS = TimeUnit.MILLISECONDS.toNanos(50);

    /** Latency of each order by the sequence of its outcome. */
    private final ConcurrentSkipListMap<Long, Long> latencies = new ConcurrentSkipListMap<>();
    private final CountDownLatch isWarm = new CountDownLatch(1);
    private final AtomicBoolean isOver = new AtomicBoolean();

    @Test
    void shouldSwapALargePolicyWithoutHoldingUpOrders() throws Exception
    {
        try (ProcessFixture fixture = new ProcessFixture(PolicySwapTest.class))
        {
            fixture.write("policy.yaml", policy(1_000));
            final GatewayJvm gateway = fixture.ready();
            final Histogram before = new Histogram(TimeUnit.MINUTES.toNanos(1), 3);
            final Thread bot = new Thread(() -> send(fixture, before));
            bot.start();
            isWarm.await();
            for (int i = 0; i < SWAPS; i++)
            {
                fixture.write("policy.yaml", policy(1_001 + i));
                try (OperatorClient boss = OperatorClient.connect(
                    fixture.clientContext("boss").requestTimeoutNs(TimeUnit.SECONDS.toNanos(20))))
                {
                    boss.reloadPolicy(false, "");
                }
                // The order that met the swap, and the next one, are to be told of before the next swap.
                final int answered = latencies.size();
                while (latencies.size() < answered + 2 && bot.isAlive())
                {
                    Thread.onSpinWait();
                }
            }
            isOver.set(true);
            bot.join();
            gateway.close();
            assertSwapsWereNotSeen(fixture, before);
        }
    }

    private void assertSwapsWereNotSeen(final ProcessFixture fixture, final Histogram before) throws IOException
    {
        final List<Long> swaps = new ArrayList<>();
        try (JournalReader reader = new JournalReader(fixture.journal()))
        {
            while (JournalReader.Event.RECORD == reader.poll())
            {
                if (PolicyInForceDecoder.TEMPLATE_ID == reader.templateId())
                {
                    swaps.add(reader.sequence());
                }
            }
        }
        assertEquals(1 + SWAPS, swaps.size());
        final long[] afterSwap = swaps.stream().skip(1)
            .map(latencies::higherEntry).mapToLong(Map.Entry::getValue).sorted().toArray();
        final long p999Ns = before.getValueAtPercentile(99.9);
        final String figures = "before: p50 " + before.getValueAtPercentile(50) + " p99 " +
            before.getValueAtPercentile(99) + " p99.9 " + p999Ns + " ns of " + before.getTotalCount() +
            " orders; orders that met a swap: " + Arrays.toString(afterSwap) + " ns";
        System.out.println(figures);
        assertTrue(afterSwap[SWAPS - 1] <= LIMIT_NS, figures);
    }

    private void send(final ProcessFixture fixture, final Histogram before)
    {
        final long startNs = System.nanoTime();
        try (BlockingClient client = BlockingClient.connect(fixture.clientContext(LargePolicy.principal(0))))
        {
            boolean isBefore = true;
            while (isBefore || !isOver.get())
            {
                final long sentNs = System.nanoTime();
                final SignedRequest signed = client.newOrder((order) -> order
                    .side(Side.BUY).orderType(OrderType.LIMIT).timeInForce(TimeInForce.GTC)
                    .quantity(1, 0).price(1, -1).key("hmac").symbol(LargePolicy.symbol(0)));
                final long nowNs = System.nanoTime();
                if (isBefore)
                {
                    before.recordValue(nowNs - sentNs);
                    isBefore = nowNs - startNs < LOAD_BEFORE_NS;
                    if (!isBefore)
                    {
                        isWarm.countDown();
                    }
                }
                else
                {
                    latencies.put(signed.outcomeSequence(), nowNs - sentNs);
                }
            }
        }
    }

    private static String policy(final int maxQuantity)
    {
        return LargePolicy.text(PRINCIPALS, maxQuantity, "hmac") +
            "operators: [{name: boss, api-key-versions: [1], commands: [reload]}]\n";
    }
}
