package io.countersign.perf.process;

import io.aeron.Aeron;
import io.aeron.ExclusivePublication;
import io.aeron.Subscription;
import io.countersign.client.BlockingClient;
import io.countersign.client.CountersignClient;
import io.countersign.client.RequestKnownException;
import io.countersign.client.RequestOutcome;
import io.countersign.client.SignedRequest;
import io.countersign.codecs.wire.Fate;
import io.countersign.codecs.wire.Reason;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * A gateway in a process of its own, its bots, and somebody who reads and writes what every client of the driver can.
 */
@Timeout(120)
class ExactlyOnceProcessTest
{
    private static final long REQUEST_ID = 4711;
    private static final int REPEATED = 20_020;
    private static final int IDLE = 20_021;
    private static final int SESSIONS_OPEN = 20_006;
    private static final int REFUSED = 20_100;
    private static final String MAX_SESSIONS = "  max-sessions: 1\n";

    private ProcessFixture fixture;

    @BeforeEach
    void before() throws Exception
    {
        fixture = new ProcessFixture(ExactlyOnceProcessTest.class, MAX_SESSIONS);
    }

    @AfterEach
    void after()
    {
        fixture.close();
    }

    @Test
    void shouldNotSignTwiceAfterReconnectingAndAfterKillNine()
    {
        final GatewayJvm gateway = fixture.ready();
        final SignedRequest first;
        try (BlockingClient client = connect())
        {
            first = order(client);
            assertEquals(first, order(client));
        }
        try (Counters counters = new Counters(fixture.aeron()))
        {
            await(() -> 0 == counters.value(SESSIONS_OPEN), "the session to end");
            try (BlockingClient client = connect())
            {
                assertEquals(first, order(client));
            }
            assertEquals(2, counters.value(REPEATED));
        }
        gateway.kill().awaitExit();

        final GatewayJvm next = fixture.ready();
        try (BlockingClient client = connect())
        {
            final RequestOutcome expected =
                new RequestOutcome(REQUEST_ID, Fate.SIGNED, Reason.NONE, first.outcomeSequence());
            assertEquals(expected, assertThrows(RequestKnownException.class, () -> order(client)).outcome());
            assertEquals(expected, client.askOutcome(REQUEST_ID));
            assertEquals(Fate.UNKNOWN, client.askOutcome(REQUEST_ID + 1).fate());
        }
        assertEquals(0, next.terminate().awaitExit(), next::describe);
        final JournalAudit audit = fixture.audit().assertSound("the end");
        assertEquals(1, audit.intents());
        assertEquals(1, audit.signedCount());
    }

    /** The bytes of a bot's frame, sent again from another publication, are nobody's. */
    @Test
    void shouldNotTakeAFrameFromAnotherPublication()
    {
        final GatewayJvm gateway = fixture.ready();
        final List<byte[]> frames = new ArrayList<>();
        try (Aeron aeron = Aeron.connect(new Aeron.Context().aeronDirectoryName(fixture.aeron().toString()));
            Subscription spy = aeron.addSubscription("aeron:ipc", 1001);
            ExclusivePublication publication = aeron.addExclusivePublication("aeron:ipc", 1001);
            BlockingClient client = connect();
            Counters counters = new Counters(fixture.aeron()))
        {
            order(client);
            await(() ->
            {
                spy.poll((buffer, offset, length, header) ->
                {
                    final byte[] frame = new byte[length];
                    buffer.getBytes(offset, frame);
                    frames.add(frame);
                }, 10);
                return 3 <= frames.size();
            }, "Connect, Prove and the order");
            final byte[] order = frames.get(2);
            final long unknownBefore = counters.value(REFUSED + Reason.UNKNOWN_SESSION.value());
            for (int i = 0; i < 100; i++)
            {
                await(() -> publication.offer(new UnsafeBuffer(order), 0, order.length) > 0, "room");
            }
            await(() -> 100 == counters.value(REFUSED + Reason.UNKNOWN_SESSION.value()) - unknownBefore, "refusals");
            assertEquals(0, counters.value(REPEATED), "it was not even looked up");
            assertEquals(Fate.SIGNED, client.askOutcome(REQUEST_ID).fate());
        }
        gateway.terminate().awaitExit();
        final JournalAudit audit = fixture.audit().assertSound("the end");
        assertEquals(1, audit.intents());
        assertEquals(0, audit.denials());
    }

    /** A bot that stands still, as one that was stopped, gives its place away. */
    @Test
    void shouldCloseTheSessionOfABotThatStandsStill()
    {
        fixture.write(
            "gateway.yaml", fixture.configText().replace(MAX_SESSIONS, MAX_SESSIONS + "  idle-timeout-ms: 2000\n"));
        final GatewayJvm gateway = fixture.ready();
        final CountersignClient still = CountersignClient.connect(fixture.clientContext(ProcessFixture.HMAC_MAKER)
            .listener(fixture.hmacBot("never polled")));
        try (Counters counters = new Counters(fixture.aeron()))
        {
            await(() -> 1 == counters.value(IDLE), "the session to be closed");
            assertEquals(0, counters.value(SESSIONS_OPEN));
            try (BlockingClient client = connect())
            {
                order(client);
            }
        }
        finally
        {
            still.close();
        }
        assertEquals(0, gateway.terminate().awaitExit(), gateway::describe);
        assertEquals("IDLE", fixture.audit().assertSound("the end").closeCauses().get(0));
    }

    private BlockingClient connect()
    {
        return BlockingClient.connect(fixture.clientContext(ProcessFixture.HMAC_MAKER));
    }

    private static SignedRequest order(final BlockingClient client)
    {
        return client.newOrder((order) ->
        {
            OrderBot.fill(order, "hmac", "exactly-once");
            order.requestId(REQUEST_ID).deadlineNs(Long.MAX_VALUE);
        });
    }

    private static void await(final BooleanSupplier condition, final String what)
    {
        final long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean())
        {
            assertTrue(System.nanoTime() < deadlineNs, () -> "waited in vain for " + what);
            Thread.yield();
        }
    }
}
