package io.countersign.gateway.policy;

import io.countersign.codecs.wire.OrderType;
import io.countersign.codecs.wire.Side;
import io.countersign.gateway.WireFrames;
import io.countersign.venues.Order;
import io.countersign.venues.OrderAdapter;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class NotionalTest
{
    private static final int CASES = 100_000;

    private final Order order = new Order();
    private final Notional notional = new Notional();

    @Test
    void shouldAgreeWithArithmeticOfAnyPrecision()
    {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        int known = 0;
        for (int i = 0; i < CASES; i++)
        {
            final long quantity = random.nextLong() >>> random.nextInt(64);
            final long price = random.nextLong() >>> random.nextInt(64);
            decode(quantity, random.nextInt(37) - 18, price, random.nextInt(37) - 18,
                ModelAmounts.PRICED.toArray(OrderType[]::new)[random.nextInt(ModelAmounts.PRICED.size())]);
            final BigDecimal expected = ModelAmounts.notional(order);
            assertEquals(null != expected, notional.of(order).isKnown(), "seed " + seed + " case " + i);
            if (null != expected)
            {
                known++;
                assertEquals(expected.unscaledValue(), value(), "seed " + seed + " case " + i);
            }
        }
        assertTrue(known > CASES / 4 && known < CASES, "" + known);
    }

    @Test
    void shouldRoundWhatIsFinerUp()
    {
        decode(1, -18, 1, -18, OrderType.LIMIT);
        assertEquals(BigInteger.ONE, value());
        decode(10, -10, 1, -9, OrderType.LIMIT);
        assertEquals(BigInteger.ONE, value());
        decode(11, -10, 1, -9, OrderType.LIMIT);
        assertEquals(BigInteger.TWO, value());
    }

    @ParameterizedTest
    @CsvSource({
        "100000000000000000000, 100000000000000000000000000000000000000",
        "50000.000000000000000000, 50000000000000000000000",
        "170000000000000000000, 170000000000000000000000000000000000000",
        "170141183460469231731.687303715884105727, 170141183460469231731687303715884105727",
        "0.000000000000000001, 1"})
    void shouldTakeLimitsExactly(final String limit, final BigInteger expected)
    {
        notional.of(PolicyFixture.config("""
            principals: [{name: a, rules: [{name: r, keys: [key], scopes: [trade], symbols: [X], max-notional: %s}]}]
            """.formatted(limit)).principals().getFirst().rules().getFirst().limits().maxNotional());
        assertEquals(expected, held());
    }

    /** A market order with a price in it is filled at any price. */
    @Test
    void shouldNotBelieveAPriceThatTheOrderTypeDoesNotHave()
    {
        for (final OrderType orderType : OrderType.values())
        {
            if (OrderType.NULL_VAL != orderType && OrderType.SBE_UNKNOWN != orderType)
            {
                decode(1, 0, 1, 0, orderType);
                assertEquals(ModelAmounts.PRICED.contains(orderType), notional.of(order).isKnown(), orderType.name());
            }
        }
        new OrderAdapter().decode(new UnsafeBuffer(WireFrames.cancelOrder(1, 1, 1, "k", "s")), 0, order);
        assertFalse(notional.of(order).isKnown());
    }

    private BigInteger value()
    {
        notional.of(order);
        return held();
    }

    private BigInteger held()
    {
        return BigInteger.valueOf(notional.high()).shiftLeft(64)
            .or(new BigInteger(Long.toUnsignedString(notional.low())));
    }

    private void decode(
        final long quantity,
        final int quantityExponent,
        final long price,
        final int priceExponent,
        final OrderType orderType)
    {
        new OrderAdapter().decode(new UnsafeBuffer(WireFrames.newOrder(1, 1, (fields) ->
        {
            fields.quantity().mantissa(quantity).exponent((byte) quantityExponent);
            fields.price().mantissa(price).exponent((byte) priceExponent);
            fields.side(Side.BUY).orderType(orderType);
        }, "key", "LTCBTC", "")), 0, order);
    }
}
