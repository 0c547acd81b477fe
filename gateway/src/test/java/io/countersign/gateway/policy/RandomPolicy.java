package io.countersign.gateway.policy;

import io.countersign.codecs.wire.OrderType;
import io.countersign.codecs.wire.Side;
import io.countersign.gateway.config.AccessTokenConfig;
import io.countersign.gateway.config.KeyConfig;
import io.countersign.gateway.config.KeyWindow;
import io.countersign.gateway.config.LoginLimit;
import io.countersign.gateway.config.MessageLimit;
import io.countersign.gateway.config.OrderLimits;
import io.countersign.gateway.config.OrderLimits.Limit;
import io.countersign.gateway.config.PolicyConfig;
import io.countersign.gateway.config.PriceBand;
import io.countersign.gateway.config.PrincipalConfig;
import io.countersign.gateway.config.RuleConfig;
import io.countersign.gateway.config.Schedule;
import io.countersign.gateway.config.SignatureTerms;
import io.countersign.gateway.config.ThrottleConfig;
import io.countersign.gateway.config.VenueProfiles;
import io.countersign.gateway.config.WindowLimit;
import io.countersign.hsm.KeySpec;
import io.countersign.hsm.SigningAlgorithm;
import io.countersign.venues.Operation;
import io.countersign.venues.Scope;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Policies of few names and small limits, so that each limit is met often.
 */
final class RandomPolicy
{
    static final int KEYS = 3;
    static final int PRINCIPALS = 3;
    static final String[] SYMBOLS = {"LTCBTC", "BTCUSDT", "LTCBT", "*", "", "ltcbtc"};
    static final long START_NS = 1_795_000_000_000_000_000L;
    private static final long SECOND_NS = 1_000_000_000L;
    private static final List<Long> PERS = List.of(SECOND_NS / 1000, SECOND_NS / 10 + 7, 20 * SECOND_NS,
        Schedule.DAY_NS, WindowLimit.DAY);

    private final Random random;

    RandomPolicy(final Random random)
    {
        this.random = random;
    }

    PolicyConfig next()
    {
        final List<KeyConfig> keys = new ArrayList<>();
        for (int i = 0; i < KEYS; i++)
        {
            keys.add(new KeyConfig(
                new KeySpec("key" + i, 1, new byte[]{1}, SigningAlgorithm.HMAC_SHA256, new byte[16]),
                VenueProfiles.shipped().byName("binance-spot"), null, "token"));
        }
        final List<PrincipalConfig> principals = new ArrayList<>();
        for (int i = 0; i < PRINCIPALS; i++)
        {
            principals.add(principal("principal" + i));
        }
        final Map<String, PriceBand> bands = new HashMap<>();
        if (isOneIn(3))
        {
            bands.put("LTCBTC", new PriceBand(new Limit(1, 0), isOneIn(2) ? null : new Limit(1000, 0)));
        }
        return new PolicyConfig(Path.of("p.yaml"), "text", new byte[32], keys,
            isOneIn(4) ? List.of(new KeyWindow("key0", START_NS - 10, START_NS + SECOND_NS * 100)) : List.of(),
            bands, principals, List.of());
    }

    private PrincipalConfig principal(final String name)
    {
        final List<RuleConfig> rules = new ArrayList<>();
        for (int j = 0, ruleCount = 1 + random.nextInt(4); j < ruleCount; j++)
        {
            rules.add(rule("rule " + j));
        }
        final long perNs = PERS.get(random.nextInt(3));
        return new PrincipalConfig(
            name,
            Set.of(),
            List.of(1),
            List.of(),
            isOneIn(10) ? START_NS + SECOND_NS * random.nextInt(1000) : Long.MAX_VALUE,
            isOneIn(10) ? new Schedule(1 + random.nextInt(127), SECOND_NS * random.nextInt(86_400),
                SECOND_NS * random.nextInt(86_400)) : null,
            isOneIn(6) ? new AccessTokenConfig("s", EnumSet.of(Scope.TRADE, Scope.values()[random.nextInt(3)])) : null,
            isOneIn(3) ? new MessageLimit(perNs, 1 + random.nextInt(5), 1 + random.nextInt(5)) : null,
            windows(),
            rules);
    }

    private RuleConfig rule(final String name)
    {
        final Set<String> keys = new LinkedHashSet<>();
        final Set<String> symbols = new LinkedHashSet<>();
        final Set<Operation> operations = EnumSet.noneOf(Operation.class);
        for (int i = 0, count = 1 + random.nextInt(3); i < count; i++)
        {
            keys.add("key" + random.nextInt(KEYS));
            operations.add(Operation.values()[random.nextInt(Operation.values().length)]);
            operations.add(isOneIn(2) ? Operation.NEW_ORDER : Operation.CANCEL_ORDER);
            symbols.add(SYMBOLS[random.nextInt(3)]);
        }
        return new RuleConfig(
            name,
            List.copyOf(keys),
            operations,
            Set.of(),
            isOneIn(3) ? List.of("*") : List.copyOf(symbols),
            limits(),
            windows(),
            isOneIn(3) ? new ThrottleConfig(1 + random.nextInt(4), PERS.get(random.nextInt(4))) : null,
            new SignatureTerms(
                isOneIn(2) ? new LoginLimit(1 + random.nextInt(3), PERS.get(random.nextInt(4))) : null, 0, Set.of()));
    }

    private List<WindowLimit> windows()
    {
        final List<Long> pers = new ArrayList<>(PERS);
        Collections.shuffle(pers, random);
        final List<WindowLimit> windows = new ArrayList<>();
        for (int i = 0, count = random.nextInt(3); i < count; i++)
        {
            final boolean hasOrders = isOneIn(2);
            windows.add(new WindowLimit(
                pers.get(i),
                hasOrders ? 1 + random.nextInt(6) : WindowLimit.NO_MAX_ORDERS,
                !hasOrders || isOneIn(2) ? new Limit(1 + random.nextInt(5_000), random.nextInt(5) - 2) : null));
        }
        return windows;
    }

    private OrderLimits limits()
    {
        return new OrderLimits(
            isOneIn(6) ? EnumSet.of(Side.SELL) : EnumSet.of(Side.BUY, Side.SELL),
            isOneIn(6) ? EnumSet.of(OrderType.LIMIT, OrderType.MARKET) :
                EnumSet.range(OrderType.LIMIT, OrderType.LIMIT_MAKER),
            limit(),
            limit(),
            limit(),
            limit());
    }

    private Limit limit()
    {
        return isOneIn(4) ? new Limit(1 + random.nextInt(200), random.nextInt(5) - 2) : null;
    }

    private boolean isOneIn(final int count)
    {
        return 0 == random.nextInt(count);
    }
}
