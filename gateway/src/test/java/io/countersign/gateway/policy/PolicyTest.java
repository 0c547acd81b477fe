package io.countersign.gateway.policy;

import io.countersign.codecs.MutableDecimal;
import io.countersign.codecs.wire.OrderType;
import io.countersign.codecs.wire.Reason;
import io.countersign.codecs.wire.Side;
import io.countersign.gateway.WireFrames;
import io.countersign.gateway.config.GatewayConfig;
import io.countersign.gateway.config.IdleMode;
import io.countersign.gateway.config.KeyConfig;
import io.countersign.gateway.config.OrderLimits;
import io.countersign.gateway.config.OrderLimits.Limit;
import io.countersign.gateway.config.PrincipalConfig;
import io.countersign.gateway.config.RuleConfig;
import io.countersign.gateway.config.TokenConfig;
import io.countersign.hsm.KeySpec;
import io.countersign.hsm.SigningAlgorithm;
import io.countersign.venues.Operation;
import io.countersign.venues.Order;
import io.countersign.venues.OrderAdapter;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * The compiled policy against one that is slow and plain to see through.
 */
class PolicyTest
{
    private static final int CONFIGURATIONS = 2_000;
    private static final int DECISIONS = 500;
    private static final int MAX_KEYS = 4;
    private static final String[] SYMBOLS = {"LTCBTC", "BTCUSDT", "LTCBT", "*", "", "ltcbtc"};
    private static final long[] MANTISSAS = {
        Long.MIN_VALUE, Long.MIN_VALUE + 1, -1, 0, 1, 9, 10, 99, 100, 101, 999, 1000, 1001,
        1_000_000_000_000_000_000L, Long.MAX_VALUE - 1, Long.MAX_VALUE};

    private final Map<Reason, Integer> seen = new EnumMap<>(Reason.class);

    @Test
    void shouldDecideAsTheModelDoes()
    {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        for (int i = 0; i < CONFIGURATIONS; i++)
        {
            final GatewayConfig config = config(random);
            final Policy policy = PolicyCompiler.compile(config);
            for (int j = 0; j < DECISIONS; j++)
            {
                check(config, policy, random, "seed " + seed);
            }
        }
        for (final Reason reason : List.of(Reason.NONE, Reason.UNKNOWN_KEY, Reason.KEY_NOT_GRANTED,
            Reason.OPERATION_NOT_GRANTED, Reason.SYMBOL_NOT_GRANTED, Reason.SIDE_NOT_GRANTED,
            Reason.ORDER_TYPE_NOT_GRANTED, Reason.QUANTITY_ABOVE_LIMIT, Reason.PRICE_OUTSIDE_BAND,
            Reason.NOTIONAL_ABOVE_LIMIT))
        {
            assertTrue(seen.getOrDefault(reason, 0) > 1000, () -> "seed " + seed + ": " + seen);
        }
    }

    @Test
    void shouldKnowPrincipalsByTheirBytes()
    {
        final GatewayConfig config = config(new Random(1));
        final Policy policy = PolicyCompiler.compile(config);
        for (int i = 0; i < config.principals().size(); i++)
        {
            final byte[] name = config.principals().get(i).name().getBytes(StandardCharsets.UTF_8);
            assertEquals(i, policy.principalIndex(new UnsafeBuffer(name), 0, name.length));
            assertEquals(TextTable.ABSENT, policy.principalIndex(new UnsafeBuffer(name), 0, name.length - 1));
        }
        assertEquals(config.policyVersion(), policy.version());
        assertEquals(0, policy.ruleName(Decision.NO_RULE).length);
    }

    private void check(final GatewayConfig config, final Policy policy, final Random random, final String where)
    {
        final Order order = new Order();
        new OrderAdapter().decode(new UnsafeBuffer(frame(random)), 0, order);
        final int principal = random.nextInt(config.principals().size());
        final Decision decision = new Decision();
        // A decision is reused: what it held must not matter.
        decision.reason = random.nextInt(50);
        decision.ruleIndex = random.nextInt(3) - 1;
        policy.decide(principal, policy.keyIndex(order.key()), order, decision);

        final Expected expected = expected(config, principal, order);
        final String what = where + ": " + config.principals().get(principal) + " " + order.operation() + " key " +
            order.key() + " symbol " + order.symbol() + " quantity " + order.quantity().mantissa() + "e" +
            order.quantity().exponent();
        assertEquals(expected.reason, Reason.get(decision.reason()), what);
        assertEquals(
            expected.rule, new String(policy.ruleName(decision.ruleIndex()), StandardCharsets.UTF_8), what);
        seen.merge(expected.reason, 1, Integer::sum);
    }

