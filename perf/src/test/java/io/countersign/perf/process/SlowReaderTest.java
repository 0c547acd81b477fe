package io.countersign.perf.process;

import io.aeron.logbuffer.BufferClaim;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

@Timeout(120)
class SlowReaderTest
{
    private static final int REQUESTS_UNREAD = 20_000;
    private static final int ORDERS_SERVED = 500;
    private static final int UNDELIVERED_TYPE_ID = 20_005;
    private static final int SESSIONS_OPEN_TYPE_ID = 20_006;

    private ProcessFixture fixture;
    private GatewayJvm gateway;
    private Counters counters;
    private OrderBot steady;

    /** A bot that opens a session, claims a place for a frame, writes half of it and stands still. */
    static final class ClaimHolder
    {
        static final String CLAIMED = "claimed";

        private ClaimHolder()
        {
        }

        public static void main(final String[] arguments) throws Exception
        {
            try (UnreadBot bot = new UnreadBot(Path.of(arguments[0]), ProcessFixture.HMAC_MAKER))
            {
                final BufferClaim claim = new BufferClaim();
                while (bot.publication().tryClaim(128, claim) < 0)
                {
                    Thread.yield();
                }
                claim.buffer().setMemory(claim.offset(), 64, (byte) 0xFF);
                System.out.println(CLAIMED);
                System.out.flush();
                System.in.read();
            }
        }
    }

    @BeforeEach
    void before() throws Exception
    {
        fixture = new ProcessFixture(SlowReaderTest.class);
        gateway = fixture.ready();
        counters = new Counters(fixture.aeron());
        steady = new OrderBot(
            fixture.clientContext(ProcessFixture.HMAC_MAKER).requestTimeoutNs(TimeUnit.SECONDS.toNanos(20)),
            "hmac",
            "steady");
    }

    @AfterEach
    void after()
    {
        steady.close();
        counters.close();
        fixture.close();
    }

    @Test
    void shouldServeOthersWhileOneDoesNotRead() throws Exception
    {
        final long undelivered;
        try (UnreadBot unread = new UnreadBot(fixture.aeron(), ProcessFixture.HMAC_MAKER))
        {
            steady.start().awaitSigned(1);
            // Refusals are short: so many more are needed to fill the window.
            for (int i = 0; i < REQUESTS_UNREAD; i++)
            {
                unread.ask();
            }
            awaitCounter(UNDELIVERED_TYPE_ID, 1);
            steady.awaitSigned(steady.signedCount() + ORDERS_SERVED).stop();
            assertServed();
            await("every reply that was delivered",
                () -> REQUESTS_UNREAD == unread.read() + counter(UNDELIVERED_TYPE_ID));
            undelivered = counter(UNDELIVERED_TYPE_ID);
            assertTrue(gateway.isAlive(), gateway::describe);
        }
        assertEquals(0, gateway.terminate().awaitExit(), gateway::describe);
        final JournalAudit audit = fixture.audit().assertSound("unread").assertHolds(steady, "steady");
        assertEquals(1, audit.undelivered().size(), () -> "of one session only: " + audit.undelivered());
        assertEquals(undelivered, audit.undelivered().values().iterator().next());
        assertEquals(REQUESTS_UNREAD, audit.denials());
        assertEquals(List.of(), gateway.err());
    }

    @Test
    void shouldServeOthersWhenABotDiesInTheMiddleOfAFrame() throws Exception
    {
        steady.start().awaitSigned(1);
        try (GatewayJvm dying = GatewayJvm.start(
            fixture.temporary(), List.of(), ClaimHolder.class.getName(), List.of(fixture.aeron().toString())))
        {
            dying.awaitLine(ClaimHolder.CLAIMED);
            assertEquals(2, counter(SESSIONS_OPEN_TYPE_ID));
            steady.awaitSigned(steady.signedCount() + ORDERS_SERVED);
            dying.kill().awaitExit();
        }
        final int signed = steady.signedCount();
        // The driver gives the dead bot up after its client liveness time-out of 10 s; nobody waits for that.
        awaitCounter(SESSIONS_OPEN_TYPE_ID, 1);
        steady.awaitSigned(signed + ORDERS_SERVED).stop();
        assertServed();

        assertEquals(0, gateway.terminate().awaitExit(), gateway::describe);
        final JournalAudit audit = fixture.audit().assertSound("claim").assertHolds(steady, "steady");
        assertEquals("GONE", audit.closeCauses().getFirst(), () -> audit.closeCauses().toString());
        assertEquals(List.of(), gateway.err());
    }

    private void assertServed()
    {
        assertEquals(steady.sent(), steady.signed().size(), steady::describe);
        assertEquals(0, steady.timedOut(), steady::describe);
        assertEquals(List.of(), steady.refused());
        assertEquals(null, steady.lossCause());
    }

    private void awaitCounter(final int typeId, final long value)
    {
        await("counter " + typeId, () -> value == counter(typeId) || UNDELIVERED_TYPE_ID == typeId &&
            value < counter(typeId));
    }

    private long counter(final int typeId)
    {
        return counters.value(typeId);
    }

    private static void await(final String what, final BooleanSupplier condition)
    {
        final long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean())
        {
            assertTrue(System.nanoTime() < deadlineNs, () -> "waited in vain for " + what);
            Thread.yield();
        }
    }
}
