package io.countersign.client;

import io.countersign.codecs.WireFrame;
import io.countersign.codecs.authentication.FrameAuthenticator;
import io.countersign.codecs.wire.CancelAllDecoder;
import io.countersign.codecs.wire.CancelOrderDecoder;
import io.countersign.codecs.wire.CancelRestriction;
import io.countersign.codecs.wire.DecimalDecoder;
import io.countersign.codecs.wire.Flag;
import io.countersign.codecs.wire.LoginDecoder;
import io.countersign.codecs.wire.MessageHeaderDecoder;
import io.countersign.codecs.wire.NewOrderDecoder;
import io.countersign.codecs.wire.OrderType;
import io.countersign.codecs.wire.QueryAccountDecoder;
import io.countersign.codecs.wire.QueryOrderDecoder;
import io.countersign.codecs.wire.QueryOrdersDecoder;
import io.countersign.codecs.wire.Reason;
import io.countersign.codecs.wire.ResponseType;
import io.countersign.codecs.wire.SelfTradePrevention;
import io.countersign.codecs.wire.Side;
import io.countersign.codecs.wire.TimeInForce;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

import static org.junit.jupiter.api.Assertions.assertEquals;

class RequestTest
{
    private static final long SESSION_ID = 0x1122334455667788L;
    private static final long REQUEST_ID = 77;

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final NewOrderDecoder newOrder = new NewOrderDecoder();

    @Test
    void shouldEncodeEveryFieldOfNewOrderInWhateverOrderTheyAreSet()
    {
        final NewOrderRequest request = new NewOrderRequest(null);
        request.reset();
        final UnsafeBuffer bytes = new UnsafeBuffer("..ETHUSDT..".getBytes(StandardCharsets.UTF_8));
        request
            .clientOrderId("order-\u20ac-1").symbol(bytes, 2, 7).key("main")
            .goodTilBlock(9).reduceOnly(true).strategyType(-5).strategyId(6).trailingDelta(7)
            .icebergQuantity(8, 1).stopPrice("9.50").price(new BigDecimal("10.00")).quoteQuantity(11, -18)
            .quantity(-12, 18)
            .selfTradePrevention(SelfTradePrevention.TRANSFER).responseType(ResponseType.FULL)
            .timeInForce(TimeInForce.FOK).orderType(OrderType.LIMIT_MAKER).side(Side.SELL)
            .maxAgeMs(5_000).deadlineNs(123);

        complete(request);
        decode(request);
        assertEquals(SESSION_ID, newOrder.sessionId());
        assertEquals(REQUEST_ID, newOrder.requestId());
        assertEquals(123, newOrder.deadlineNs());
        assertEquals(5_000, newOrder.maxAgeMs());
        assertEquals(Side.SELL, newOrder.side());
        assertEquals(OrderType.LIMIT_MAKER, newOrder.orderType());
        assertEquals(TimeInForce.FOK, newOrder.timeInForce());
        assertEquals(ResponseType.FULL, newOrder.responseType());
        assertEquals(SelfTradePrevention.TRANSFER, newOrder.selfTradePrevention());
        assertDecimal(-12, 18, newOrder.quantity());
        assertDecimal(11, -18, newOrder.quoteQuantity());
        assertDecimal(1000, -2, newOrder.price());
        assertDecimal(950, -2, newOrder.stopPrice());
        assertDecimal(8, 1, newOrder.icebergQuantity());
        assertEquals(7, newOrder.trailingDelta());
        assertEquals(6, newOrder.strategyId());
        assertEquals(-5, newOrder.strategyType());
        assertEquals(Flag.TRUE, newOrder.reduceOnly());
        assertEquals(9, newOrder.goodTilBlock());
        assertEquals("main", newOrder.key());
        assertEquals("ETHUSDT", newOrder.symbol());
        assertEquals("order-\u20ac-1", newOrder.clientOrderId());
    }

    @Test
    void shouldLeaveOutWhatIsNotSetAlsoWhenUsedAgain()
    {
        final NewOrderRequest request = new NewOrderRequest(null);
        request.reset();
        SessionTest.fill(request).clientOrderId("x").strategyId(1).reduceOnly(false).goodTilBlock(1).deadlineNs(1)
            .symbol("S".repeat(65));
        request.reset();
        assertEquals(null, request.invalidField());

        decode(request);
        assertEquals(NewOrderDecoder.deadlineNsNullValue(), newOrder.deadlineNs());
        assertEquals(NewOrderDecoder.maxAgeMsNullValue(), newOrder.maxAgeMs());
        assertEquals(Side.NULL_VAL, newOrder.side());
        assertEquals(OrderType.NULL_VAL, newOrder.orderType());
        assertEquals(TimeInForce.NULL_VAL, newOrder.timeInForce());
        assertEquals(ResponseType.NULL_VAL, newOrder.responseType());
        assertEquals(SelfTradePrevention.NULL_VAL, newOrder.selfTradePrevention());
        assertDecimal(DecimalDecoder.mantissaNullValue(), 0, newOrder.quantity());
        assertDecimal(DecimalDecoder.mantissaNullValue(), 0, newOrder.quoteQuantity());
        assertDecimal(DecimalDecoder.mantissaNullValue(), 0, newOrder.price());
        assertDecimal(DecimalDecoder.mantissaNullValue(), 0, newOrder.stopPrice());
        assertDecimal(DecimalDecoder.mantissaNullValue(), 0, newOrder.icebergQuantity());
        assertEquals(NewOrderDecoder.trailingDeltaNullValue(), newOrder.trailingDelta());
        assertEquals(NewOrderDecoder.strategyIdNullValue(), newOrder.strategyId());
        assertEquals(NewOrderDecoder.strategyTypeNullValue(), newOrder.strategyType());
        assertEquals(Flag.NULL_VAL, newOrder.reduceOnly());
        assertEquals(NewOrderDecoder.goodTilBlockNullValue(), newOrder.goodTilBlock());
        assertEquals("", newOrder.key());
        assertEquals("", newOrder.symbol());
        assertEquals("", newOrder.clientOrderId());
    }

