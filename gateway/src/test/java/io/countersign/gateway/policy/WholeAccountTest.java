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

/**
 * Requests that may be about more than one order: cancel of all orders, query of the open orders, log-on.
 */
class WholeAccountTest
{
    private static final long UTC_NS = RandomPolicy.START_NS;
    private static final String POLICY = """
        acknowledge: [login]
        principals:
          - name: bot
            api-key-versions: [1]
            access-token: {subject: s, required-for: [login]}
            rules:
              - {name: rule, keys: [key], %s, symbols: [%s]}
        """;

    private final OrderAdapter orderAdapter = new OrderAdapter();
    private final Order order = new Order();
    private final Decision decision = new Decision();

    @ParameterizedTest
    @CsvSource({
        "'\"*\"', '', NONE", "'\"*\"', LTCBTC, NONE", "LTCBTC, LTCBTC, NONE", "LTCBTC, '', SYMBOL_NOT_GRANTED",
        "LTCBTC, BTCUSDT, SYMBOL_NOT_GRANTED", "LTCBTC, '*', SYMBOL_NOT_GRANTED",
        "'LTCBTC, BTCUSDT', '', SYMBOL_NOT_GRANTED"})
    void shouldGrantEverySymbolOnlyByARuleForEverySymbol(
        final String symbols, final String symbol, final Reason expected)
    {
        final Policy policy = PolicyFixture.policy(POLICY.formatted("scopes: [cancel, query]", symbols));
        assertEquals(expected, decide(policy, new Ledger(policy), WireFrames.cancelAll(1, 1, "key", symbol), 0));
        assertEquals(expected, decide(policy, new Ledger(policy), WireFrames.queryOrders(1, 1, "key", symbol), 0));
    }

    @ParameterizedTest
    @CsvSource({
        "'scopes: [query, cancel]', NONE, NONE, OPERATION_NOT_GRANTED",
        "'scopes: [cancel]', NONE, OPERATION_NOT_GRANTED, OPERATION_NOT_GRANTED",
        "'scopes: [trade]', OPERATION_NOT_GRANTED, OPERATION_NOT_GRANTED, OPERATION_NOT_GRANTED",
        "'scopes: [login]', OPERATION_NOT_GRANTED, OPERATION_NOT_GRANTED, NONE",
        "'operations: [cancel-order, query-order]', OPERATION_NOT_GRANTED, OPERATION_NOT_GRANTED, " +
            "OPERATION_NOT_GRANTED",
        "'operations: [query-orders, cancel-all]', NONE, NONE, OPERATION_NOT_GRANTED",
        "'operations: [cancel-all]', NONE, OPERATION_NOT_GRANTED, OPERATION_NOT_GRANTED",
        "'operations: [login]', OPERATION_NOT_GRANTED, OPERATION_NOT_GRANTED, NONE"})
    void shouldGrantByScopeOrByName(
        final String granted, final Reason cancelAll, final Reason queryOrders, final Reason login)
    {
        final Policy policy = PolicyFixture.policy(POLICY.formatted(granted, "\"*\""));
        assertEquals(cancelAll, decide(policy, new Ledger(policy), WireFrames.cancelAll(1, 1, "key", ""), 0));
        assertEquals(queryOrders, decide(policy, new Ledger(policy), WireFrames.queryOrders(1, 1, "key", ""), 0));
        assertEquals(
            login, decide(policy, new Ledger(policy), WireFrames.login(1, 1, "key"), Scope.LOGIN.bit()));
    }

    @Test
    void shouldWantAnAccessTokenForALoginWherePolicyDoes()
    {
        final Policy policy = PolicyFixture.policy(POLICY.formatted("scopes: [login]", "LTCBTC"));
        final Ledger ledger = new Ledger(policy);
        final byte[] login = WireFrames.login(1, 1, "key");
        assertEquals(Reason.ACCESS_TOKEN_REQUIRED, decide(policy, ledger, login, 0));
        assertEquals(Reason.ACCESS_TOKEN_REQUIRED, decide(policy, ledger, login, ~Scope.LOGIN.bit()));
        assertEquals(Reason.NONE, decide(policy, ledger, login, Scope.LOGIN.bit()));
    }

    @ParameterizedTest
    @CsvSource({"1, NONE, SWITCHED_OFF, SWITCHED_OFF", "2, SWITCHED_OFF, SWITCHED_OFF, NONE"})
    void shouldStopACancelOfAllOrdersByTheSwitchForCancels(
        final int reach, final Reason cancelAll, final Reason queryOrders, final Reason login)
    {
        final Policy policy = PolicyFixture.policy(POLICY.formatted("scopes: [cancel, query, login]", "\"*\""));
        final Ledger ledger = new Ledger(policy);
        ledger.switches().set(Switches.ALL, reach, true, "");
        assertEquals(cancelAll, decide(policy, ledger, WireFrames.cancelAll(1, 1, "key", ""), 0));
        assertEquals(queryOrders, decide(policy, ledger, WireFrames.queryOrders(1, 1, "key", ""), 0));
        assertEquals(login, decide(policy, ledger, WireFrames.login(1, 1, "key"), Scope.LOGIN.bit()));
    }

    private Reason decide(final Policy policy, final Ledger ledger, final byte[] frame, final int accessScopes)
    {
        orderAdapter.decode(new UnsafeBuffer(frame), 0, order);
        policy.decide(0, policy.keyIndex(order.key()), order, UTC_NS, accessScopes, ledger, decision);
        return Reason.get(decision.reason());
    }
}
