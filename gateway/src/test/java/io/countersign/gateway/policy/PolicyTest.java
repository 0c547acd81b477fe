package io.countersign.gateway.policy;

import io.countersign.codecs.wire.OrderType;
import io.countersign.codecs.wire.Side;
import io.countersign.gateway.WireFrames;
import io.countersign.gateway.config.PolicyConfig;
import io.countersign.venues.Order;
import io.countersign.venues.OrderAdapter;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * The compiled policy and its ledger against a model that is slow and plain to see through.
 */
class PolicyTest
{
    private static final int POLICIES = 2_000;
    private static final int DECISIONS = 500;
    private static final int ENOUGH = 500;
    private static final long[] MANTISSAS = {
        Long.MIN_VALUE, Long.MIN_VALUE + 1, -1, 0, 1, 9, 10, 99, 100, 101, 999, 1000, 1001,
        1_000_000_000_000_000_000L, Long.MAX_VALUE - 1, Long.MAX_VALUE};

    private final Map<Integer, Integer> seen = new TreeMap<>();
    private final OrderAdapter orderAdapter = new OrderAdapter();
    private final Order order = new Order();
    private final Decision decision = new Decision();
    private long utcNs = RandomPolicy.START_NS;
    private Policy policy;
    private Ledger ledger;
    private PolicyModel model;

    @Test
    void shouldDecideAsTheModelDoes()
    {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        final RandomPolicy policies = new RandomPolicy(random);
        for (int i = 0; i < POLICIES; i++)
        {
            final PolicyConfig config = policies.next();
            policy = PolicyCompiler.compile(config);
            ledger = new Ledger(policy);
            model = new PolicyModel(config);
            utcNs = RandomPolicy.START_NS;
            for (int j = 0; j < DECISIONS; j++)
            {
                disturb(random, policies);
                check(random, "seed " + seed + " policy " + i + " request " + j);
            }
        }
        for (final int reason : List.of(0, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58))
        {
            assertTrue(seen.getOrDefault(reason, 0) > ENOUGH, () -> "seed " + seed + ": " + seen);
        }
    }

    @Test
    void shouldKnowPrincipalsByTheirBytes()
    {
        final PolicyConfig config = new RandomPolicy(new Random(1)).next();
        final Policy compiled = PolicyCompiler.compile(config);
        for (int i = 0; i < config.principals().size(); i++)
        {
            final byte[] name = config.principals().get(i).name().getBytes(StandardCharsets.UTF_8);
            assertEquals(i, compiled.principalIndex(new UnsafeBuffer(name), 0, name.length));
            assertEquals(i, compiled.principalIndex(name));
            assertEquals(TextTable.ABSENT, compiled.principalIndex(new UnsafeBuffer(name), 0, name.length - 1));
        }
        assertEquals(config.policyVersion(), compiled.version());
        assertEquals(0, compiled.ruleName(Decision.NO_RULE).length);
    }

    /** Time goes on, sometimes back; operators turn switches, re-enable rules and change the policy. */
    private void disturb(final Random random, final RandomPolicy policies)
    {
        utcNs += switch (random.nextInt(40))
        {
            case 0 -> 3_600_000_000_000L * random.nextInt(20);
            case 1, 2 -> 1_000_000_000L * random.nextInt(30);
            case 3 -> -1_000_000_000L * random.nextInt(30);
            case 4, 5, 6 -> 1_000_000L * random.nextInt(200);
            default -> random.nextInt(1_000_000);
        };
        final int what = random.nextInt(100);
        final String principal = "principal" + random.nextInt(RandomPolicy.PRINCIPALS + 1);
        if (what < 2)
        {
            final int subject = 1 + random.nextInt(4);
            final int reach = 1 + random.nextInt(2);
            final String name = switch (subject)
            {
                case Switches.ALL -> "";
                case Switches.VENUE -> random.nextBoolean() ? "binance-spot" : "nowhere";
                case Switches.KEY -> "key" + random.nextInt(RandomPolicy.KEYS + 1);
                default -> principal;
            };
            final String inModel = reach + "/" + subject + "/" + name;
            assertEquals(model.switches.add(inModel), ledger.switches().set(subject, reach, true, name));
        }
        else if (what < 5)
        {
            ledger.switches().forEach((subject, reach, name) ->
                assertTrue(model.switches.contains(reach + "/" + subject + "/" + name)));
            assertEquals(model.switches.size(), ledger.switches().count());
            for (final String each : List.copyOf(model.switches))
            {
                final String[] parts = each.split("/", -1);
                assertTrue(ledger.switches().set(
                    Integer.parseInt(parts[1]), Integer.parseInt(parts[0]), false, parts[2]));
            }
            model.switches.clear();
        }
        else if (what < 10)
        {
            final String rule = "rule " + random.nextInt(4);
            model.enable(principal, rule);
            ledger.setStopped(principal, rule, false);
        }
        else if (what < 11)
        {
            final PolicyConfig next = policies.next();
            final Policy compiled = PolicyCompiler.compile(next);
            ledger = new Ledger(compiled).adopt(ledger, LedgerPlan.between(policy, compiled));
            policy = compiled;
            model.swap(next);
        }
    }

