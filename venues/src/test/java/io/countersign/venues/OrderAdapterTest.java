package io.countersign.venues;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.countersign.codecs.MutableDecimal;
import io.countersign.codecs.WireFrame;
import io.countersign.codecs.authentication.FrameAuthenticator;
import io.countersign.codecs.wire.CancelAllEncoder;
import io.countersign.codecs.wire.CancelOrderEncoder;
import io.countersign.codecs.wire.CancelRestriction;
import io.countersign.codecs.wire.ConnectEncoder;
import io.countersign.codecs.wire.DisconnectEncoder;
import io.countersign.codecs.wire.Flag;
import io.countersign.codecs.wire.LoginEncoder;
import io.countersign.codecs.wire.MessageHeaderEncoder;
import io.countersign.codecs.wire.NewOrderEncoder;
import io.countersign.codecs.wire.OrderType;
import io.countersign.codecs.wire.QueryAccountEncoder;
import io.countersign.codecs.wire.QueryOrderEncoder;
import io.countersign.codecs.wire.QueryOrdersEncoder;
import io.countersign.codecs.wire.ResponseType;
import io.countersign.codecs.wire.SelfTradePrevention;
import io.countersign.codecs.wire.Side;
import io.countersign.codecs.wire.TimeInForce;
import io.countersign.codecs.wire.TransactionEncoder;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrderAdapterTest
{
    private static final int OFFSET = 40;
    private static final String ADDRESS = "0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed";

    private final UnsafeBuffer frame = new UnsafeBuffer(new byte[1024]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final OrderAdapter adapter = new OrderAdapter();
    private final Order order = new Order();

    @Test
    void shouldReadEveryFieldOfANewOrder()
    {
        decode(newOrder());

        assertEquals(Operation.NEW_ORDER, order.operation());
        assertEquals(2, order.requestId());
        assertEquals(3, order.deadlineNs());
        assertEquals(4, order.maxAgeMs());
        assertEquals(Side.SELL.value(), order.side());
        assertEquals(OrderType.TAKE_PROFIT.value(), order.orderType());
        assertEquals(TimeInForce.FOK.value(), order.timeInForce());
        assertEquals(ResponseType.RESULT.value(), order.responseType());
        assertEquals(SelfTradePrevention.DECREMENT.value(), order.selfTradePrevention());
        assertDecimal(10, -1, order.quantity());
        assertDecimal(11, -2, order.quoteQuantity());
        assertDecimal(12, 3, order.price());
        assertDecimal(13, -18, order.stopPrice());
        assertDecimal(14, 18, order.icebergQuantity());
        assertEquals(15, order.trailingDelta());
        assertEquals(16, order.strategyId());
        assertEquals(17, order.strategyType());
        assertEquals(Flag.TRUE.value(), order.reduceOnly());
        assertEquals(18, order.goodTilBlock());
        assertEquals("main", order.key().toString());
        assertEquals("BTCUSDT", order.symbol().toString());
        assertEquals("mine-1", order.clientOrderId().toString());

        assertEquals(Order.NULL_LONG, order.orderId());
        assertEquals(Order.NULL_CODE, order.cancelRestriction());
        assertEquals(Order.NULL_CODE, order.omitZeroBalances());
        assertTrue(order.originalClientOrderId().isEmpty());
        assertTrue(order.venueOrderId().isEmpty());
        assertNothingOfALogin();
    }

    @Test
    void shouldReadEveryFieldOfACancel()
    {
        decode(newOrder());
        decode(cancel());

        assertEquals(Operation.CANCEL_ORDER, order.operation());
        assertRequest();
        assertEquals(5, order.orderId());
        assertEquals(CancelRestriction.ONLY_PARTIALLY_FILLED.value(), order.cancelRestriction());
        assertEquals("BTCUSDT", order.symbol().toString());
        assertEquals("mine-1", order.originalClientOrderId().toString());
        assertEquals("mine-2", order.clientOrderId().toString());
        assertEquals("theirs-1", order.venueOrderId().toString());
        assertNothingOfANewOrder();
    }

    @Test
    void shouldReadEveryFieldOfAQuery()
    {
        decode(newOrder());
        final QueryOrderEncoder encoder = new QueryOrderEncoder().wrapAndApplyHeader(frame, OFFSET, header)
            .sessionId(1).requestId(2).deadlineNs(3).maxAgeMs(4).orderId(5)
            .key("main").symbol("BTCUSDT").originalClientOrderId("mine-1").venueOrderId("theirs-1");
        decode(encoder.encodedLength());

        assertEquals(Operation.QUERY_ORDER, order.operation());
        assertRequest();
        assertEquals(5, order.orderId());
        assertEquals("BTCUSDT", order.symbol().toString());
        assertEquals("mine-1", order.originalClientOrderId().toString());
        assertEquals("theirs-1", order.venueOrderId().toString());
        assertTrue(order.clientOrderId().isEmpty());
        assertNothingOfANewOrder();
    }

    @Test
    void shouldReadEveryFieldOfAnAccountQuery()
    {
        decode(newOrder());
        final QueryAccountEncoder encoder = new QueryAccountEncoder().wrapAndApplyHeader(frame, OFFSET, header)
            .sessionId(1).requestId(2).deadlineNs(3).maxAgeMs(4).omitZeroBalances(Flag.FALSE).key("main");
        decode(encoder.encodedLength());

        assertEquals(Operation.QUERY_ACCOUNT, order.operation());
        assertRequest();
        assertEquals(Flag.FALSE.value(), order.omitZeroBalances());
        assertTrue(order.symbol().isEmpty());
        assertTrue(order.clientOrderId().isEmpty());
        assertNothingOfANewOrder();
    }

    @ParameterizedTest
    @ValueSource(strings = {"BTCUSDT", ""})
    void shouldReadEveryFieldOfACancelOfAllOrders(final String symbol)
    {
        decode(newOrder());
        decode(cancel());
        final CancelAllEncoder encoder = new CancelAllEncoder().wrapAndApplyHeader(frame, OFFSET, header)
            .sessionId(1).requestId(2).deadlineNs(3).maxAgeMs(4).key("main").symbol(symbol);
        decode(encoder.encodedLength());

        assertEquals(Operation.CANCEL_ALL, order.operation());
        assertRequest();
        assertEquals(symbol, order.symbol().toString());
        assertNothingOfOneOrder();
        assertNothingOfALogin();
    }

    @ParameterizedTest
    @ValueSource(strings = {"BTCUSDT", ""})
    void shouldReadEveryFieldOfAQueryOfTheOpenOrders(final String symbol)
    {
        decode(newOrder());
        decode(cancel());
        final QueryOrdersEncoder encoder = new QueryOrdersEncoder().wrapAndApplyHeader(frame, OFFSET, header)
            .sessionId(1).requestId(2).deadlineNs(3).maxAgeMs(4).key("main").symbol(symbol);
        decode(encoder.encodedLength());

        assertEquals(Operation.QUERY_ORDERS, order.operation());
        assertRequest();
        assertEquals(symbol, order.symbol().toString());
        assertNothingOfOneOrder();
        assertNothingOfALogin();
    }

    @Test
    void shouldReadEveryFieldOfALogin()
    {
        decode(newOrder());
        decode(cancel());
        final LoginEncoder encoder = new LoginEncoder().wrapAndApplyHeader(frame, OFFSET, header)
            .sessionId(1).requestId(2).deadlineNs(3).maxAgeMs(4).messageSequence(5)
            .key("main").senderCompId("BOT").targetCompId("SPOT");
        decode(encoder.encodedLength());

        assertEquals(Operation.LOGIN, order.operation());
        assertRequest();
        assertEquals(5, order.login().messageSequence());
        assertEquals("BOT", order.login().senderCompId().toString());
        assertEquals("SPOT", order.login().targetCompId().toString());
        assertTrue(order.symbol().isEmpty());
        assertNothingOfOneOrder();

        decode(cancel());
        assertNothingOfALogin();
        assertEquals(19, order.goodTilBlock());
    }

    @Test
    void shouldReadEveryFieldOfATransaction()
    {
        decode(newOrder());
        decode(transaction(ADDRESS, new byte[]{ 0, -1, 10 }));

        assertEquals(Operation.TRANSACT, order.operation());
        assertRequest();
        assertEquals(ADDRESS, order.symbol().toString());
        assertDecimal(5, -1, order.quantity());
        assertEquals(6, order.transaction().accountNonce());
        assertEquals(7, order.transaction().gasLimit());
        assertEquals(8, order.transaction().maxFeePerGas());
        assertEquals(9, order.transaction().maxPriorityFeePerGas());
        final byte[] data = new byte[order.transaction().data().length()];
        order.transaction().data().buffer().getBytes(order.transaction().data().offset(), data);
        assertArrayEquals(new byte[]{ 0, -1, 10 }, data);
        assertEquals(Order.NULL_INT, order.goodTilBlock());
        order.quantity().reset();
        assertNothingOfOneOrder();
        assertNothingOfALogin();

        decode(cancel());
        assertEquals(Order.NULL_LONG, order.transaction().accountNonce());
        assertEquals(Order.NULL_LONG, order.transaction().gasLimit());
        assertEquals(Order.NULL_LONG, order.transaction().maxFeePerGas());
        assertEquals(Order.NULL_LONG, order.transaction().maxPriorityFeePerGas());
        assertTrue(order.transaction().data().isEmpty());
    }

    /** A rule names a recipient once: no other spelling of it may be another symbol. */
    @Test
    void shouldSpellARecipientInOneWay()
    {
        decode(transaction("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", new byte[0]));
        assertEquals(ADDRESS, order.symbol().toString());
        for (final String wrong : new String[]{
            "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeD", ADDRESS.substring(2), "0X" + ADDRESS.substring(2), ""})
        {
            decode(transaction(wrong, new byte[0]));
            assertEquals(wrong, order.symbol().toString());
        }
    }

    @Test
    void shouldReadNullsAsNulls()
    {
        final NewOrderEncoder encoder = new NewOrderEncoder().wrapAndApplyHeader(frame, OFFSET, header)
            .sessionId(1).requestId(2)
            .deadlineNs(NewOrderEncoder.deadlineNsNullValue()).maxAgeMs(NewOrderEncoder.maxAgeMsNullValue())
            .side(Side.BUY).orderType(OrderType.MARKET).timeInForce(TimeInForce.NULL_VAL)
            .responseType(ResponseType.NULL_VAL).selfTradePrevention(SelfTradePrevention.NULL_VAL)
            .trailingDelta(NewOrderEncoder.trailingDeltaNullValue())
            .strategyId(NewOrderEncoder.strategyIdNullValue()).strategyType(NewOrderEncoder.strategyTypeNullValue())
            .reduceOnly(Flag.NULL_VAL).goodTilBlock(NewOrderEncoder.goodTilBlockNullValue());
        encoder.quantity().mantissa(1).exponent((byte) 0);
        encoder.quoteQuantity().mantissa(Long.MIN_VALUE).exponent((byte) 0);
        encoder.price().mantissa(Long.MIN_VALUE).exponent((byte) -128);
        encoder.stopPrice().mantissa(Long.MIN_VALUE).exponent((byte) 0);
        encoder.icebergQuantity().mantissa(Long.MIN_VALUE).exponent((byte) 0);
        encoder.key("").symbol("").clientOrderId("");
        decode(encoder.encodedLength());

        assertEquals(Order.NULL_LONG, order.deadlineNs());
        assertEquals(Order.NULL_INT, order.maxAgeMs());
        assertEquals(Order.NULL_CODE, order.timeInForce());
        assertEquals(Order.NULL_CODE, order.responseType());
        assertEquals(Order.NULL_CODE, order.selfTradePrevention());
        assertTrue(order.price().isNull());
        assertTrue(order.icebergQuantity().isNull());
        assertEquals(Order.NULL_LONG, order.trailingDelta());
        assertEquals(Order.NULL_LONG, order.strategyId());
        assertEquals(Order.NULL_INT, order.strategyType());
        assertEquals(Order.NULL_CODE, order.reduceOnly());
        assertEquals(Order.NULL_INT, order.goodTilBlock());
        assertTrue(order.key().isEmpty());
    }

    @Test
    void shouldFindNoOrderInWhatIsNoRequest()
    {
        decode(newOrder());
        new ConnectEncoder().wrapAndApplyHeader(frame, OFFSET, header).correlationId(1).principal("bot");
        assertFalse(adapter.decode(frame, OFFSET, order));
        assertNull(order.operation());
        assertEquals(Order.NULL_LONG, order.requestId());
        new DisconnectEncoder().wrapAndApplyHeader(frame, OFFSET, header).sessionId(1);
        assertFalse(adapter.decode(frame, OFFSET, order));
    }

    private int newOrder()
    {
        final NewOrderEncoder encoder = new NewOrderEncoder().wrapAndApplyHeader(frame, OFFSET, header)
            .sessionId(1).requestId(2).deadlineNs(3).maxAgeMs(4)
            .side(Side.SELL).orderType(OrderType.TAKE_PROFIT).timeInForce(TimeInForce.FOK)
            .responseType(ResponseType.RESULT).selfTradePrevention(SelfTradePrevention.DECREMENT)
            .trailingDelta(15).strategyId(16).strategyType(17).reduceOnly(Flag.TRUE).goodTilBlock(18);
        encoder.quantity().mantissa(10).exponent((byte) -1);
        encoder.quoteQuantity().mantissa(11).exponent((byte) -2);
        encoder.price().mantissa(12).exponent((byte) 3);
        encoder.stopPrice().mantissa(13).exponent((byte) -18);
        encoder.icebergQuantity().mantissa(14).exponent((byte) 18);
        return encoder.key("main").symbol("BTCUSDT").clientOrderId("mine-1").encodedLength();
    }

    private int transaction(final String recipient, final byte[] data)
    {
        final TransactionEncoder encoder = new TransactionEncoder().wrapAndApplyHeader(frame, OFFSET, header)
            .sessionId(1).requestId(2).deadlineNs(3).maxAgeMs(4)
            .accountNonce(6).gasLimit(7).maxFeePerGas(8).maxPriorityFeePerGas(9);
        encoder.quantity().mantissa(5).exponent((byte) -1);
        return encoder.key("main").symbol(recipient).putData(data, 0, data.length).encodedLength();
    }

    private int cancel()
    {
        return new CancelOrderEncoder().wrapAndApplyHeader(frame, OFFSET, header)
            .sessionId(1).requestId(2).deadlineNs(3).maxAgeMs(4).orderId(5)
            .cancelRestriction(CancelRestriction.ONLY_PARTIALLY_FILLED).goodTilBlock(19)
            .key("main").symbol("BTCUSDT").originalClientOrderId("mine-1").clientOrderId("mine-2")
            .venueOrderId("theirs-1").encodedLength();
    }

    private void decode(final int encodedLength)
    {
        final int length = MessageHeaderEncoder.ENCODED_LENGTH + encodedLength + FrameAuthenticator.TAG_LENGTH;
        assertEquals(0, WireFrame.check(frame, OFFSET, length));
        assertTrue(adapter.decode(frame, OFFSET, order));
    }

    private void assertRequest()
    {
        assertEquals(2, order.requestId());
        assertEquals(3, order.deadlineNs());
        assertEquals(4, order.maxAgeMs());
        assertEquals("main", order.key().toString());
    }

    private void assertNothingOfANewOrder()
    {
        assertEquals(Order.NULL_CODE, order.side());
        assertEquals(Order.NULL_CODE, order.orderType());
        assertEquals(Order.NULL_CODE, order.timeInForce());
        assertEquals(Order.NULL_CODE, order.responseType());
        assertEquals(Order.NULL_CODE, order.selfTradePrevention());
        assertTrue(order.quantity().isNull());
        assertTrue(order.quoteQuantity().isNull());
        assertTrue(order.price().isNull());
        assertTrue(order.stopPrice().isNull());
        assertTrue(order.icebergQuantity().isNull());
        assertEquals(Order.NULL_LONG, order.trailingDelta());
        assertEquals(Order.NULL_LONG, order.strategyId());
        assertEquals(Order.NULL_INT, order.strategyType());
        assertEquals(Order.NULL_CODE, order.reduceOnly());
    }

    private void assertNothingOfALogin()
    {
        assertEquals(Order.NULL_INT, order.login().messageSequence());
        assertTrue(order.login().senderCompId().isEmpty());
        assertTrue(order.login().targetCompId().isEmpty());
    }

    /** Nothing but the key, and of one order nothing at all. */
    private void assertNothingOfOneOrder()
    {
        assertEquals(Order.NULL_LONG, order.orderId());
        assertEquals(Order.NULL_CODE, order.cancelRestriction());
        assertEquals(Order.NULL_CODE, order.omitZeroBalances());
        assertTrue(order.clientOrderId().isEmpty());
        assertTrue(order.originalClientOrderId().isEmpty());
        assertTrue(order.venueOrderId().isEmpty());
        assertNothingOfANewOrder();
    }

    private static void assertDecimal(final long mantissa, final int exponent, final MutableDecimal actual)
    {
        assertEquals(mantissa, actual.mantissa());
        assertEquals(exponent, actual.exponent());
    }
}