    @Test
    void shouldEncodeCancelOrder()
    {
        final CancelOrderRequest request = new CancelOrderRequest(null);
        request.reset();
        final int blankLength = request.complete(SESSION_ID, 3, REQUEST_ID);
        final CancelOrderDecoder decoder = new CancelOrderDecoder();
        decoder.wrapAndApplyHeader(request.frame(), 0, header);
        assertEquals(CancelOrderDecoder.orderIdNullValue(), decoder.orderId());
        assertEquals(CancelRestriction.NULL_VAL, decoder.cancelRestriction());
        assertEquals(CancelOrderDecoder.goodTilBlockNullValue(), decoder.goodTilBlock());
        assertEquals(blankLength, MessageHeaderDecoder.ENCODED_LENGTH + decoder.sbeDecodedLength());

        request.key("k").venueOrderId("v").symbol("S").originalClientOrderId("o").clientOrderId("c").orderId(5)
            .cancelRestriction(CancelRestriction.ONLY_NEW).goodTilBlock(10).deadlineNs(8).maxAgeMs(9);
        complete(request);
        decoder.wrapAndApplyHeader(request.frame(), 0, header);
        assertEquals(SESSION_ID, decoder.sessionId());
        assertEquals(REQUEST_ID, decoder.requestId());
        assertEquals(8, decoder.deadlineNs());
        assertEquals(9, decoder.maxAgeMs());
        assertEquals(5, decoder.orderId());
        assertEquals(CancelRestriction.ONLY_NEW, decoder.cancelRestriction());
        assertEquals(10, decoder.goodTilBlock());
        assertEquals("k", decoder.key());
        assertEquals("S", decoder.symbol());
        assertEquals("o", decoder.originalClientOrderId());
        assertEquals("c", decoder.clientOrderId());
        assertEquals("v", decoder.venueOrderId());
    }

    @Test
    void shouldEncodeQueryOrder()
    {
        final QueryOrderRequest request = new QueryOrderRequest(null);
        request.reset();
        request.complete(SESSION_ID, 3, REQUEST_ID);
        final QueryOrderDecoder decoder = new QueryOrderDecoder();
        decoder.wrapAndApplyHeader(request.frame(), 0, header);
        assertEquals(QueryOrderDecoder.orderIdNullValue(), decoder.orderId());

        request.venueOrderId(new UnsafeBuffer(bytes("[v]")), 1, 1).originalClientOrderId("o").symbol("S").key("k")
            .orderId(5).maxAgeMs(9).deadlineNs(8);
        complete(request);
        decoder.wrapAndApplyHeader(request.frame(), 0, header);
        assertEquals(SESSION_ID, decoder.sessionId());
        assertEquals(REQUEST_ID, decoder.requestId());
        assertEquals(8, decoder.deadlineNs());
        assertEquals(9, decoder.maxAgeMs());
        assertEquals(5, decoder.orderId());
        assertEquals("k", decoder.key());
        assertEquals("S", decoder.symbol());
        assertEquals("o", decoder.originalClientOrderId());
        assertEquals("v", decoder.venueOrderId());
    }

    @Test
    void shouldEncodeCancelAll()
    {
        final CancelAllRequest request = new CancelAllRequest(null);
        request.reset();
        complete(request);
        final CancelAllDecoder decoder = new CancelAllDecoder();
        decoder.wrapAndApplyHeader(request.frame(), 0, header);
        assertEquals(CancelAllDecoder.maxAgeMsNullValue(), decoder.maxAgeMs());
        assertEquals("", decoder.key());
        assertEquals("", decoder.symbol());

        request.symbol("S").key("k").deadlineNs(8).maxAgeMs(9);
        complete(request);
        decoder.wrapAndApplyHeader(request.frame(), 0, header);
        assertEquals(SESSION_ID, decoder.sessionId());
        assertEquals(3, decoder.ingressSequence());
        assertEquals(REQUEST_ID, decoder.requestId());
        assertEquals(8, decoder.deadlineNs());
        assertEquals(9, decoder.maxAgeMs());
        assertEquals("k", decoder.key());
        assertEquals("S", decoder.symbol());
    }

