package io.countersign.client;

import io.countersign.codecs.wire.Method;
import io.countersign.codecs.wire.OrderType;
import io.countersign.codecs.wire.Reason;
import io.countersign.codecs.wire.Side;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class BlockingClientTest
{
    private static final ScriptedGateway.Script SILENT = (bot, templateId, requestId) ->
    {
    };

    private ScriptedGateway gateway;
    private BlockingClient client;

    @BeforeEach
    void open()
    {
        gateway = new ScriptedGateway();
        client = BlockingClient.connect(gateway.context()
            .driverTimeoutMs(500).requestTimeoutNs(TimeUnit.SECONDS.toNanos(5)));
    }

    @AfterEach
    void close()
    {
        client.close();
        gateway.close();
    }

    @Test
    void shouldReturnFinishedRequests()
    {
        final SignedRequest signed = client.newOrder(BlockingClientTest::fill);
        final long id = signed.requestId();
        assertEquals(
            new SignedRequest(
                id, Method.POST, Bot.PATH, Bot.QUERY, Bot.HEADERS, "", Bot.SIGNATURE, Bot.TIMESTAMP_MS, 10,
                Bot.SIGN_NS),
            signed);
        assertFalse(signed.toString().contains(Bot.SIGNATURE), signed.toString());
        assertFalse(signed.toString().contains("APIKEY"), signed.toString());

        assertEquals(id + 1, client.cancelOrder(cancel -> cancel.key("k").symbol("S").orderId(1)).requestId());
        assertEquals(id + 2, client.queryOrder(query -> query.key("k").symbol("S").orderId(1)).requestId());
        assertEquals(id + 3, client.queryAccount(query -> query.key("k")).requestId());
        assertEquals(id + 4, client.cancelAll(cancel -> cancel.key("k").symbol("S")).requestId());
        assertEquals(id + 5, client.queryOrders(query -> query.key("k")).requestId());
        assertEquals(id + 6, client.login(login -> login.key("k").messageSequence(1)).requestId());
        assertEquals(id + 7, client.transaction(request -> request.key("k").accountNonce(1)).requestId());
        assertEquals(ScriptedGateway.GATEWAY_START_NS, client.gatewayStartNs());
        assertEquals(
            List.of(10, 11, 12, 13, 14, 15, 16, 17),
            gateway.frames.stream().skip(2).map((frame) -> (int) frame[2]).toList());
    }

    @Test
    void shouldServeSeveralThreads()
    {
        final Set<Long> requestIds = new ConcurrentSkipListSet<>();
        IntStream.range(0, 200).parallel()
            .forEach(i -> requestIds.add(client.newOrder(BlockingClientTest::fill).requestId()));
        assertEquals(200, requestIds.size());
    }

    @Test
    void shouldThrowWhereRequestIsRejected()
    {
        gateway.script = (bot, templateId, requestId) -> bot.reject(requestId, Reason.SYMBOL_NOT_GRANTED, "btc");
        final RejectedException ex =
            assertThrows(RejectedException.class, () -> client.newOrder(BlockingClientTest::fill));
        assertEquals(Reason.SYMBOL_NOT_GRANTED, ex.reason());
        assertEquals("btc", ex.rule());
        assertEquals(
            "request " + ex.requestId() + " was refused: SYMBOL_NOT_GRANTED, nearest rule btc", ex.getMessage());

        gateway.script = (bot, templateId, requestId) -> bot.reject(
            CountersignClient.NULL_VALUE, Reason.TRAILING_BYTES, "");
        assertEquals(
            Reason.TRAILING_BYTES,
            assertThrows(RejectedException.class, () -> client.newOrder(BlockingClientTest::fill)).reason());

        gateway.script = (bot, templateId, requestId) -> bot.sign(requestId);
        assertEquals(ex.requestId() + 2, client.newOrder(BlockingClientTest::fill).requestId());
    }

    @Test
    void shouldThrowWhereNoReplyComes()
    {
        client.close();
        client = BlockingClient.connect(gateway.context().requestTimeoutNs(TimeUnit.MILLISECONDS.toNanos(30)));
        gateway.script = SILENT;
        final RequestTimeoutException ex =
            assertThrows(RequestTimeoutException.class, () -> client.newOrder(BlockingClientTest::fill));
        assertTrue(ex.requestId() > 0);
        assertEquals("no reply to request " + ex.requestId() + " within 30 ms; askOutcome tells whether it was signed",
            ex.getMessage());
        final RequestTimeoutException question =
            assertThrows(RequestTimeoutException.class, () -> client.askOutcome(ex.requestId()));
        assertEquals("no reply to request " + question.requestId() + " within 30 ms; ask again", question.getMessage());
    }

    @Test
    void shouldNotAdviseToAskWhatBecameOfAnAccessToken()
    {
        client.close();
        client = BlockingClient.connect(gateway.context().requestTimeoutNs(TimeUnit.MILLISECONDS.toNanos(30)));
        gateway.script = SILENT;
        final RequestTimeoutException ex =
            assertThrows(RequestTimeoutException.class, () -> client.presentAccessToken(new byte[100]));
        assertEquals("no reply to request " + ex.requestId() + " within 30 ms; present the access token again",
            ex.getMessage());
    }

    @Test
    void shouldAdviseToPresentAnAccessTokenAgainAfterALoss()
    {
        gateway.script = (bot, templateId, requestId) -> bot.egress.close();
        final GatewayLostException lost =
            assertThrows(GatewayLostException.class, () -> client.presentAccessToken(new byte[100]));
        assertTrue(lost.getMessage().endsWith("; connect again and present the access token again"), lost.getMessage());
    }

    @Test
    void shouldThrowWhereGatewayIsLostBeforeAndAfterSending()
    {
        gateway.script = (bot, templateId, requestId) -> bot.egress.close();
        final GatewayLostException after =
            assertThrows(GatewayLostException.class, () -> client.newOrder(BlockingClientTest::fill));
        assertEquals(LossCause.EGRESS_CLOSED, after.lossCause());
        assertTrue(after.requestId() > 0);

        final GatewayLostException before =
            assertThrows(GatewayLostException.class, () -> client.newOrder(BlockingClientTest::fill));
        assertEquals(LossCause.EGRESS_CLOSED, before.lossCause());
        assertEquals(CountersignClient.NULL_VALUE, before.requestId());
    }

    @Test
    void shouldNoticeBetweenRequestsThatGatewayDied()
    {
        gateway.closeDriver();
        final long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (CountersignClient.State.LOST != client.state())
        {
            assertTrue(System.nanoTime() - deadlineNs < 0, "not lost within 10 s");
            Thread.yield();
        }

        assertEquals(
            LossCause.DRIVER_GONE,
            assertThrows(GatewayLostException.class, () -> client.newOrder(BlockingClientTest::fill)).lossCause());
    }

    @Test
    void shouldThrowWhereGatewayDoesNotKeepUp()
    {
        client.close();
        client = BlockingClient.connect(gateway.context().requestTimeoutNs(1));
        gateway.onThread(() -> gateway.reads = false);

        CountersignException thrown = null;
        for (int i = 0; i < 1_000 && !(thrown instanceof BackPressureException); i++)
        {
            thrown = assertThrows(CountersignException.class, () -> client.newOrder(BlockingClientTest::fill));
        }

        assertTrue(thrown instanceof BackPressureException, String.valueOf(thrown));
        assertTrue(thrown.getMessage().contains("does not keep up"), thrown.getMessage());
    }

    @Test
    void shouldThrowWhereFieldIsOutOfRange()
    {
        final IllegalArgumentException ex = assertThrows(
            IllegalArgumentException.class,
            () -> client.newOrder(order -> fill(order).symbol("S".repeat(65))));
        assertTrue(ex.getMessage().endsWith(": symbol"), ex.getMessage());
        assertThrows(
            IllegalArgumentException.class,
            () -> client.newOrder(order -> fill(order).price("1,5")));
        assertThrows(IllegalStateException.class, () -> client.newOrder(order -> fill(order).offer()));
        assertTrue(client.newOrder(BlockingClientTest::fill).requestId() > 0);

        client.close();
        assertThrows(IllegalStateException.class, () -> client.newOrder(BlockingClientTest::fill));
    }

    private static NewOrderRequest fill(final NewOrderRequest order)
    {
        return order.key("k").symbol("BTCUSDT").side(Side.BUY).orderType(OrderType.LIMIT)
            .quantity("0.015").price(new BigDecimal("64000.10"));
    }
}
