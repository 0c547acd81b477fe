package io.countersign.gateway.policy;

import io.countersign.gateway.WireFrames;
import io.countersign.venues.Order;
import io.countersign.venues.OrderAdapter;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.junit.jupiter.api.Assertions.assertEquals;

class TurnoverTest
{
    private final Order order = new Order();
    private final Decision decision = new Decision();

    /** Beyond what 64 bits of the last decimal hold, and as written with zeros at the end. */
    @ParameterizedTest
    @CsvSource({"100000000000000000000", "100000000000000000000.000000000000000000"})
    void shouldHoldManyDigitsToTheLastDecimal(final String limit)
    {
        final Policy policy = PolicyFixture.policy("""
            principals:
              - name: maker
                limits: [{per: day, max-notional: %s}]
                rules: [{name: r, keys: [key], scopes: [trade], symbols: [X]}]
            """.formatted(limit));
        final Ledger ledger = new Ledger(policy);
        assertEquals(0, buy(policy, ledger, 5, 9, 1, 10));
        assertEquals(51, buy(policy, ledger, 5, 9, 1_000_000_000_000_000_001L, -8));
        assertEquals(0, buy(policy, ledger, 5, 9, 1, 10));
        assertEquals(51, buy(policy, ledger, 1, -9, 1, -9));
    }

    private int buy(
        final Policy policy,
        final Ledger ledger,
        final long quantity,
        final int quantityExponent,
        final long price,
        final int priceExponent)
    {
        new OrderAdapter().decode(new UnsafeBuffer(WireFrames.newOrder(1, 1, (fields) ->
        {
            fields.quantity().mantissa(quantity).exponent((byte) quantityExponent);
            fields.price().mantissa(price).exponent((byte) priceExponent);
        }, "key", "X", "")), 0, order);
        policy.decide(0, 0, order, RandomPolicy.START_NS, 0, ledger, decision);
        if (0 == decision.reason())
        {
            policy.count(0, 0, order, RandomPolicy.START_NS, decision, ledger);
        }
        return decision.reason();
    }
}
