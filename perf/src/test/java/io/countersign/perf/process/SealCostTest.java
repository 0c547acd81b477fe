package io.countersign.perf.process;

import io.countersign.client.BlockingClient;
import io.countersign.gateway.seal.NoteKey;
import io.countersign.hsm.KeySpec;
import io.countersign.hsm.SigningAlgorithm;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.List;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * What seals cost a request: round trips of HMAC orders to two gateways that differ in nothing else, in turns of a
 * second or less, so that what the machine does besides falls on both alike. Prints the table of docs/audit.md.
 */
@Tag("soak")
@Timeout(400)
class SealCostTest
{
    private static final int WARM_UP_TURNS = 5;
    private static final int TURNS = 40;
    private static final int ORDERS = 1_000;
    private static final long MAX_NS = TimeUnit.SECONDS.toNanos(10);

    private final Histogram unsealed = new Histogram(MAX_NS, 3);
    private final Histogram sealed = new Histogram(MAX_NS, 3);

    /** Names the directory of the other gateway. */
    private static final class SealedTwin
    {
    }

    @Test
    void shouldPrintWhatSealsCostARequest() throws Exception
    {
        try (ProcessFixture plain = new ProcessFixture(SealCostTest.class);
            ProcessFixture twin = new ProcessFixture(SealedTwin.class))
        {
            final KeySpec audit = twin.seal(SigningAlgorithm.ED25519);
            final GatewayJvm plainGateway = plain.ready();
            final GatewayJvm twinGateway = twin.ready();
            try (BlockingClient toPlain = BlockingClient.connect(plain.clientContext(ProcessFixture.HMAC_MAKER));
                BlockingClient toTwin = BlockingClient.connect(twin.clientContext(ProcessFixture.HMAC_MAKER)))
            {
                for (int turn = 0; turn < WARM_UP_TURNS + TURNS; turn++)
                {
                    if (WARM_UP_TURNS == turn)
                    {
                        unsealed.reset();
                        sealed.reset();
                    }
                    // Who is first changes, too.
                    send(0 == turn % 2 ? toPlain : toTwin, 0 == turn % 2 ? unsealed : sealed);
                    send(0 == turn % 2 ? toTwin : toPlain, 0 == turn % 2 ? sealed : unsealed);
                }
            }
            assertEquals(0, plainGateway.terminate().awaitExit(), plainGateway::describe);
            assertEquals(0, twinGateway.terminate().awaitExit(), twinGateway::describe);
            print("without seals", unsealed);
            print("with seals", sealed);
            final int seals = SealedJournal.notes(twin.checkpoints()).size();
            System.out.println("seals made meanwhile: " + seals);
            assertTrue(seals > TURNS / 2, "hardly any seal was made: nothing was measured");
            printWaited(SealedJournal.read(twin.journal(), NoteKey.of(
                ProcessFixture.ORIGIN, audit.algorithm(), audit.pinned())).assertSound().assertStopped().waitedNs());
            assertTrue(sealed.getValueAtPercentile(50) < 2 * unsealed.getValueAtPercentile(50), "seals delay requests");
        }
    }

    private static void send(final BlockingClient client, final Histogram times)
    {
        for (int i = 0; i < ORDERS; i++)
        {
            final long startNs = System.nanoTime();
            client.newOrder((order) -> OrderBot.fill(order, "hmac", "order"));
            times.recordValue(Math.min(MAX_NS, System.nanoTime() - startNs));
        }
    }

    private static void printWaited(final List<Long> sortedNs)
    {
        System.out.printf("records waited for their seal: p50 %.0f ms, p99 %.0f ms, max %.0f ms%n",
            sortedNs.get(sortedNs.size() / 2) / 1e6, sortedNs.get(sortedNs.size() * 99 / 100) / 1e6,
            sortedNs.getLast() / 1e6);
    }

    private static void print(final String what, final Histogram times)
    {
        System.out.printf("%s: p50 %.1f us, p90 %.1f us, p99 %.1f us, p99.9 %.1f us, max %.1f us, %d orders%n",
            what,
            times.getValueAtPercentile(50) / 1e3, times.getValueAtPercentile(90) / 1e3,
            times.getValueAtPercentile(99) / 1e3, times.getValueAtPercentile(99.9) / 1e3,
            times.getMaxValue() / 1e3, times.getTotalCount());
    }
}
