package io.countersign.venues.dydx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.countersign.codecs.WireFrame;
import io.countersign.codecs.authentication.FrameAuthenticator;
import io.countersign.codecs.wire.CancelOrderEncoder;
import io.countersign.codecs.wire.CancelRestriction;
import io.countersign.codecs.wire.DecimalEncoder;
import io.countersign.codecs.wire.Flag;
import io.countersign.codecs.wire.MessageHeaderEncoder;
import io.countersign.codecs.wire.NewOrderEncoder;
import io.countersign.codecs.wire.OrderType;
import io.countersign.codecs.wire.ResponseType;
import io.countersign.codecs.wire.SelfTradePrevention;
import io.countersign.codecs.wire.Side;
import io.countersign.codecs.wire.TimeInForce;
import io.countersign.venues.Order;
import io.countersign.venues.OrderAdapter;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;

/** Orders with a last block as a bot asks for them; what is not set is that of a good one. */
final class ChainOrderFrames
{
    private static final String NULL = "NULL_VAL";

    private final Map<String, String> fields = new HashMap<>(Map.of("symbol", "1", "clientOrderId", "12345",
        "side", "BUY", "orderType", "LIMIT", "timeInForce", "GTC", "price", "40000000000", "quantity", "10000000",
        "goodTilBlock", "20000000"));
    private final UnsafeBuffer frame = new UnsafeBuffer(new byte[2048]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final OrderAdapter adapter = new OrderAdapter();
    private final Order order = new Order();

    /** Null takes the field away. */
    ChainOrderFrames set(final String field, final Object value)
    {
        fields.put(field, value == null ? null : value.toString());
        return this;
    }

    Order newOrder()
    {
        final NewOrderEncoder encoder = new NewOrderEncoder().wrapAndApplyHeader(frame, 0, header)
            .sessionId(1).requestId(7).deadlineNs(3).maxAgeMs(int32("maxAgeMs"))
            .side(Side.valueOf(fields.get("side")))
            .orderType(OrderType.valueOf(fields.get("orderType")))
            .timeInForce(TimeInForce.valueOf(fields.get("timeInForce")))
            .responseType(ResponseType.valueOf(fields.getOrDefault("responseType", NULL)))
            .selfTradePrevention(SelfTradePrevention.valueOf(fields.getOrDefault("selfTradePrevention", NULL)))
            .trailingDelta(int64("trailingDelta")).strategyId(int64("strategyId"))
            .strategyType(int32("strategyType"))
            .reduceOnly(Flag.valueOf(fields.getOrDefault("reduceOnly", NULL)))
            .goodTilBlock(int32("goodTilBlock"));
        decimal(encoder.quantity(), "quantity");
        decimal(encoder.quoteQuantity(), "quoteQuantity");
        decimal(encoder.price(), "price");
        decimal(encoder.stopPrice(), "stopPrice");
        decimal(encoder.icebergQuantity(), "icebergQuantity");
        return decode(encoder.key("key").symbol(fields.get("symbol")).clientOrderId(fields.get("clientOrderId"))
            .encodedLength());
    }

    /** The cancel of the order; its own id is {@code cancelId}. */
    Order cancelOrder()
    {
        return decode(new CancelOrderEncoder().wrapAndApplyHeader(frame, 0, header)
            .sessionId(1).requestId(7).deadlineNs(3).maxAgeMs(int32("maxAgeMs")).orderId(int64("orderId"))
            .cancelRestriction(CancelRestriction.valueOf(fields.getOrDefault("cancelRestriction", NULL)))
            .goodTilBlock(int32("goodTilBlock"))
            .key("key").symbol(fields.get("symbol")).originalClientOrderId(fields.get("clientOrderId"))
            .clientOrderId(fields.getOrDefault("cancelId", ""))
            .venueOrderId(fields.getOrDefault("venueOrderId", "")).encodedLength());
    }

    private Order decode(final int encodedLength)
    {
        final int length = MessageHeaderEncoder.ENCODED_LENGTH + encodedLength;
        assertEquals(0, WireFrame.check(frame, 0, length + FrameAuthenticator.TAG_LENGTH));
        assertTrue(adapter.decode(frame, 0, order));
        return order;
    }

    private int int32(final String field)
    {
        return fields.get(field) == null ? Order.NULL_INT : Integer.parseInt(fields.get(field));
    }

    private long int64(final String field)
    {
        return fields.get(field) == null ? Order.NULL_LONG : Long.parseLong(fields.get(field));
    }

    private void decimal(final DecimalEncoder encoder, final String field)
    {
        final BigDecimal value = fields.get(field) == null ? null : new BigDecimal(fields.get(field));
        encoder.mantissa(value == null ? Long.MIN_VALUE : value.unscaledValue().longValueExact())
            .exponent((byte) (value == null ? 0 : -value.scale()));
    }
}
