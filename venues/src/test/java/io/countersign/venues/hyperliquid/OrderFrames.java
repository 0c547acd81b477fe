package io.countersign.venues.hyperliquid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.countersign.codecs.DecimalText;
import io.countersign.codecs.MutableDecimal;
import io.countersign.codecs.WireFrame;
import io.countersign.codecs.authentication.FrameAuthenticator;
import io.countersign.codecs.wire.CancelOrderEncoder;
import io.countersign.codecs.wire.CancelRestriction;
import io.countersign.codecs.wire.DecimalEncoder;
import io.countersign.codecs.wire.Flag;
import io.countersign.codecs.wire.MessageHeaderEncoder;
import io.countersign.codecs.wire.NewOrderEncoder;
import io.countersign.codecs.wire.OrderType;
import io.countersign.codecs.wire.QueryOrderEncoder;
import io.countersign.codecs.wire.ResponseType;
import io.countersign.codecs.wire.SelfTradePrevention;
import io.countersign.codecs.wire.Side;
import io.countersign.codecs.wire.TimeInForce;
import io.countersign.venues.Order;
import io.countersign.venues.OrderAdapter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;

/** Turns fields, named as the wire names them, into a frame and the order in it, as a bot and the gateway would. */
final class OrderFrames
{
    private static final String NULL = "NULL_VAL";

