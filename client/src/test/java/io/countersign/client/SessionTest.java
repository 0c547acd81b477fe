package io.countersign.client;

import io.countersign.codecs.wire.MessageHeaderEncoder;
import io.countersign.codecs.wire.Method;
import io.countersign.codecs.wire.OrderType;
import io.countersign.codecs.wire.Reason;
import io.countersign.codecs.wire.Side;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.concurrent.TimeUnit;

import static io.countersign.client.RecordingListener.pollUntil;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class SessionTest
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
    void shouldDeliverSignedRequest()
    {
        final long requestId = offer(client);
        assertTrue(client.isInFlight(requestId));
        assertEquals(1, client.inFlightCount());

        pollUntil(client, () -> !listener.signed.isEmpty());
        assertEquals(
            new SignedRequest(
                requestId, Method.POST, Bot.PATH, Bot.QUERY, Bot.HEADERS, "", Bot.SIGNATURE, Bot.TIMESTAMP_MS, 10,
                Bot.SIGN_NS),
            listener.signed.get(0));
        assertFalse(client.isInFlight(requestId));
        assertEquals(requestId + 1, offer(client));
    }

    @Test
    void shouldDeliverAMessageThatIsNoHttpRequest()
    {
        gateway.script = (bot, templateId, requestId) -> bot.signMessage(requestId, "8=FIX.4.4\u000135=A\u0001");
        final long requestId = client.login()
            .key("k").messageSequence(1).senderCompId("BOT").targetCompId("SPOT").offer();
        pollUntil(client, () -> !listener.signed.isEmpty());
        assertEquals(
            new SignedRequest(
                requestId, Method.MESSAGE, "", "", "", "8=FIX.4.4\u000135=A\u0001", Bot.SIGNATURE, Bot.TIMESTAMP_MS,
                10, Bot.SIGN_NS),
            listener.signed.get(0));
        assertEquals(0, client.inFlightCount());
        assertEquals(0, client.strangeReplies());
    }

    @Test
    void shouldDeliverRejection()
    {
        gateway.script =
            (bot, templateId, requestId) -> bot.reject(requestId, Reason.QUANTITY_ABOVE_LIMIT, "btc-small");
        final long requestId = offer(client);
        pollUntil(client, () -> !listener.rejected.isEmpty());

        final RejectedException rejection = listener.rejected.get(0);
        assertEquals(requestId, rejection.requestId());
        assertEquals(Reason.QUANTITY_ABOVE_LIMIT, rejection.reason());
        assertEquals("btc-small", rejection.rule());
        assertEquals(42, rejection.recordSequence());
        assertEquals(0, client.inFlightCount());
    }

    @Test
    void shouldDeliverRejectionThatNamesNoRequest()
    {
        gateway.script =
            (bot, templateId, requestId) -> bot.reject(CountersignClient.NULL_VALUE, Reason.FRAME_TRUNCATED, "");
        final long requestId = offer(client);
        pollUntil(client, () -> !listener.rejected.isEmpty());
        assertEquals(CountersignClient.NULL_VALUE, listener.rejected.get(0).requestId());
        assertTrue(client.isInFlight(requestId));
    }

    @Test
    void shouldNotSendOneRequestTwice()
    {
        final NewOrderRequest order = client.newOrder().key("k").symbol("BTCUSDT");
        assertTrue(order.offer() > 0);
        assertEquals(OfferCode.REQUEST_SPENT, order.offer());
    }

    @Test
    void shouldShowTimeOutAndCountTheLateReply()
    {
        client.close();
        client = CountersignClient.connect(
            gateway.context().listener(listener).requestTimeoutNs(TimeUnit.MILLISECONDS.toNanos(30)));
        gateway.script = SILENT;
        final long sentNs = System.nanoTime();
        final long requestId = offer(client);
        pollUntil(client, () -> !listener.timedOut.isEmpty());
        assertTrue(System.nanoTime() - sentNs >= TimeUnit.MILLISECONDS.toNanos(30), "timed out too early");
        assertEquals(List.of(requestId), listener.timedOut);

        gateway.script = (bot, templateId, newId) ->
        {
            bot.sign(requestId);
            bot.sign(newId);
            bot.sign(newId);
        };
        final long newId = offer(client);
        pollUntil(client, () -> 2 == client.lateReplies());
        assertEquals(List.of(newId), listener.signed.stream().map(SignedRequest::requestId).toList());
        assertEquals(0, client.strangeReplies());
    }

    @Test
    void shouldCountRepliesThatAreNotItsOwnOrMalformed()
    {
        gateway.script = (bot, templateId, requestId) ->
        {
            bot.send(bot.encodeSigned(bot.sessionId + 1, requestId));
            bot.sign(requestId + 1);
            bot.send(bot.encodeSigned(bot.sessionId, requestId) - 1);
            bot.send(bot.encodeSigned(bot.sessionId, requestId) + 1);
            for (int field = 0; field < MessageHeaderEncoder.ENCODED_LENGTH; field += Short.BYTES)
            {
                final int length = bot.encodeSigned(bot.sessionId, requestId);
                bot.buffer.putShort(field, (short) 999);
                bot.send(length);
            }

            bot.send(3);
            bot.open(1, 1, 1);
            bot.refuse(1, Reason.UNKNOWN_PRINCIPAL);
            bot.encodeSigned(bot.sessionId, requestId);
            bot.send(bot.egress.maxPayloadLength() + 1);
            bot.sign(requestId);
        };
        final long requestId = offer(client);
        pollUntil(client, () -> !listener.signed.isEmpty());
        assertEquals(requestId, listener.signed.get(0).requestId());
        assertEquals(1, listener.signed.size());
        // Eleven frames, and one that came in two fragments.
        assertEquals(11 + 2, client.strangeReplies());
        assertEquals(0, client.lateReplies());
    }

    @Test
    void shouldShowBackPressureAndGoOnAfterIt()
    {
        gateway.onThread(() -> gateway.reads = false);

        final NewOrderRequest order = fill(client.newOrder());
        long code = order.offer();
        int sent = 0;
        while (code > 0)
        {
            assertTrue(++sent < 10_000, "no back pressure");
            code = fill(client.newOrder()).offer();
        }

        assertEquals(OfferCode.BACK_PRESSURED, code);
        assertEquals(1, client.backPressured());
        assertEquals(sent, client.inFlightCount());
        assertEquals(CountersignClient.State.CONNECTED, client.state());

        gateway.reads = true;
        final int expected = sent;
        pollUntil(client, () -> expected == listener.signed.size());
        // The driver moves the window on a thread of its own.
        final long[] requestId = new long[1];
        pollUntil(client, () -> OfferCode.BACK_PRESSURED != (requestId[0] = order.offer()));
        assertTrue(requestId[0] > 0);
    }

    @Test
    void shouldShowThatTooManyAreInFlight()
    {
        client.close();
        client = CountersignClient.connect(gateway.context().listener(listener).maxInFlight(4));
        gateway.script = SILENT;
        final long firstId = offer(client);
        for (int i = 1; i < 4; i++)
        {
            assertEquals(firstId + i, offer(client));
        }

        assertEquals(OfferCode.TOO_MANY_IN_FLIGHT, offer(client));
    }

    @Test
    void shouldShowFieldsOutOfRange()
    {
        final NewOrderRequest order = fill(client.newOrder()).symbol("S".repeat(65)).price(1, 19);
        assertEquals(OfferCode.FIELD_OUT_OF_RANGE, order.offer());
        assertEquals("symbol", order.invalidField());
        assertEquals(OfferCode.FIELD_OUT_OF_RANGE, fill(client.newOrder()).price(1, -19).offer());
        assertEquals(OfferCode.FIELD_OUT_OF_RANGE, fill(client.newOrder()).price(Long.MIN_VALUE, 0).offer());
        final NewOrderRequest named = fill(client.newOrder());
        assertEquals(OfferCode.FIELD_OUT_OF_RANGE, named.offer(0));
        assertEquals("requestId", named.invalidField());
        assertTrue(offer(client) > 0);
    }

    @Test
    void shouldLetListenerThrowThroughPollButNotPoll()
    {
        final RuntimeException expected = new RuntimeException("from the listener");
        final ReplyListener throwing = new ForwardingListener(listener)
        {
            @Override
            public void onSigned(final long requestId, final SignedRequestView signed)
            {
                super.onSigned(requestId, signed);
                assertThrows(IllegalStateException.class, () -> client.poll());
                throw expected;
            }
        };
        client.close();
        client = CountersignClient.connect(gateway.context().listener(throwing));
        offer(client);
        assertEquals(
            expected,
            assertThrows(RuntimeException.class, () -> pollUntil(client, () -> false)));
        assertEquals(1, listener.signed.size());
        assertEquals(CountersignClient.State.CONNECTED, client.state());
    }

    @Test
    void shouldLetListenerCloseTheClient()
    {
        final ReplyListener closing = new ForwardingListener(listener)
        {
            @Override
            public void onSigned(final long requestId, final SignedRequestView signed)
            {
                super.onSigned(requestId, signed);
                client.close();
            }
        };
        client.close();
        client = CountersignClient.connect(gateway.context().listener(closing));
        offer(client);
        offer(client);
        pollUntil(client, () -> CountersignClient.State.CLOSED == client.state());
        assertEquals(1, listener.signed.size());
    }

    @Test
    void shouldKeepRepliesOfTwoClientsApart()
    {
        final RecordingListener otherListener = new RecordingListener();
        try (CountersignClient other = CountersignClient.connect(gateway.context().listener(otherListener)))
        {
            for (int i = 0; i < 100; i++)
            {
                offer(client);
            }

            for (int i = 0; i < 50; i++)
            {
                offer(other);
            }

            pollUntil(client, () -> 100 == listener.signed.size());
            pollUntil(other, () -> 50 == otherListener.signed.size());
            assertEquals(0, client.poll() + other.poll());
            assertEquals(0, client.strangeReplies() + other.strangeReplies());
            assertEquals(0, client.lateReplies() + other.lateReplies());
        }
    }

    static NewOrderRequest fill(final NewOrderRequest order)
    {
        return order
            .key("binance-spot")
            .symbol("BTCUSDT")
            .side(Side.BUY)
            .orderType(OrderType.LIMIT)
            .quantity(15, -3)
            .price(6_400_010, -2);
    }

    static long offer(final CountersignClient client)
    {
        return fill(client.newOrder()).offer();
    }
}
