package io.countersign.gateway.policy;

import io.countersign.codecs.wire.Reason;
import io.countersign.gateway.WireFrames;
import io.countersign.venues.Order;
import io.countersign.venues.OrderAdapter;
import io.countersign.venues.Scope;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * Transactions of a chain: who may get them, how much at a time and in a time.
 */
class TransactionPolicyTest
{
    private static final long UTC_NS = RandomPolicy.START_NS;
    private static final String FRIEND = "0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed";
    private static final String POLICY = """
        acknowledge: [transfer]
        principals:
          - name: bot
            api-key-versions: [1]
            limits:
              - {per: 1m, max-orders: 3}
              - {per: day, max-notional: 5}
            rules:
              - name: pay
                keys: [key]
                operations: [transact]
                symbols: ["0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"]
                max-quantity: 2.5
        """;

    private final OrderAdapter orderAdapter = new OrderAdapter();
    private final Order order = new Order();
    private final Decision decision = new Decision();
    private Policy policy = PolicyFixture.policy(POLICY);
    private Ledger ledger = new Ledger(policy);

    @ParameterizedTest
    @CsvSource({
        "0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed, NONE", "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed, NONE",
        "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeD, SYMBOL_NOT_GRANTED",
        "0X5aaeb6053f3e94c9b9a09f33669435e7ef1beaed, SYMBOL_NOT_GRANTED",
        "0x52908400098527886e0f7030069857d2e4169ee7, SYMBOL_NOT_GRANTED", "'', SYMBOL_NOT_GRANTED",
        "*, SYMBOL_NOT_GRANTED"})
    void shouldGrantNoOtherRecipient(final String recipient, final Reason expected)
    {
        assertEquals(expected, ask(recipient, 1, 0));
    }

    @ParameterizedTest
    @CsvSource({
        "25, -1, NONE", "2500000000000000001, -18, QUANTITY_ABOVE_LIMIT", "3, 0, QUANTITY_ABOVE_LIMIT",
        "1, 18, QUANTITY_ABOVE_LIMIT", "0, 0, NONE", "-9223372036854775808, 0, NONE"})
    void shouldHoldWhatIsMovedToTheLimit(final long mantissa, final int exponent, final Reason expected)
    {
        assertEquals(expected, ask(FRIEND, mantissa, exponent));
    }

    @Test
    void shouldHoldWhatIsMovedInADayToTheLimit()
    {
        assertEquals(Reason.NONE, send(FRIEND, 25, -1, 0));
        assertEquals(Reason.NONE, send(FRIEND, 2, 0, 0));
        assertEquals(Reason.TURNOVER_ABOVE_LIMIT, ask(FRIEND, 6, -1));
        assertEquals(Reason.NONE, send(FRIEND, 5, -1, 0));
        assertEquals(Reason.ORDERS_ABOVE_LIMIT, ask(FRIEND, Long.MIN_VALUE, 0));
        assertEquals(Reason.NONE, send(FRIEND, Long.MIN_VALUE, 0, 120_000_000_000L));
        assertEquals(Reason.TURNOVER_ABOVE_LIMIT, send(FRIEND, 1, -18, 120_000_000_000L));
    }

    @Test
    void shouldAskForAnAccessTokenWithTheScope()
    {
        policy = PolicyFixture.policy(POLICY.replace("    limits:\n",
            "    access-token: {subject: s, required-for: [transfer]}\n    limits:\n"));
        ledger = new Ledger(policy);
        assertEquals(Reason.ACCESS_TOKEN_REQUIRED, ask(FRIEND, 1, 0, 0, ~Scope.TRANSFER.bit()));
        assertEquals(Reason.NONE, ask(FRIEND, 1, 0, 0, Scope.TRANSFER.bit()));
    }

    @Test
    void shouldExplain()
    {
        ask("0x52908400098527886e0f7030069857d2e4169ee7", 1, 0);
        assertExplained("NO  rule pay: key yes, operation yes, symbol NO: SYMBOL_NOT_GRANTED");
        ask(FRIEND, 3, 0);
        assertExplained("NO  rule pay: key yes, operation yes, symbol yes, quantity NO: QUANTITY_ABOVE_LIMIT");
        ask(FRIEND, 1, 0);
        assertExplained("yes rule pay: key yes, operation yes, symbol yes, quantity yes, notional yes");
        assertExplained("yes limit of the principal, max-notional per day: holds");
    }

    private void assertExplained(final String line)
    {
        final var lines = new Explanation(
            policy, ledger, new Explanation.Question("bot", null, null, order, UTC_NS, 0)).lines();
        assertTrue(lines.contains(line), lines::toString);
    }

    private Reason send(final String recipient, final long mantissa, final int exponent, final long laterNs)
    {
        final Reason reason = ask(recipient, mantissa, exponent, laterNs, 0);
        if (Reason.NONE == reason)
        {
            policy.count(0, policy.keyIndex(order.key()), order, UTC_NS + laterNs, decision, ledger);
        }
        return reason;
    }

    private Reason ask(final String recipient, final long mantissa, final int exponent)
    {
        return ask(recipient, mantissa, exponent, 0, 0);
    }

    private Reason ask(
        final String recipient, final long mantissa, final int exponent, final long laterNs, final int accessScopes)
    {
        final byte[] frame = WireFrames.transaction(1, 1, (fields) ->
            fields.quantity().mantissa(mantissa).exponent((byte) exponent), "key", recipient);
        assertTrue(orderAdapter.decode(new UnsafeBuffer(frame), 0, order));
        policy.decide(0, policy.keyIndex(order.key()), order, UTC_NS + laterNs, accessScopes, ledger, decision);
        return Reason.get(decision.reason());
    }
}