    private final UnsafeBuffer frame = new UnsafeBuffer(new byte[2048]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final OrderAdapter adapter = new OrderAdapter();
    private final Order order = new Order();

    Order newOrder(final Map<String, String> fields)
    {
        final NewOrderEncoder encoder = new NewOrderEncoder().wrapAndApplyHeader(frame, 0, header)
            .sessionId(1).requestId(2).deadlineNs(3)
            .maxAgeMs(Integer.parseInt(fields.getOrDefault("maxAgeMs", "" + NewOrderEncoder.maxAgeMsNullValue())))
            .side(Side.valueOf(fields.getOrDefault("side", NULL)))
            .orderType(OrderType.valueOf(fields.getOrDefault("orderType", NULL)))
            .timeInForce(TimeInForce.valueOf(fields.getOrDefault("timeInForce", NULL)))
            .responseType(ResponseType.valueOf(fields.getOrDefault("responseType", NULL)))
            .selfTradePrevention(SelfTradePrevention.valueOf(fields.getOrDefault("selfTradePrevention", NULL)))
            .trailingDelta(number(fields, "trailingDelta"))
            .strategyId(number(fields, "strategyId"))
            .strategyType(fields.containsKey("strategyType") ? 7 : NewOrderEncoder.strategyTypeNullValue())
            .reduceOnly(Flag.valueOf(fields.getOrDefault("reduceOnly", NULL)))
            .goodTilBlock(block(fields));
        decimal(encoder.quantity(), fields.get("quantity"));
        decimal(encoder.quoteQuantity(), fields.get("quoteQuantity"));
        decimal(encoder.price(), fields.get("price"));
        decimal(encoder.stopPrice(), fields.get("stopPrice"));
        decimal(encoder.icebergQuantity(), fields.get("icebergQuantity"));
        encoder.key("key");
        final byte[] symbol = utf8(fields, "symbol");
        final byte[] clientOrderId = utf8(fields, "clientOrderId");
        encoder.putSymbol(symbol, 0, symbol.length).putClientOrderId(clientOrderId, 0, clientOrderId.length);
        return decode(encoder.encodedLength());
    }

    Order cancelOrder(final Map<String, String> fields)
    {
        final byte[] symbol = utf8(fields, "symbol");
        final byte[] original = utf8(fields, "originalClientOrderId");
        final CancelOrderEncoder encoder = new CancelOrderEncoder().wrapAndApplyHeader(frame, 0, header)
            .sessionId(1).requestId(2).deadlineNs(3)
            .maxAgeMs(CancelOrderEncoder.maxAgeMsNullValue())
            .orderId(number(fields, "orderId"))
            .cancelRestriction(CancelRestriction.valueOf(fields.getOrDefault("cancelRestriction", NULL)))
            .goodTilBlock(block(fields))
            .key("key").putSymbol(symbol, 0, symbol.length)
            .putOriginalClientOrderId(original, 0, original.length)
            .clientOrderId(fields.getOrDefault("clientOrderId", ""))
            .venueOrderId(fields.getOrDefault("venueOrderId", ""));
        return decode(encoder.encodedLength());
    }

    Order queryOrder()
    {
        final QueryOrderEncoder encoder = new QueryOrderEncoder().wrapAndApplyHeader(frame, 0, header)
            .sessionId(1).requestId(2).deadlineNs(3)
            .maxAgeMs(QueryOrderEncoder.maxAgeMsNullValue())
            .orderId(4)
            .key("key").symbol("1").originalClientOrderId("").venueOrderId("");
        return decode(encoder.encodedLength());
    }

    /** The order whose action a vector has. */
    @SuppressWarnings("unchecked")
    Order of(final Map<String, Object> action, final String maxAgeMs)
    {
        if (!"order".equals(action.get("type")))
        {
            final Map<String, Object> cancel = ((List<Map<String, Object>>) action.get("cancels")).getFirst();
            return cancelOrder("cancel".equals(action.get("type")) ?
                Map.of("symbol", "" + cancel.get("a"), "orderId", "" + cancel.get("o")) :
                Map.of("symbol", "" + cancel.get("asset"), "originalClientOrderId", "" + cancel.get("cloid")));
        }
        final Map<String, Object> fields = ((List<Map<String, Object>>) action.get("orders")).getFirst();
        final Map<String, String> order = new java.util.HashMap<>(Map.of(
            "symbol", "" + fields.get("a"),
            "side", (Boolean) fields.get("b") ? "BUY" : "SELL",
            "price", "" + fields.get("p"),
            "quantity", "" + fields.get("s"),
            "reduceOnly", (Boolean) fields.get("r") ? "TRUE" : "FALSE",
            "clientOrderId", "" + fields.getOrDefault("c", "")));
        final Map<String, Map<String, Object>> type = (Map<String, Map<String, Object>>) fields.get("t");
        if (type.containsKey("limit"))
        {
            final String tif = "" + type.get("limit").get("tif");
            order.put("orderType", "Alo".equals(tif) ? "LIMIT_MAKER" : "LIMIT");
            order.put("timeInForce", "Alo".equals(tif) ? NULL : tif.toUpperCase(java.util.Locale.ROOT));
        }
        else
        {
            final Map<String, Object> trigger = type.get("trigger");
            order.put("stopPrice", "" + trigger.get("triggerPx"));
            order.put("orderType", ("sl".equals(trigger.get("tpsl")) ? "STOP_LOSS" : "TAKE_PROFIT") +
                ((Boolean) trigger.get("isMarket") ? "" : "_LIMIT"));
        }
        if (maxAgeMs != null)
        {
            order.put("maxAgeMs", maxAgeMs);
        }
        return newOrder(order);
    }

    private Order decode(final int encodedLength)
    {
        final int length = MessageHeaderEncoder.ENCODED_LENGTH + encodedLength;
        assertEquals(0, WireFrame.check(frame, 0, length + FrameAuthenticator.TAG_LENGTH));
        assertTrue(adapter.decode(frame, 0, order));
        return order;
    }

    private static int block(final Map<String, String> fields)
    {
        return fields.containsKey("goodTilBlock") ? 7 : Order.NULL_INT;
    }

    private static long number(final Map<String, String> fields, final String name)
    {
        return Long.parseLong(fields.getOrDefault(name, "" + NewOrderEncoder.strategyIdNullValue()));
    }

    private static void decimal(final DecimalEncoder encoder, final String text)
    {
        final MutableDecimal decimal = new MutableDecimal();
        assertTrue(text == null || DecimalText.parse(text, decimal), text);
        encoder.mantissa(decimal.mantissa()).exponent((byte) decimal.exponent());
    }

    private static byte[] utf8(final Map<String, String> fields, final String name)
    {
        return fields.getOrDefault(name, "").getBytes(StandardCharsets.UTF_8);
    }
}