    private static Expected expected(final GatewayConfig config, final int principal, final Order order)
    {
        if (config.keys().stream().noneMatch((key) -> key.spec().alias().equals(order.key().toString())))
        {
            return new Expected(Reason.UNKNOWN_KEY, "");
        }
        final List<Reason> inOrder = List.of(Reason.KEY_NOT_GRANTED, Reason.OPERATION_NOT_GRANTED,
            Reason.SYMBOL_NOT_GRANTED, Reason.SIDE_NOT_GRANTED, Reason.ORDER_TYPE_NOT_GRANTED,
            Reason.QUANTITY_ABOVE_LIMIT, Reason.PRICE_OUTSIDE_BAND, Reason.NOTIONAL_ABOVE_LIMIT, Reason.NONE);
        Expected best = null;
        for (final RuleConfig rule : config.principals().get(principal).rules())
        {
            final Reason reason = reason(rule, order);
            if (null == best || inOrder.indexOf(reason) > inOrder.indexOf(best.reason))
            {
                best = new Expected(reason, rule.name());
            }
        }
        return best;
    }

    private static Reason reason(final RuleConfig rule, final Order order)
    {
        if (!rule.keys().contains(order.key().toString()))
        {
            return Reason.KEY_NOT_GRANTED;
        }
        if (!rule.operations().contains(order.operation()))
        {
            return Reason.OPERATION_NOT_GRANTED;
        }
        if (Operation.QUERY_ACCOUNT != order.operation() &&
            !rule.symbols().equals(List.of("*")) &&
            !rule.symbols().contains(order.symbol().toString()))
        {
            return Reason.SYMBOL_NOT_GRANTED;
        }
        return Operation.NEW_ORDER == order.operation() ? reason(rule.limits(), order) : Reason.NONE;
    }

    private static Reason reason(final OrderLimits limits, final Order order)
    {
        final BigDecimal quantity = decimal(order.quantity());
        final BigDecimal quoteQuantity = decimal(order.quoteQuantity());
        final BigDecimal price = decimal(order.price());
        if (!limits.sides().contains(Side.get(order.side())))
        {
            return Reason.SIDE_NOT_GRANTED;
        }
        if (!limits.orderTypes().contains(OrderType.get(order.orderType())))
        {
            return Reason.ORDER_TYPE_NOT_GRANTED;
        }
        if (null != limits.maxQuantity() &&
            (null == quantity || null != quoteQuantity || isAbove(quantity, limits.maxQuantity())))
        {
            return Reason.QUANTITY_ABOVE_LIMIT;
        }
        if (null != limits.minPrice() && (null == price || isBelow(price, limits.minPrice())) ||
            null != limits.maxPrice() && (null == price || isAbove(price, limits.maxPrice())))
        {
            return Reason.PRICE_OUTSIDE_BAND;
        }
        if (null == limits.maxNotional())
        {
            return Reason.NONE;
        }
        final boolean isProduct = null == quoteQuantity && null != quantity && null != price &&
            quantity.signum() >= 0 && price.signum() >= 0;
        final BigDecimal notional = isProduct ? quantity.multiply(price) : null == quantity ? quoteQuantity : null;
        return null == notional || isAbove(notional, limits.maxNotional()) ?
            Reason.NOTIONAL_ABOVE_LIMIT : Reason.NONE;
    }

    private static boolean isAbove(final BigDecimal value, final Limit limit)
    {
        return value.compareTo(BigDecimal.valueOf(limit.mantissa()).scaleByPowerOfTen(limit.exponent())) > 0;
    }

    private static boolean isBelow(final BigDecimal value, final Limit limit)
    {
        return value.compareTo(BigDecimal.valueOf(limit.mantissa()).scaleByPowerOfTen(limit.exponent())) < 0;
    }

