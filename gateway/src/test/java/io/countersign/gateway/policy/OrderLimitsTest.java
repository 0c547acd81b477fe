package io.countersign.gateway.policy;

import io.countersign.codecs.wire.Flag;
import io.countersign.codecs.wire.MessageHeaderEncoder;
import io.countersign.codecs.wire.DecimalEncoder;
import io.countersign.codecs.wire.NewOrderEncoder;
import io.countersign.codecs.wire.OrderType;
import io.countersign.codecs.wire.Reason;
import io.countersign.codecs.wire.ResponseType;
import io.countersign.codecs.wire.SelfTradePrevention;
import io.countersign.codecs.wire.Side;
import io.countersign.codecs.wire.TimeInForce;
import io.countersign.venues.Order;
import io.countersign.venues.OrderAdapter;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.math.BigDecimal;
import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertEquals;

class OrderLimitsTest
{
    private static final int RANDOM_CASES = 100_000;
    private static final String POLICY = """
        principals:
          - name: maker
            rules:
              - {name: rule, keys: [key], operations: [new-order, cancel-order], symbols: [BTCUSDT], %s}
        """;

    private final UnsafeBuffer frame = new UnsafeBuffer(new byte[512]);
    private final Order order = new Order();
    private final Decision decision = new Decision();

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "max-quantity: 0.5         | BUY  | LIMIT  | 0.49999999 |    | 10      | NONE",
        "max-quantity: 0.5         | BUY  | LIMIT  | 0.50000000 |    | 10      | NONE",
        "max-quantity: 0.5         | BUY  | LIMIT  | 0.50000001 |    | 10      | QUANTITY_ABOVE_LIMIT",
        "max-quantity: 0.5         | BUY  | MARKET |            | 10 |         | QUANTITY_ABOVE_LIMIT",
        "max-notional: 100         | BUY  | LIMIT  | 3          |    | 33.3333 | NONE",
        "max-notional: 100         | BUY  | LIMIT  | 4          |    | 25.00   | NONE",
        "max-notional: 100         | BUY  | LIMIT  | 4          |    | 25.01   | NOTIONAL_ABOVE_LIMIT",
        "max-notional: 100         | BUY  | MARKET | 1          |    |         | NOTIONAL_ABOVE_LIMIT",
        "max-notional: 100         | BUY  | MARKET |            | 100|         | NONE",
        "max-notional: 100         | BUY  | MARKET |            | 100.00000001| | NOTIONAL_ABOVE_LIMIT",
        "max-notional: 100 | BUY | LIMIT | 9223372036854775807 | | 9223372036854775807 | NOTIONAL_ABOVE_LIMIT",
        "max-notional: 100000000000000000000 | BUY | LIMIT | 10000000000 | | 10000000000 | NONE",
        "max-notional: 100000000000000000000 | BUY | LIMIT | 10000000000 | | 10000000000.00001 | NOTIONAL_ABOVE_LIMIT",
        "max-notional: 50000.000000000000000000 | BUY | LIMIT | 1 | | 50000.00000000000001 | NOTIONAL_ABOVE_LIMIT",
        "max-notional: 50000.000000000000000000 | BUY | LIMIT | 1 | | 50000 | NONE",
        "max-notional: 170141183460469231731.687303715884105727 | BUY | LIMIT | 10000000000 | | 17014118346.0469231 " +
            "| NONE",
        "max-notional: 170141183460469231731.687303715884105727 | BUY | LIMIT | 10000000000 | | 17014118346.0469232 " +
            "| NOTIONAL_ABOVE_LIMIT",
        "max-quantity: 12000000000000000000000 | BUY | LIMIT | 9223372036854775807 | | 10 | NONE",
        "max-notional: 100         | BUY  | LIMIT  | -9223372036854775807 | | 9 | NOTIONAL_ABOVE_LIMIT",
        "'min-price: 9, max-price: 11' | BUY | LIMIT | 1       |    | 8.99999 | PRICE_OUTSIDE_BAND",
        "'min-price: 9, max-price: 11' | BUY | LIMIT | 1       |    | 9       | NONE",
        "'min-price: 9, max-price: 11' | BUY | LIMIT | 1       |    | 11.0    | NONE",
        "'min-price: 9, max-price: 11' | BUY | LIMIT | 1       |    | 11.0001 | PRICE_OUTSIDE_BAND",
        "'min-price: 9, max-price: 11' | BUY | MARKET | 1      |    |         | PRICE_OUTSIDE_BAND",
        "sides: [sell]             | BUY  | LIMIT  | 1          |    | 10      | SIDE_NOT_GRANTED",
        "sides: [sell]             | SELL | LIMIT  | 1          |    | 10      | NONE",
        "order-types: [limit-maker]| SELL | LIMIT  | 1          |    | 10      | ORDER_TYPE_NOT_GRANTED",
        "order-types: [limit-maker]| SELL | LIMIT_MAKER | 1     |    | 10      | NONE",
    })
    void shouldHoldAnOrderToEachLimitAtItsEdge(
        final String limits,
        final Side side,
        final OrderType orderType,
        final String quantity,
        final String quoteQuantity,
        final String price,
        final Reason expected)
    {
        encode(side, orderType, quantity, quoteQuantity, price);
        assertEquals(expected, decide(policy(limits)));
    }

    @Test
    void shouldAgreeWithArithmeticOfAnyPrecision()
    {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        final Policy policy = policy("max-quantity: 7.5, max-notional: 1234.56, min-price: 0.01, max-price: 99999");
        for (int i = 0; i < RANDOM_CASES; i++)
        {
            final BigDecimal quantity = new BigDecimal(random.nextInt(1_000_000)).movePointLeft(random.nextInt(7));
            final BigDecimal price = new BigDecimal(random.nextInt(1_000_000)).movePointLeft(random.nextInt(7));
            encode(Side.BUY, OrderType.LIMIT, quantity.toPlainString(), null, price.toPlainString());
            assertEquals(naive(quantity, price), decide(policy),
                () -> "quantity " + quantity + " price " + price + " seed " + seed);
        }
    }

    private static Reason naive(final BigDecimal quantity, final BigDecimal price)
    {
        if (quantity.compareTo(new BigDecimal("7.5")) > 0)
        {
            return Reason.QUANTITY_ABOVE_LIMIT;
        }
        if (price.compareTo(new BigDecimal("0.01")) < 0 || price.compareTo(new BigDecimal("99999")) > 0)
        {
            return Reason.PRICE_OUTSIDE_BAND;
        }
        return quantity.multiply(price).compareTo(new BigDecimal("1234.56")) > 0 ?
            Reason.NOTIONAL_ABOVE_LIMIT : Reason.NONE;
    }

    private static Policy policy(final String limits)
    {
        return PolicyFixture.policy(POLICY.formatted(limits));
    }

    private Reason decide(final Policy policy)
    {
        new OrderAdapter().decode(frame, 0, order);
        policy.decide(0, policy.keyIndex(order.key()), order, 1, 0, new Ledger(policy), decision);
        return Reason.get(decision.reason());
    }

    private void encode(
        final Side side,
        final OrderType orderType,
        final String quantity,
        final String quoteQuantity,
        final String price)
    {
        final NewOrderEncoder encoder = new NewOrderEncoder().wrapAndApplyHeader(frame, 0, new MessageHeaderEncoder());
        encoder.sessionId(1).requestId(1)
            .deadlineNs(NewOrderEncoder.deadlineNsNullValue())
            .maxAgeMs(NewOrderEncoder.maxAgeMsNullValue())
            .side(side).orderType(orderType).timeInForce(TimeInForce.GTC)
            .responseType(ResponseType.NULL_VAL).selfTradePrevention(SelfTradePrevention.NULL_VAL);
        decimal(encoder.quantity(), quantity);
        decimal(encoder.quoteQuantity(), quoteQuantity);
        decimal(encoder.price(), price);
        decimal(encoder.stopPrice(), null);
        decimal(encoder.icebergQuantity(), null);
        encoder.trailingDelta(NewOrderEncoder.trailingDeltaNullValue())
            .strategyId(NewOrderEncoder.strategyIdNullValue())
            .strategyType(NewOrderEncoder.strategyTypeNullValue())
            .reduceOnly(Flag.NULL_VAL).goodTilBlock(NewOrderEncoder.goodTilBlockNullValue())
            .key("key").symbol("BTCUSDT").clientOrderId("");
    }

    private static void decimal(final DecimalEncoder encoder, final String text)
    {
        if (null == text)
        {
            encoder.mantissa(DecimalEncoder.mantissaNullValue()).exponent((byte) 0);
            return;
        }
        final BigDecimal value = new BigDecimal(text);
        encoder.mantissa(value.unscaledValue().longValueExact()).exponent((byte) -value.scale());
    }
}