    private void check(final Random random, final String where)
    {
        orderAdapter.decode(new UnsafeBuffer(frame(random)), 0, order);
        final int principal = random.nextInt(RandomPolicy.PRINCIPALS);
        final int accessScopes = random.nextInt(64);
        // A decision is reused: what it held must not matter.
        decision.reason = random.nextInt(64);
        decision.ruleIndex = random.nextInt(3) - 1;
        decision.stopsExecution = random.nextBoolean();
        final PolicyModel.Expected expected = model.decide(principal, order, utcNs, accessScopes);
        policy.decide(principal, policy.keyIndex(order.key()), order, utcNs, accessScopes, ledger, decision);
        final String what = where + ": principal " + principal + " " + order.operation() + " key " + order.key() +
            " symbol " + order.symbol() + " quantity " + order.quantity().mantissa() + "e" +
            order.quantity().exponent() + " price " + order.price().mantissa() + "e" + order.price().exponent();
        assertEquals(expected.reason(), decision.reason(), what);
        final String rule = new String(policy.ruleName(decision.ruleIndex()), StandardCharsets.UTF_8);
        assertEquals(expected.rule(), rule, what);
        assertEquals(expected.stops(), decision.stopsExecution(), what);
        seen.merge(expected.reason(), 1, Integer::sum);
        if (decision.stopsExecution())
        {
            ledger.stopExecution(decision.ruleIndex());
            model.stopped.add("principal" + principal + "/" + rule);
        }
        // Not every request that is allowed gets as far as an Intent.
        if (0 == decision.reason() && 0 != random.nextInt(10))
        {
            policy.count(principal, policy.keyIndex(order.key()), order, utcNs, decision, ledger);
            model.count(principal, rule, order, utcNs);
        }
    }

    private static byte[] frame(final Random random)
    {
        final String key = "key" + (0 == random.nextInt(20) ? RandomPolicy.KEYS : random.nextInt(RandomPolicy.KEYS));
        final String symbol = RandomPolicy.SYMBOLS[
            random.nextInt(2) == 0 ? 0 : random.nextInt(RandomPolicy.SYMBOLS.length)];
        final boolean isWild = 0 == random.nextInt(3);
        return switch (random.nextInt(12))
        {
            case 0 -> WireFrames.cancelOrder(1, 1, 1, key, symbol);
            case 1 -> WireFrames.queryOrder(1, 1, 1, key, symbol);
            case 2 -> WireFrames.queryAccount(1, 1, key);
            case 3 -> random.nextBoolean() ? WireFrames.login(1, 1, key) :
                WireFrames.queryOrders(1, 1, key, symbolOrNone(random, symbol));
            case 4 -> random.nextBoolean() ? WireFrames.login(1, 1, key) :
                WireFrames.cancelAll(1, 1, key, symbolOrNone(random, symbol));
            case 5, 6 -> WireFrames.transaction(1, 1, (fields) -> fields.quantity()
                .mantissa(0 == random.nextInt(4) ? Long.MIN_VALUE : mantissa(random, isWild))
                .exponent((byte) exponent(random, isWild)), key, symbol);
            default -> WireFrames.newOrder(1, 1, (fields) ->
            {
                fields.quantity().mantissa(mantissa(random, isWild)).exponent((byte) exponent(random, isWild));
                fields.price().mantissa(mantissa(random, isWild)).exponent((byte) exponent(random, isWild));
                fields.side(random.nextBoolean() ? Side.BUY : Side.SELL).orderType(
                    OrderType.get((short) (random.nextBoolean() ? 1 : 1 + random.nextInt(7))));
                switch (random.nextInt(12))
                {
                    case 0 -> fields.quoteQuantity().mantissa(1).exponent((byte) 0);
                    case 1 ->
                    {
                        fields.quoteQuantity().mantissa(mantissa(random, isWild)).exponent((byte) 0);
                        fields.quantity().mantissa(Long.MIN_VALUE);
                    }
                    case 2 -> fields.stopPrice().mantissa(mantissa(random, isWild)).exponent((byte) 0);
                    default ->
                    {
                        // As it is.
                    }
                }
            }, key, symbol, "");
        };
    }

    private static String symbolOrNone(final Random random, final String symbol)
    {
        return random.nextBoolean() ? "" : symbol;
    }

    private static long mantissa(final Random random, final boolean isWild)
    {
        return isWild ? MANTISSAS[random.nextInt(MANTISSAS.length)] : 1 + random.nextInt(300);
    }

    private static int exponent(final Random random, final boolean isWild)
    {
        return isWild && random.nextInt(4) == 0 ? random.nextInt(37) - 18 : random.nextInt(3) - 2;
    }
}