    private static BigDecimal decimal(final MutableDecimal value)
    {
        return value.isNull() ? null : BigDecimal.valueOf(value.mantissa()).scaleByPowerOfTen(value.exponent());
    }

    private static byte[] frame(final Random random)
    {
        final String key = "key" + random.nextInt(MAX_KEYS + 1);
        final String symbol = SYMBOLS[random.nextInt(SYMBOLS.length)];
        final long mantissa = MANTISSAS[random.nextInt(MANTISSAS.length)];
        final int exponent = random.nextInt(4) == 0 ? random.nextInt(37) - 18 : random.nextInt(5) - 2;
        final long priceMantissa = MANTISSAS[random.nextInt(MANTISSAS.length)];
        final int priceExponent = random.nextInt(4) == 0 ? random.nextInt(37) - 18 : random.nextInt(5) - 2;
        return switch (random.nextInt(6))
        {
            case 0 -> WireFrames.cancelOrder(1, 1, 1, key, symbol);
            case 1 -> WireFrames.queryOrder(1, 1, 1, key, symbol);
            case 2 -> WireFrames.queryAccount(1, 1, key);
            default -> WireFrames.newOrder(1, 1, (order) ->
            {
                order.quantity().mantissa(mantissa).exponent((byte) exponent);
                order.price().mantissa(priceMantissa).exponent((byte) priceExponent);
                order.side(random.nextBoolean() ? Side.BUY : Side.SELL)
                    .orderType(OrderType.get((short) (1 + random.nextInt(7))));
                if (0 == random.nextInt(8))
                {
                    order.quoteQuantity().mantissa(1).exponent((byte) 0);
                }
            }, key, symbol, "");
        };
    }

    private static GatewayConfig config(final Random random)
    {
        final List<KeyConfig> keys = new ArrayList<>();
        for (int i = 0, count = 1 + random.nextInt(MAX_KEYS); i < count; i++)
        {
            keys.add(new KeyConfig(
                new KeySpec("key" + i, 1, new byte[]{1}, SigningAlgorithm.HMAC_SHA256, new byte[16]), null, null));
        }
        final List<PrincipalConfig> principals = new ArrayList<>();
        for (int i = 0, count = 1 + random.nextInt(4); i < count; i++)
        {
            final List<RuleConfig> rules = new ArrayList<>();
            for (int j = 0, ruleCount = 1 + random.nextInt(5); j < ruleCount; j++)
            {
                rules.add(rule("rule " + j, keys.size(), random));
            }
            principals.add(new PrincipalConfig("principal" + i, List.of(1), rules));
        }
        return new GatewayConfig(Path.of("c.yaml"), "text", new byte[32], Path.of("a"), null, Path.of("j"),
            IdleMode.SPIN, 1, new TokenConfig(Path.of("m"), "t", Path.of("p")), null, keys, principals);
    }

    private static RuleConfig rule(final String name, final int keyCount, final Random random)
    {
        final Set<String> keys = new LinkedHashSet<>();
        final Set<String> symbols = new LinkedHashSet<>();
        final Set<Operation> operations = EnumSet.noneOf(Operation.class);
        for (int i = 0, count = 1 + random.nextInt(2); i < count; i++)
        {
            keys.add("key" + random.nextInt(keyCount));
            operations.add(Operation.values()[random.nextInt(Operation.values().length)]);
            symbols.add(SYMBOLS[random.nextInt(3)]);
        }
        return new RuleConfig(
            name,
            List.copyOf(keys),
            operations,
            random.nextInt(4) == 0 ? List.of("*") : List.copyOf(symbols),
            limits(random));
    }

    private static OrderLimits limits(final Random random)
    {
        return new OrderLimits(
            random.nextInt(3) == 0 ? EnumSet.of(Side.SELL) : EnumSet.of(Side.BUY, Side.SELL),
            random.nextInt(3) == 0 ? EnumSet.of(OrderType.LIMIT, OrderType.MARKET) :
                EnumSet.range(OrderType.LIMIT, OrderType.LIMIT_MAKER),
            limit(random),
            limit(random),
            limit(random),
            limit(random));
    }

    private static Limit limit(final Random random)
    {
        return random.nextInt(2) == 0 ? null : new Limit(1 + random.nextInt(200), random.nextInt(5) - 3);
    }

    private record Expected(Reason reason, String rule)
    {
    }
}
