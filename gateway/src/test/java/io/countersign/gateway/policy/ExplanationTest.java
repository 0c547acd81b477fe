package io.countersign.gateway.policy;

import io.countersign.gateway.WireFrames;
import io.countersign.venues.Order;
import io.countersign.venues.OrderAdapter;
import io.countersign.venues.Scope;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class ExplanationTest
{
    private static final long NOW_NS = RandomPolicy.START_NS;
    private static final String POLICY = """
        keys: [{alias: key, valid-until: 2100-01-01T00:00:00Z}]
        principals:
          - name: maker
            expires: 2099-01-01T00:00:00Z
            max-messages: {per: 1h, count: 3}
            access-token: {subject: me, required-for: [query]}
            limits: [{per: day, max-orders: 2}]
            rules:
              - {name: tiny, keys: [key], scopes: [trade], symbols: [LTCBTC], max-quantity: 0.5}
              - name: small
                keys: [key]
                scopes: [trade]
                symbols: [LTCBTC]
                max-quantity: 1
                limits: [{per: 1h, max-notional: 10}]
                repeated-execution-throttle: {executions: 1, per: 1m}
              - {name: never-asked, keys: [key], scopes: [trade], symbols: ["*"]}
              - {name: read, keys: [key], operations: [query-account]}
        """;

    private final Order order = new Order();
    private Policy policy;
    private Ledger ledger;

    @BeforeEach
    void before()
    {
        policy = PolicyFixture.policy(POLICY);
        ledger = new Ledger(policy);
        newOrder("LTCBTC");
    }

    @Test
    void shouldAskInTheOrderOfThePolicyAndOnlyUpToTheRuleThatDecides()
    {
        assertEquals(List.of(
            "yes principal maker: known",
            "-   source: not asked about",
            "yes key: known, of venue binance-spot",
            "yes kill switches: none is on for this request",
            "yes expiry: has not passed, or there is none",
            "yes days and hours: open",
            "yes validity of the key: now",
            "yes access token: not required for trade",
            "NO  rule tiny: key yes, operation yes, symbol yes, side yes, order type yes, quantity NO: " +
                "QUANTITY_ABOVE_LIMIT",
            "yes rule small: key yes, operation yes, symbol yes, side yes, order type yes, quantity yes, price yes, " +
                "notional yes",
            "yes max-messages: a message is left",
            "yes rule not stopped: it runs",
            "yes limit of the principal, max-orders per day: holds",
            "yes limit of the rule, max-notional per 1h: holds",
            "yes repeated-execution throttle: lets it pass",
            "decision: allowed by rule small"), explain(NOW_NS, 0).lines());
    }

    @Test
    void shouldAskNoLimitsOfARuleThatOnlyCameNearest()
    {
        newOrder("BTCUSDT");
        policy = PolicyFixture.policy(POLICY.replace("[\"*\"]", "[ETHUSDT]"));
        ledger = new Ledger(policy);
        final List<String> lines = explain(NOW_NS, 0).lines();
        assertTrue(lines.get(lines.size() - 2).startsWith("NO  rule read: "), lines.toString());
        assertEquals("decision: SYMBOL_NOT_GRANTED (nearest rule tiny)", lines.getLast());
    }

    @Test
    void shouldStopAtASwitchAStoppedRuleAndAMissingScope()
    {
        ledger.switches().set(Switches.KEY, Switches.ALL_BUT_CANCELS, true, "key");
        assertEnd("NO  kill switches: one is on for this request", "decision: SWITCHED_OFF", NOW_NS, 0);
        ledger.switches().set(Switches.KEY, Switches.ALL_BUT_CANCELS, false, "key");
        ledger.setStopped("maker", "small", true);
        assertEnd("NO  rule not stopped: its throttle has stopped it: an operator re-enables it",
            "decision: REPEATED_EXECUTION (nearest rule small)", NOW_NS, 0);
        new OrderAdapter().decode(new UnsafeBuffer(WireFrames.queryAccount(1, 1, "key")), 0, order);
        assertEnd("NO  access token: required for query, and none grants it",
            "decision: ACCESS_TOKEN_REQUIRED", NOW_NS, Scope.TRADE.bit());
        assertEquals("decision: allowed by rule read", explain(NOW_NS, Scope.QUERY.bit()).lines().getLast());
    }

    @Test
    void shouldGoByTheLatestTimeThatWasCountedAt()
    {
        final long lateNs = 4_080_000_000L * 1_000_000_000L;
        final Decision decision = new Decision();
        decision.allow(Decision.NO_RULE);
        policy.count(0, 0, order, lateNs, decision, ledger);
        assertEnd("NO  expiry: has passed", "decision: PRINCIPAL_EXPIRED", NOW_NS, 0);
    }

    @Test
    void shouldEndWhereThePolicyDoes()
    {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        for (int i = 0; i < 300; i++)
        {
            policy = PolicyCompiler.compile(new RandomPolicy(random).next());
            ledger = new Ledger(policy);
            final Decision decision = new Decision();
            for (int j = 0; j < 20; j++)
            {
                newOrder(RandomPolicy.SYMBOLS[random.nextInt(2)], "key" + random.nextInt(RandomPolicy.KEYS), random);
                final long utcNs = NOW_NS + j * 50_000_000L;
                policy.decide(0, policy.keyIndex(order.key()), order, utcNs, 0, ledger, decision);
                final List<String> lines = new Explanation(policy, ledger, new Explanation.Question(
                    "principal0", null, null, order, utcNs, 0)).lines();
                final String text = lines + ", seed " + seed;
                if (0 == decision.reason())
                {
                    policy.count(0, policy.keyIndex(order.key()), order, utcNs, decision, ledger);
                    assertTrue(lines.get(lines.size() - 2).startsWith("yes "), text);
                }
                else
                {
                    assertTrue(lines.get(lines.size() - 2).startsWith("NO  "), text);
                    if (decision.stopsExecution())
                    {
                        ledger.stopExecution(decision.ruleIndex());
                    }
                }
            }
        }
    }

    private void assertEnd(final String no, final String verdict, final long utcNs, final int accessScopes)
    {
        final List<String> lines = explain(utcNs, accessScopes).lines();
        assertEquals(no, lines.get(lines.size() - 2));
        assertEquals(verdict, lines.getLast());
    }

    private Explanation explain(final long utcNs, final int accessScopes)
    {
        return new Explanation(policy, ledger,
            new Explanation.Question("maker", null, null, order, utcNs, accessScopes));
    }

    private void newOrder(final String symbol)
    {
        new OrderAdapter().decode(new UnsafeBuffer(WireFrames.newOrder(
            1, 1, WireFrames.quantity(1, 0), "key", symbol, "")), 0, order);
    }

    private void newOrder(final String symbol, final String key, final Random random)
    {
        new OrderAdapter().decode(new UnsafeBuffer(WireFrames.newOrder(
            1, 1, WireFrames.quantity(1 + random.nextInt(100), 0), key, symbol, "")), 0, order);
    }
}
