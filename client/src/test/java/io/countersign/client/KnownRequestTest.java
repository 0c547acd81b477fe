package io.countersign.client;

import io.countersign.codecs.wire.AskOutcomeDecoder;
import io.countersign.codecs.wire.Fate;
import io.countersign.codecs.wire.Reason;
import io.countersign.codecs.wire.SessionEnd;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.List;
import java.util.concurrent.TimeUnit;

import static io.countersign.client.RecordingListener.pollUntil;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * Requests that come again, questions, deadlines, and sessions that the gateway keeps or ends.
 */
class KnownRequestTest
{
    private static final ScriptedGateway.Script SILENT = (bot, templateId, requestId) ->
    {
    };

    private final RecordingListener listener = new RecordingListener();
    private ScriptedGateway gateway;
    private CountersignClient client;

    @BeforeEach
    void open()
    {
        gateway = new ScriptedGateway();
        client = CountersignClient.connect(gateway.context().listener(listener));
    }

    @AfterEach
    void close()
    {
        client.close();
        gateway.close();
    }

    @Test
    void shouldSendARequestAgainWithItsId()
    {
        final long requestId = SessionTest.offer(client);
        assertEquals(OfferCode.REQUEST_IN_FLIGHT, SessionTest.fill(client.newOrder()).offer(requestId));
        pollUntil(client, () -> 1 == listener.signed.size());
        assertEquals(requestId, SessionTest.fill(client.newOrder()).offer(requestId));
        assertEquals(77, SessionTest.fill(client.newOrder()).requestId(77).offer());
        final long nextId = SessionTest.offer(client);
        assertEquals(requestId + 1, nextId);
        pollUntil(client, () -> 4 == listener.signed.size());
        assertEquals(List.of(requestId, requestId, 77L, nextId),
            listener.signed.stream().map(SignedRequest::requestId).toList());
        assertEquals(0, client.strangeReplies() + client.lateReplies());
    }

    @Test
    void shouldBeginWithAnotherIdInEachSession()
    {
        final long requestId = SessionTest.offer(client);
        try (CountersignClient other = CountersignClient.connect(gateway.context().listener(listener)))
        {
            final long otherId = SessionTest.offer(other);
            assertTrue(requestId > 0 && otherId > 0);
            assertNotEquals(requestId, otherId);
        }
    }

    @Test
    void shouldTellTheOutcomeWhereTheBytesAreGone()
    {
        gateway.script = (bot, templateId, requestId) -> bot.outcome(requestId, requestId, Fate.SIGNED, Reason.NONE);
        final long requestId = SessionTest.offer(client);
        pollUntil(client, () -> !listener.outcomes.isEmpty());
        assertEquals(new RequestOutcome(requestId, Fate.SIGNED, Reason.NONE, 42), listener.outcomes.get(0));
        assertEquals(0, client.inFlightCount());
    }

    @Test
    void shouldWaitOnForWhatIsStillInHand()
    {
        gateway.script = (bot, templateId, requestId) ->
        {
            bot.outcome(requestId, requestId, Fate.IN_HAND, Reason.NONE);
            bot.sign(requestId);
        };
        final long requestId = SessionTest.offer(client);
        pollUntil(client, () -> !listener.signed.isEmpty());
        assertEquals(requestId, listener.signed.get(0).requestId());
        assertEquals(List.of(), listener.outcomes);
        assertEquals(0, client.lateReplies());
    }

    @Test
    void shouldAskWhatBecameOfARequest()
    {
        gateway.script = (bot, templateId, requestId) ->
        {
            assertEquals(AskOutcomeDecoder.TEMPLATE_ID, templateId);
            bot.outcome(requestId, 4711, Fate.IN_HAND, Reason.NONE);
        };
        final long questionId = client.askOutcome(4711);
        assertTrue(questionId > 0);
        assertEquals(1, client.inFlightCount());
        pollUntil(client, () -> !listener.outcomes.isEmpty());
        assertEquals(new RequestOutcome(4711, Fate.IN_HAND, Reason.NONE, 42), listener.outcomes.get(0));
        assertEquals(0, client.inFlightCount());

        client.close();
        assertEquals(OfferCode.CLOSED, client.askOutcome(4711));
    }

