package io.countersign.perf.process;

import io.countersign.client.BlockingClient;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * What each durability level costs here: round trips of HMAC orders, one bot and eight, each with one request in
 * flight. Prints the table of docs/operations.md.
 */
@Tag("soak")
@Timeout(300)
class DurabilityCostTest
{
    private static final int WARM_UP = 2_000;
    private static final int ORDERS = 4_000;
    private static final long MAX_NS = TimeUnit.SECONDS.toNanos(10);

    @Test
    void shouldPrintWhatEachLevelCosts() throws Exception
    {
        final double process = measure("process", 1).getValueAtPercentile(50);
        final double disk = measure("disk", 1).getValueAtPercentile(50);
        measure("process", 8);
        measure("disk", 8);
        assertTrue(disk > process, "a reply that waited for the disk cannot have come sooner");
    }

    private static Histogram measure(final String durability, final int bots) throws Exception
    {
        try (ProcessFixture fixture = new ProcessFixture(DurabilityCostTest.class))
        {
            final GatewayJvm gateway = fixture.start(fixture.changed(
                durability + ".yaml", "\ntoken:", "\njournal: {durability: " + durability + "}\ntoken:").toString());
            gateway.awaitReady();
            final Histogram all = new Histogram(MAX_NS, 3);
            long elapsedNs = 0;
            try (ExecutorService threads = Executors.newFixedThreadPool(bots))
            {
                for (final int orders : new int[]{WARM_UP / bots, ORDERS / bots})
                {
                    all.reset();
                    final long startNs = System.nanoTime();
                    final List<Future<Histogram>> running = new ArrayList<>();
                    for (int i = 0; i < bots; i++)
                    {
                        running.add(threads.submit(() -> send(fixture, orders)));
                    }
                    for (final Future<Histogram> future : running)
                    {
                        all.add(future.get());
                    }
                    elapsedNs = System.nanoTime() - startNs;
                }
            }
            assertEquals(0, gateway.terminate().awaitExit(), gateway::describe);
            fixture.audit().assertSound(durability).assertNoOpenIntent(durability);
            System.out.printf(
                "durability %s, %d bots, on %s: p50 %.0f us, p90 %.0f us, p99 %.0f us, p99.9 %.0f us, %.0f orders/s%n",
                durability, bots, Files.getFileStore(fixture.journal()),
                all.getValueAtPercentile(50) / 1e3, all.getValueAtPercentile(90) / 1e3,
                all.getValueAtPercentile(99) / 1e3, all.getValueAtPercentile(99.9) / 1e3,
                all.getTotalCount() * 1e9 / elapsedNs);
            return all;
        }
    }

    private static Histogram send(final ProcessFixture fixture, final int orders)
    {
        final Histogram times = new Histogram(MAX_NS, 3);
        try (BlockingClient client = BlockingClient.connect(fixture.clientContext(ProcessFixture.HMAC_MAKER)))
        {
            for (int i = 0; i < orders; i++)
            {
                final long startNs = System.nanoTime();
                client.newOrder((order) -> OrderBot.fill(order, "hmac", "order"));
                times.recordValue(Math.min(MAX_NS, System.nanoTime() - startNs));
            }
        }
        return times;
    }
}
