package io.countersign.perf.parts;

import io.countersign.codecs.authentication.FrameAuthenticator;
import io.countersign.codecs.wire.DecimalEncoder;
import io.countersign.codecs.wire.Flag;
import io.countersign.codecs.wire.MessageHeaderEncoder;
import io.countersign.codecs.wire.NewOrderEncoder;
import io.countersign.codecs.wire.OrderType;
import io.countersign.codecs.wire.ResponseType;
import io.countersign.codecs.wire.SelfTradePrevention;
import io.countersign.codecs.wire.Side;
import io.countersign.codecs.wire.TimeInForce;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.ByteBuffer;

/**
 * New orders of the principals of a {@link LargePolicy}, with their tags.
 */
final class OrderFrames
{
    private OrderFrames()
    {
    }

    static UnsafeBuffer frame(final int principal, final int number)
    {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[1_024]);
        final NewOrderEncoder order = new NewOrderEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
            .sessionId(1)
            .ingressSequence(number + 1L)
            .deadlineNs(Long.MAX_VALUE)
            .requestId(number + 1L)
            .maxAgeMs(5_000)
            .side(Side.BUY)
            .orderType(OrderType.LIMIT)
            .timeInForce(TimeInForce.GTC)
            .responseType(ResponseType.NULL_VAL)
            .selfTradePrevention(SelfTradePrevention.NULL_VAL)
            .trailingDelta(NewOrderEncoder.trailingDeltaNullValue())
            .strategyId(NewOrderEncoder.strategyIdNullValue())
            .strategyType(NewOrderEncoder.strategyTypeNullValue())
            .reduceOnly(Flag.NULL_VAL).goodTilBlock(NewOrderEncoder.goodTilBlockNullValue());
        order.quantity().mantissa(1_000 + number).exponent((byte) -3);
        order.price().mantissa(6_400_000 + number).exponent((byte) -2);
        order.quoteQuantity().mantissa(DecimalEncoder.mantissaNullValue()).exponent((byte) 0);
        order.stopPrice().mantissa(DecimalEncoder.mantissaNullValue()).exponent((byte) 0);
        order.icebergQuantity().mantissa(DecimalEncoder.mantissaNullValue()).exponent((byte) 0);
        order.key("key").symbol(LargePolicy.symbol(number * 9 % LargePolicy.SYMBOLS)).clientOrderId("order-" + number);
        final UnsafeBuffer frame = new UnsafeBuffer(
            ByteBuffer.allocateDirect(order.limit() + FrameAuthenticator.TAG_LENGTH));
        frame.putBytes(0, buffer, 0, order.limit());
        new FrameAuthenticator(key(principal)).append(frame, 0, order.limit());
        return frame;
    }

    static byte[] key(final int seed)
    {
        final byte[] key = new byte[32];
        ByteBuffer.wrap(key).putInt(seed);
        return key;
    }
}