    @Test
    void shouldEncodeQueryOrders()
    {
        final QueryOrdersRequest request = new QueryOrdersRequest(null);
        request.reset();
        complete(request);
        final QueryOrdersDecoder decoder = new QueryOrdersDecoder();
        decoder.wrapAndApplyHeader(request.frame(), 0, header);
        assertEquals(QueryOrdersDecoder.maxAgeMsNullValue(), decoder.maxAgeMs());
        assertEquals("", decoder.key());
        assertEquals("", decoder.symbol());

        request.symbol(new UnsafeBuffer(bytes("[S]")), 1, 1).key("k").deadlineNs(8).maxAgeMs(9);
        complete(request);
        decoder.wrapAndApplyHeader(request.frame(), 0, header);
        assertEquals(SESSION_ID, decoder.sessionId());
        assertEquals(3, decoder.ingressSequence());
        assertEquals(REQUEST_ID, decoder.requestId());
        assertEquals(8, decoder.deadlineNs());
        assertEquals(9, decoder.maxAgeMs());
        assertEquals("k", decoder.key());
        assertEquals("S", decoder.symbol());
    }

    @Test
    void shouldEncodeLogin()
    {
        final LoginRequest request = new LoginRequest(null);
        request.reset();
        complete(request);
        final LoginDecoder decoder = new LoginDecoder();
        decoder.wrapAndApplyHeader(request.frame(), 0, header);
        assertEquals(LoginDecoder.maxAgeMsNullValue(), decoder.maxAgeMs());
        assertEquals(LoginDecoder.messageSequenceNullValue(), decoder.messageSequence());
        assertEquals("", decoder.key());
        assertEquals("", decoder.senderCompId());
        assertEquals("", decoder.targetCompId());

        request.targetCompId("SPOT").senderCompId(new UnsafeBuffer(bytes("[BOT]")), 1, 3).key("k").messageSequence(1)
            .deadlineNs(8).maxAgeMs(9);
        complete(request);
        decoder.wrapAndApplyHeader(request.frame(), 0, header);
        assertEquals(SESSION_ID, decoder.sessionId());
        assertEquals(3, decoder.ingressSequence());
        assertEquals(REQUEST_ID, decoder.requestId());
        assertEquals(8, decoder.deadlineNs());
        assertEquals(9, decoder.maxAgeMs());
        assertEquals(1, decoder.messageSequence());
        assertEquals("k", decoder.key());
        assertEquals("BOT", decoder.senderCompId());
        assertEquals("SPOT", decoder.targetCompId());

        request.senderCompId("B".repeat(65));
        assertEquals("senderCompId", request.invalidField());
    }

    @Test
    void shouldEncodeQueryAccount()
    {
        final QueryAccountRequest request = new QueryAccountRequest(null);
        request.reset();
        request.complete(SESSION_ID, 3, REQUEST_ID);
        final QueryAccountDecoder decoder = new QueryAccountDecoder();
        decoder.wrapAndApplyHeader(request.frame(), 0, header);
        assertEquals(Flag.NULL_VAL, decoder.omitZeroBalances());

        request.omitZeroBalances(true).key("k").deadlineNs(8).maxAgeMs(9);
        complete(request);
        decoder.wrapAndApplyHeader(request.frame(), 0, header);
        assertEquals(SESSION_ID, decoder.sessionId());
        assertEquals(REQUEST_ID, decoder.requestId());
        assertEquals(8, decoder.deadlineNs());
        assertEquals(9, decoder.maxAgeMs());
        assertEquals(Flag.TRUE, decoder.omitZeroBalances());
        assertEquals("k", decoder.key());
    }

    @Test
    void shouldTakeTextsOfSixtyFourBytesAndRefuseLongerOnes()
    {
        final QueryOrderRequest request = new QueryOrderRequest(null);
        request.reset();
        request.key("k".repeat(64)).symbol("\u20ac".repeat(21) + "x");
        assertEquals(null, request.invalidField());
        request.symbol("\u20ac".repeat(21) + "xy");
        assertEquals("symbol", request.invalidField());

        request.reset();
        request.originalClientOrderId("half a pair \ud800");
        assertEquals("originalClientOrderId", request.invalidField());
    }

    /** The frame is one that a gateway reads. */
    private static void complete(final Request<?> request)
    {
        final int length = request.complete(SESSION_ID, 3, REQUEST_ID) + FrameAuthenticator.TAG_LENGTH;
        assertEquals(Reason.NONE, Reason.get(WireFrame.check(request.frame(), 0, length)));
    }

    private static byte[] bytes(final String text)
    {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void decode(final NewOrderRequest request)
    {
        final int length = request.complete(SESSION_ID, 3, REQUEST_ID);
        newOrder.wrapAndApplyHeader(request.frame(), 0, header);
        assertEquals(length, MessageHeaderDecoder.ENCODED_LENGTH + newOrder.sbeDecodedLength());
        newOrder.sbeRewind();
    }

    private static void assertDecimal(final long mantissa, final int exponent, final DecimalDecoder decimal)
    {
        assertEquals(mantissa, decimal.mantissa());
        assertEquals(exponent, decimal.exponent());
    }
}
