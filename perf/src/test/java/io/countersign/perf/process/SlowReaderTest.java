package io.countersign.perf.process;

import io.aeron.Aeron;
import io.aeron.ExclusivePublication;
import io.aeron.Subscription;
import io.aeron.logbuffer.BufferClaim;
import io.aeron.logbuffer.FragmentHandler;
import io.countersign.client.CountersignClient;
import io.countersign.client.NewOrderRequest;
import io.countersign.client.OfferCode;
import io.countersign.codecs.authentication.HandshakeTranscript;
import io.countersign.codecs.wire.ChallengeDecoder;
import io.countersign.codecs.wire.ConnectEncoder;
import io.countersign.codecs.wire.MessageHeaderDecoder;
import io.countersign.codecs.wire.ProveEncoder;
import io.countersign.codecs.wire.MessageHeaderEncoder;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

@Timeout(120)
class SlowReaderTest
{
    private static final int ORDERS_UNREAD = 5_000;
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
            try (Aeron aeron = Aeron.connect(new Aeron.Context().aeronDirectoryName(arguments[0]));
                ExclusivePublication publication = aeron.addExclusivePublication("aeron:ipc", 1001);
                Subscription replies =
                    aeron.addSubscription("aeron:ipc?session-id=" + publication.sessionId(), 1002))
            {
                openSession(publication, replies);
                final BufferClaim claim = new BufferClaim();
                while (publication.tryClaim(128, claim) < 0)
                {
                    Thread.yield();
                }
                claim.buffer().setMemory(claim.offset(), 64, (byte) 0xFF);
                System.out.println(CLAIMED);
                System.out.flush();
                System.in.read();
            }
        }

        private static void openSession(final ExclusivePublication publication, final Subscription replies)
        {
            final UnsafeBuffer frame = new UnsafeBuffer(new byte[256]);
            final byte[] clientNonce = new byte[HandshakeTranscript.NONCE_LENGTH];
            final byte[] gatewayNonce = new byte[HandshakeTranscript.NONCE_LENGTH];
            final ConnectEncoder connect = new ConnectEncoder();
            connect.wrapAndApplyHeader(frame, 0, new MessageHeaderEncoder())
                .correlationId(1)
                .apiKeyVersion(1)
                .putClientNonce(clientNonce, 0, clientNonce.length)
                .principal(ProcessFixture.HMAC_MAKER);
            send(publication, frame, MessageHeaderEncoder.ENCODED_LENGTH + connect.encodedLength());
            awaitReply(replies, (buffer, offset, length, header) -> new ChallengeDecoder()
                .wrapAndApplyHeader(buffer, offset, new MessageHeaderDecoder())
                .getGatewayNonce(gatewayNonce, 0, gatewayNonce.length));

            final byte[] proof = new HandshakeTranscript(
                1, ProcessFixture.HMAC_MAKER.getBytes(StandardCharsets.UTF_8), publication.sessionId(),
                clientNonce, gatewayNonce).botProof(ProcessFixture.apiSecret(ProcessFixture.HMAC_MAKER));
            final ProveEncoder prove = new ProveEncoder();
            prove.wrapAndApplyHeader(frame, 0, new MessageHeaderEncoder())
                .correlationId(1)
                .putClientProof(proof, 0, proof.length);
            send(publication, frame, MessageHeaderEncoder.ENCODED_LENGTH + prove.encodedLength());
            awaitReply(replies, (buffer, offset, length, header) -> { });
        }

        private static void send(final ExclusivePublication publication, final UnsafeBuffer frame, final int length)
        {
            while (publication.offer(frame, 0, length) < 0)
            {
                Thread.yield();
            }
        }

        private static void awaitReply(final Subscription replies, final FragmentHandler handler)
        {
            while (0 == replies.poll(handler, 1))
            {
                Thread.yield();
            }
        }
    }

    @BeforeEach
    void before() throws Exception
    {
        fixture = new ProcessFixture(SlowReaderTest.class);
        gateway = fixture.ready();
        counters = new Counters(fixture.aeron());
        steady = fixture.hmacBot("steady");
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
        final OrderBot listener = fixture.hmacBot("never started, only listens");
        final CountersignClient.Context context = fixture.clientContext(ProcessFixture.HMAC_MAKER);
        context.listener(listener).maxInFlight(8 * 1024).requestTimeoutNs(TimeUnit.SECONDS.toNanos(1));
        try (CountersignClient unread = CountersignClient.connect(context))
        {
            steady.start().awaitSigned(1);
            for (int i = 0; i < ORDERS_UNREAD; i++)
            {
                final NewOrderRequest order = unread.newOrder();
                OrderBot.fill(order, "hmac", "unread-" + i);
                offer(order);
            }
            awaitCounter(UNDELIVERED_TYPE_ID, 1);
            steady.awaitSigned(steady.signedCount() + ORDERS_SERVED).stop();
            assertServed();

            while (listener.signed().size() + listener.timedOut() < ORDERS_UNREAD)
            {
                unread.poll();
            }
            assertTrue(gateway.isAlive(), gateway::describe);
        }
        final long undelivered = counter(UNDELIVERED_TYPE_ID);
        assertEquals(0, gateway.terminate().awaitExit(), gateway::describe);
        final JournalAudit audit = fixture.audit().assertSound("unread")
            .assertHolds(steady, "steady").assertHolds(listener, "unread");
        assertEquals(1, audit.undelivered().size(), () -> "of one session only: " + audit.undelivered());
        assertEquals(undelivered, audit.undelivered().values().iterator().next());
        assertEquals(undelivered, listener.timedOut());
        assertEquals(ORDERS_UNREAD, listener.signed().size() + undelivered);
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

    /** The gateway may not keep up for a moment; it never stops taking frames. */
    private static void offer(final NewOrderRequest order)
    {
        await("an order to be taken", () ->
        {
            final long code = order.offer();
            assertTrue(code > 0 || OfferCode.BACK_PRESSURED == code, () -> OfferCode.text(code));
            return code > 0;
        });
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
