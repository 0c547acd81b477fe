package io.countersign.gateway.policy;

import io.countersign.codecs.wire.NewOrderEncoder;
import io.countersign.codecs.wire.OrderType;
import io.countersign.codecs.wire.Side;
import io.countersign.gateway.WireFrames;
import io.countersign.gateway.config.Schedule;
import io.countersign.venues.Order;
import io.countersign.venues.OrderAdapter;
import io.countersign.venues.Scope;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class LedgerTest
{
    private static final long SECOND_NS = 1_000_000_000L;
    private static final long MONDAY_NS = Instant.parse("2027-03-01T00:00:00Z").getEpochSecond() * SECOND_NS;
    private static final String RULE = "{name: r, keys: [key], scopes: [trade, cancel, query], symbols: [\"*\"]%s}";
    private static final String POLICY = """
        principals:
          - name: maker
            %s
            rules:
              - %s
              - {name: cancels, keys: [other], scopes: [cancel], symbols: ["*"]}
        """;

    private final Order order = new Order();
    private final Decision decision = new Decision();
    private Policy policy;
    private Ledger ledger;
    private long utcNs = MONDAY_NS;

    @Test
    void shouldAllowABurstAndThenTheRate()
    {
        use("max-messages: {per: 1s, count: 4, burst: 3}", "");
        assertEquals(0, cancel());
        assertEquals(0, buy("1", "1"));
        assertEquals(0, cancel());
        assertEquals(49, cancel());
        assertEquals(49, buy("1", "1"));
        utcNs += SECOND_NS / 4 - 1;
        assertEquals(49, cancel());
        utcNs++;
        assertEquals(0, cancel());
        assertEquals(49, cancel());
        utcNs += 60 * SECOND_NS;
        assertEquals(List.of(0, 0, 0, 49), List.of(cancel(), cancel(), cancel(), cancel()));
    }

    @ParameterizedTest
    @CsvSource({"true, 50", "false, 50"})
    void shouldHoldOrdersToAWindowButNotCancels(final boolean isOfRule, final int reason)
    {
        final String limits = "limits: [{per: 1s, max-orders: 3}]";
        use(isOfRule ? "" : limits, isOfRule ? ", " + limits : "");
        assertEquals(List.of(0, 0, 0, reason), List.of(buy("1", "1"), buy("1", "1"), buy("1", "1"), buy("1", "1")));
        assertEquals(0, cancel());
        utcNs += SECOND_NS;
        assertEquals(reason, buy("1", "1"), "the slot is not wholly outside");
        utcNs += SECOND_NS / 64;
        assertEquals(0, buy("1", "1"));
    }

    @Test
    void shouldHoldTurnoverToTheLastDecimal()
    {
        use("limits: [{per: day, max-notional: 100}]", "");
        assertEquals(0, buy("3", "33.333333333333333"));
        assertEquals(51, buy("1", "0.000000000000002"));
        assertEquals(51, buy("0.1", "0.01"));
        assertEquals(0, buy("1", "0.000000000000001"));
        assertEquals(51, buy("0.000000001", "0.000000001"), "the smallest there is");
        utcNs = MONDAY_NS + Schedule.DAY_NS - 1;
        assertEquals(51, buy("1", "1"));
        utcNs++;
        assertEquals(0, buy("1", "100"));
    }

    @Test
    void shouldRefuseWhatHasNoNotionalUnderATurnoverLimit()
    {
        use("limits: [{per: 1h, max-notional: 100}]", "");
        assertEquals(51, ask(market("1")));
        use("limits: [{per: 1h, max-orders: 100}]", "");
        assertEquals(0, ask(market("1")));
    }

    @Test
    void shouldStopTheRuleAtTheExecutionAboveTheThrottle()
    {
        use("", ", repeated-execution-throttle: {executions: 2, per: 1m}");
        assertEquals(0, buy("1", "1"));
        assertEquals(0, buy("1", "1"));
        assertEquals(52, buy("1", "1"));
        assertTrue(decision.stopsExecution());
        assertEquals(52, buy("1", "1"));
        ledger.stopExecution(decision.ruleIndex());
        utcNs += 3600 * SECOND_NS;
        assertEquals(52, buy("1", "1"), "time alone does not help");
        assertFalse(decision.stopsExecution(), "it is stopped already");
        assertEquals(0, cancel(), "cancels go on");
        final List<String> stopped = new ArrayList<>();
        ledger.forEachStopped((principal, rule) -> stopped.add(principal + "/" + rule));
        assertEquals(List.of("maker/r"), stopped);
        assertTrue(ledger.enableExecution(0));
        assertFalse(ledger.enableExecution(0));
        assertEquals(List.of(0, 0, 52), List.of(buy("1", "1"), buy("1", "1"), buy("1", "1")));
    }

    @Test
    void shouldForgetTheExecutionsOfARuleThatIsEnabledAgain()
    {
        use("", ", repeated-execution-throttle: {executions: 1, per: 1m}");
        assertEquals(List.of(0, 52), List.of(buy("1", "1"), buy("1", "1")));
        ledger.stopExecution(0);
        ledger.enableExecution(0);
        assertEquals(List.of(0, 52), List.of(buy("1", "1"), buy("1", "1")));
    }

    @Test
    void shouldUseUpNothingByDeciding()
    {
        use("limits: [{per: 1s, max-orders: 1}]", "");
        for (int i = 0; i < 10; i++)
        {
            decide(newOrder("1", "1"));
            assertEquals(0, decision.reason());
        }
        assertEquals(List.of(0, 50), List.of(buy("1", "1"), buy("1", "1")));
    }

    @Test
    void shouldRefuseAllButCancelsOrCancelsBySwitch()
    {
        use("", "");
        final Switches switches = ledger.switches();
        for (final String name : List.of("1:", "2:binance-spot", "3:key", "4:maker"))
        {
            final int subject = name.charAt(0) - '0';
            assertTrue(switches.set(subject, Switches.ALL_BUT_CANCELS, true, name.substring(2)));
            assertFalse(switches.set(subject, Switches.ALL_BUT_CANCELS, true, name.substring(2)));
            assertEquals(List.of(53, 0), List.of(buy("1", "1"), cancel()), name);
            assertTrue(switches.set(subject, Switches.CANCELS, true, name.substring(2)));
            assertEquals(List.of(53, 53), List.of(buy("1", "1"), cancel()), name);
            assertTrue(switches.set(subject, Switches.ALL_BUT_CANCELS, false, name.substring(2)));
            assertEquals(List.of(0, 53), List.of(buy("1", "1"), cancel()), name);
            assertTrue(switches.set(subject, Switches.CANCELS, false, name.substring(2)));
            assertEquals(List.of(0, 0), List.of(buy("1", "1"), cancel()), name);
        }
        switches.set(Switches.KEY, Switches.ALL_BUT_CANCELS, true, "other");
        switches.set(Switches.PRINCIPAL, Switches.ALL_BUT_CANCELS, true, "nobody");
        assertEquals(0, buy("1", "1"));
        assertThrows(IllegalArgumentException.class, () -> switches.set(5, 1, true, "x"));
        assertThrows(IllegalArgumentException.class, () -> switches.set(1, 3, true, ""));
    }

    @Test
    void shouldWantAnAccessTokenForItsScopesOnly()
    {
        use("access-token: {subject: bot-7, required-for: [trade]}", "");
        assertEquals("bot-7", policy.subject(0));
        assertEquals(57, buy("1", "1"));
        assertEquals(0, cancel());
        decide(newOrder("1", "1"), Scope.CANCEL.bit() | Scope.QUERY.bit());
        assertEquals(57, decision.reason());
        decide(newOrder("1", "1"), Scope.TRADE.bit());
        assertEquals(0, decision.reason());
    }

    @Test
    void shouldKeepToDaysAndHours()
    {
        use("days: mon-fri\n    hours: \"22:00-02:00\"", "");
        assertOpen("2027-03-01T21:59:59.999999999Z", false);
        assertOpen("2027-03-01T22:00:00Z", true);
        assertOpen("2027-03-02T01:59:59.999999999Z", true);
        assertOpen("2027-03-02T02:00:00Z", false);
        assertOpen("2027-03-06T01:00:00Z", true);
        assertOpen("2027-03-06T22:00:00Z", false);
        assertOpen("2027-03-08T01:00:00Z", false);
        use("days: [sat-sun]", "");
        assertOpen("2027-03-05T23:59:59Z", false);
        assertOpen("2027-03-06T00:00:00Z", true);
        assertOpen("2027-03-07T23:59:59Z", true);
        assertOpen("2027-03-08T00:00:00Z", false);
    }

    @Test
    void shouldEndWithItsTimeAndStayEnded()
    {
        use("expires: 2027-03-01T00:00:01Z", "");
        utcNs = MONDAY_NS + SECOND_NS - 1;
        assertFalse(policy.principal(0).expiresNs <= utcNs);
        assertEquals(0, buy("1", "1"));
        utcNs++;
        assertTrue(policy.principal(0).expiresNs <= utcNs);
        assertEquals(55, buy("1", "1"));
        assertEquals(55, cancel());

        policy = PolicyFixture.policy("keys: [{alias: key, valid-from: 2027-03-01T00:00:01Z, " +
            "valid-until: 2027-03-01T00:00:02Z}]\n" + POLICY.formatted("", RULE.formatted("")));
        ledger = new Ledger(policy);
        utcNs = MONDAY_NS + SECOND_NS - 1;
        assertEquals(54, buy("1", "1"));
        utcNs = MONDAY_NS + SECOND_NS;
        assertEquals(0, buy("1", "1"));
        utcNs = MONDAY_NS + 2 * SECOND_NS - 1;
        assertEquals(0, buy("1", "1"));
        utcNs = MONDAY_NS + 2 * SECOND_NS;
        assertEquals(54, cancel());
        decide(WireFrames.cancelOrder(1, 1, 1, "other", "BTCUSDT"));
        assertEquals(0, decision.reason(), "the other key has no such time");
        policy.count(0, 1, order, utcNs, decision, ledger);
        utcNs--;
        assertEquals(54, buy("1", "1"), "a clock that goes back does not bring it back");
    }

    @Test
    void shouldHoldEveryOrderOfASymbolToItsBand()
    {
        policy = PolicyFixture.policy("price-bands: {BTCUSDT: {min: 2, max: 3}}\n" +
            POLICY.formatted("", RULE.formatted(", max-price: 2.5")));
        ledger = new Ledger(policy);
        assertEquals(
            List.of(47, 0, 0, 47), List.of(buy("1", "1.99"), buy("1", "2"), buy("1", "2.5"), buy("1", "2.6")));
        assertEquals(47, ask(market("2.2")));
        decide(WireFrames.newOrder(1, 1, (fields) -> fill(fields, "1", "1", OrderType.LIMIT), "key", "LTCBTC", ""));
        assertEquals(0, decision.reason(), "another symbol");
    }

    @Test
    void shouldCarryOverWhatWentThrough()
    {
        use("max-messages: {per: 1h, count: 1, burst: 4}\n    limits: [{per: 1h, max-orders: 3, max-notional: 10}]",
            ", repeated-execution-throttle: {executions: 2, per: 1m}");
        assertEquals(List.of(0, 0, 52), List.of(buy("1", "1"), buy("1", "1"), buy("1", "1")));
        ledger.stopExecution(decision.ruleIndex());
        ledger.switches().set(Switches.KEY, Switches.CANCELS, true, "other");

        swap("max-messages: {per: 1h, count: 1, burst: 4}\n    limits: [{per: 1h, max-orders: 2, max-notional: 3}]",
            ", repeated-execution-throttle: {executions: 9, per: 1m}");
        assertEquals(52, buy("1", "1"));
        ledger.enableExecution(0);
        assertEquals(50, buy("1", "1"), "two of two orders");
        swap("max-messages: {per: 1h, count: 1, burst: 4}\n    limits: [{per: 1h, max-orders: 4, max-notional: 3}]",
            "");
        assertEquals(51, buy("1", "1.1"), "two of three notional");
        assertEquals(List.of(0, 0, 49), List.of(buy("1", "1"), cancel(), cancel()), "four of four messages");
        decide(WireFrames.cancelOrder(1, 1, 1, "other", "BTCUSDT"));
        assertEquals(53, decision.reason());
        swap("limits: [{per: 2h, max-orders: 1}]", "");
        assertEquals(List.of(0, 50), List.of(buy("1", "1"), buy("1", "1")), "another window begins anew");
    }

    @Test
    void shouldKeepWhatIsStoppedAndSwitchedAlsoWhereTheNameIsUnknown()
    {
        use("", "");
        ledger.stopExecution(0);
        ledger.switches().set(Switches.PRINCIPAL, Switches.ALL_BUT_CANCELS, true, "maker");
        final Policy before = policy;
        policy = PolicyFixture.policy(
            "principals: [{name: other, rules: [{name: r, keys: [key], scopes: [trade], symbols: [X]}]}]");
        ledger = new Ledger(policy).adopt(ledger, LedgerPlan.between(before, policy));
        assertFalse(ledger.isStopped(0), "of another principal");
        assertEquals(1, ledger.switches().count());
        swap("", "");
        assertTrue(ledger.isStopped(0));
        assertEquals(53, buy("1", "1"));
        ledger.switches().set(Switches.PRINCIPAL, Switches.ALL_BUT_CANCELS, false, "maker");
        assertEquals(52, buy("1", "1"));
        final Policy again = policy;
        assertThrows(IllegalArgumentException.class,
            () -> new Ledger(before).adopt(ledger, LedgerPlan.between(before, again)));
    }

    @Test
    void shouldKnowOperatorsAndSources()
    {
        policy = PolicyFixture.policy("""
            principals:
              - {name: near, rules: []}
              - name: far
                sources: [{ingress: "udp:desk", addresses: [10.0.0.0/8, "2001:db8::/32"]}, {ingress: "ipc:bots"}]
            operators:
              - {name: head, api-key-versions: [3], commands: [switch]}
            """.replace("rules: []", "expires: 2030-01-01T00:00:00Z"));
        final byte[] ten = {10, 1, 2, 3};
        final byte[] eleven = {11, 1, 2, 3};
        assertTrue(policy.isSourceGranted(0, "ipc", null) && policy.isSourceGranted(0, "ipc:bots", null));
        assertFalse(policy.isSourceGranted(0, "udp:desk", ten) || policy.isSourceGranted(0, "ipcx", null));
        assertTrue(policy.isSourceGranted(1, "udp:desk", ten) && policy.isSourceGranted(1, "ipc:bots", null));
        assertFalse(policy.isSourceGranted(1, "udp:desk", eleven) || policy.isSourceGranted(1, "udp:desk", null));
        assertFalse(policy.isSourceGranted(1, "ipc", null) || policy.isSourceGranted(-1, "ipc", null));
        assertTrue(policy.isOperator(2) && policy.mayCommand(2, Command.SWITCH));
        assertFalse(policy.mayCommand(2, Command.RELOAD) || policy.isOperator(0));
        assertTrue(policy.isApiKeyVersionValid(2, 3));
        assertEquals(2, policy.principalIndex("head".getBytes(StandardCharsets.UTF_8)));
        ledger = new Ledger(policy);
        policy.decide(2, 0, decoded(newOrder("1", "1")), utcNs, 0, ledger, decision);
        assertEquals(41, decision.reason());
        assertEquals(Decision.NO_RULE, decision.ruleIndex());
    }

    private void assertOpen(final String instant, final boolean isOpen)
    {
        final Instant parsed = Instant.parse(instant);
        utcNs = parsed.getEpochSecond() * SECOND_NS + parsed.getNano();
        decide(newOrder("1", "1"));
        assertEquals(isOpen ? 0 : 56, decision.reason(), instant);
    }

    private void use(final String principalFields, final String ruleFields)
    {
        policy = PolicyFixture.policy(POLICY.formatted(principalFields, RULE.formatted(ruleFields)));
        ledger = new Ledger(policy);
    }

    private void swap(final String principalFields, final String ruleFields)
    {
        final Policy before = policy;
        final Ledger old = ledger;
        use(principalFields, ruleFields);
        ledger.adopt(old, LedgerPlan.between(before, policy));
    }

    private int cancel()
    {
        return ask(WireFrames.cancelOrder(1, 1, 1, "key", "BTCUSDT"));
    }

    private int buy(final String quantity, final String price)
    {
        return ask(newOrder(quantity, price));
    }

    private int ask(final byte[] frame)
    {
        decide(frame);
        if (0 == decision.reason())
        {
            policy.count(0, policy.keyIndex(order.key()), order, utcNs, decision, ledger);
        }
        return decision.reason();
    }

    private void decide(final byte[] frame)
    {
        decide(frame, 0);
    }

    private void decide(final byte[] frame, final int accessScopes)
    {
        decoded(frame);
        policy.decide(0, policy.keyIndex(order.key()), order, utcNs, accessScopes, ledger, decision);
    }

    private Order decoded(final byte[] frame)
    {
        new OrderAdapter().decode(new UnsafeBuffer(frame), 0, order);
        return order;
    }

    private static byte[] newOrder(final String quantity, final String price)
    {
        return WireFrames.newOrder(
            1, 1, (fields) -> fill(fields, quantity, price, OrderType.LIMIT), "key", "BTCUSDT", "");
    }

    private static byte[] market(final String price)
    {
        return WireFrames.newOrder(1, 1, (fields) -> fill(fields, "1", price, OrderType.MARKET), "key", "BTCUSDT", "");
    }

    private static void fill(
        final NewOrderEncoder fields, final String quantity, final String price, final OrderType orderType)
    {
        final BigDecimal quantityValue = new BigDecimal(quantity);
        final BigDecimal priceValue = new BigDecimal(price);
        fields.quantity().mantissa(quantityValue.unscaledValue().longValueExact())
            .exponent((byte) -quantityValue.scale());
        fields.price().mantissa(priceValue.unscaledValue().longValueExact()).exponent((byte) -priceValue.scale());
        fields.side(Side.BUY).orderType(orderType);
    }
}