    @Test
    void shouldTimeOutAQuestionLikeARequest()
    {
        client.close();
        client = CountersignClient.connect(
            gateway.context().listener(listener).requestTimeoutNs(TimeUnit.MILLISECONDS.toNanos(30)));
        gateway.script = SILENT;
        final long questionId = client.askOutcome(4711);
        pollUntil(client, () -> !listener.timedOut.isEmpty());
        assertEquals(List.of(questionId), listener.timedOut);
    }

    @Test
    void shouldNotHandOutWhatComesAtOrAfterItsDeadline()
    {
        gateway.script = (bot, templateId, requestId) ->
        {
            bot.deadlineNs = System.currentTimeMillis() * 1_000_000;
            bot.sign(requestId);
        };
        final long late = SessionTest.offer(client);
        pollUntil(client, () -> !listener.expired.isEmpty());
        assertEquals(List.of(late), listener.expired);
        assertEquals(List.of(), listener.signed);
        assertEquals(0, client.inFlightCount());

        gateway.script = (bot, templateId, requestId) ->
        {
            bot.deadlineNs = (System.currentTimeMillis() + 60_000) * 1_000_000;
            bot.sign(requestId);
        };
        final long inTime = SessionTest.offer(client);
        pollUntil(client, () -> !listener.signed.isEmpty());
        assertEquals(inTime, listener.signed.get(0).requestId());
    }

    @ParameterizedTest
    @EnumSource(value = SessionEnd.class, names = {"IDLE", "NOT_GRANTED", "GATEWAY_STOPPED"})
    void shouldSayWhyTheGatewayClosedTheSession(final SessionEnd end)
    {
        gateway.script = SILENT;
        final long requestId = SessionTest.offer(client);
        gateway.onThread(() -> gateway.onlyBot().end(end));
        pollUntil(client, () -> !listener.lost.isEmpty());
        assertEquals(List.of(LossCause.valueOf(end.name())), listener.lost);
        assertEquals(CountersignClient.State.LOST, client.state());
        assertTrue(client.isInFlight(requestId));
        assertEquals(OfferCode.NOT_CONNECTED, SessionTest.offer(client));
    }

    @Test
    void shouldKeepTheSessionAliveOnlyWhenNothingElseIsSent()
    {
        client.close();
        gateway.idleTimeoutMs = 60;
        final long startNs = System.nanoTime();
        client = CountersignClient.connect(gateway.context().listener(listener));
        pollUntil(client, () -> gateway.keepAlives.get() >= 3);
        assertTrue(System.nanoTime() - startNs >= TimeUnit.MILLISECONDS.toNanos(3 * 20), "too many");

        close();
        open();
        SessionTest.offer(client);
        pollUntil(client, () -> !listener.signed.isEmpty());
        assertEquals(0, gateway.keepAlives.get());
    }

    @Test
    void shouldHoldTheGatewaysLimit()
    {
        client.close();
        gateway.maxInFlight = 3;
        gateway.script = SILENT;
        client = CountersignClient.connect(gateway.context().listener(listener));
        for (int i = 0; i < 3; i++)
        {
            assertTrue(SessionTest.offer(client) > 0);
        }

        assertEquals(OfferCode.TOO_MANY_IN_FLIGHT, SessionTest.offer(client));
    }

    @Test
    void shouldDoTheSameInOneCall()
    {
        client.close();
        try (BlockingClient blocking = BlockingClient.connect(gateway.context()))
        {
            assertEquals(9, blocking.newOrder((order) -> SessionTest.fill(order).requestId(9)).requestId());

            gateway.script = (bot, templateId, requestId) -> bot.outcome(requestId, 9, Fate.SIGNED, Reason.NONE);
            assertEquals(new RequestOutcome(9, Fate.SIGNED, Reason.NONE, 42), blocking.askOutcome(9));
            final RequestKnownException known = assertThrows(RequestKnownException.class,
                () -> blocking.newOrder((order) -> SessionTest.fill(order).requestId(9)));
            assertEquals(Fate.SIGNED, known.outcome().fate());

            gateway.script = (bot, templateId, requestId) ->
            {
                bot.deadlineNs = 1;
                bot.sign(requestId);
            };
            assertEquals(9, assertThrows(RequestExpiredException.class,
                () -> blocking.newOrder((order) -> SessionTest.fill(order).requestId(9))).requestId());
            gateway.script = (bot, templateId, requestId) -> bot.reject(requestId, Reason.DEADLINE_PASSED, "");
            assertThrows(RejectedException.class, () -> blocking.askOutcome(9));
        }
    }
}
