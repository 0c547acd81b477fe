package io.countersign.gateway;

import io.countersign.codecs.wire.CommandDoneDecoder;
import io.countersign.codecs.wire.NewOrderEncoder;
import io.countersign.codecs.wire.OrderType;
import io.countersign.codecs.wire.Side;
import io.countersign.codecs.wire.SwitchReach;
import io.countersign.codecs.wire.SwitchSubject;
import io.countersign.codecs.wire.TimeInForce;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import static org.junit.jupiter.api.Assertions.assertEquals;

/**
 * Random requests, commands, reloads, restarts and kills, which can be played several times. A command that failed when
 * it was played first left no record, so that no candidate can know of it: it is left out from then on.
 */
final class BacktestScript
{
    private static final int STEPS = 400;

    private final List<Step> steps = new ArrayList<>();
    private final Set<Integer> failed = new HashSet<>();

    /** What is done, and a number that everything random about it follows from. */
    private record Step(int kind, long seed, long advanceNs)
    {
    }

    BacktestScript(final Random random)
    {
        for (int i = 0; i < STEPS; i++)
        {
            final long advanceNs = 0 == random.nextInt(60) ?
                TimeUnit.MINUTES.toNanos(random.nextInt(600)) : TimeUnit.MILLISECONDS.toNanos(random.nextInt(400));
            steps.add(new Step(random.nextInt(100), random.nextLong(), advanceNs));
        }
    }

    /** With several policies, each reload puts the next one in force. */
    void run(final JournalRig rig, final List<String> policies) throws Exception
    {
        int policy = 0;
        rig.start(policies.getFirst());
        for (int i = 0; i < steps.size(); i++)
        {
            final Step step = steps.get(i);
            final Random random = new Random(step.seed);
            rig.clock.advance(step.advanceNs);
            rig.work();
            if (step.kind < 80)
            {
                final String principal = random.nextBoolean() ? "maker" : "taker";
                rig.send(principal, frame(rig.id(principal), i + 1L, random));
            }
            else if (step.kind < 92)
            {
                final byte[] command = command(rig.id("boss"), random);
                if (!failed.contains(i) && CommandDoneDecoder.TEMPLATE_ID != rig.send("boss", command).templateId())
                {
                    failed.add(i);
                }
            }
            else if (step.kind < 98)
            {
                policy = (policy + 1) % policies.size();
                if (policies.size() > 1)
                {
                    assertEquals(CommandDoneDecoder.TEMPLATE_ID,
                        rig.reload("boss", policies.get(policy)).templateId());
                }
            }
            else if (step.kind < 99)
            {
                rig.stop();
                rig.start(policies.get(policy));
            }
            else
            {
                rig.kill();
                rig.start(policies.get(policy));
            }
        }
        rig.stop();
    }

    private static byte[] frame(final long sessionId, final long requestId, final Random random)
    {
        final String key = new String[]{"hmac", "hmac", "hmac", "hmac", "other", "unknown"}[random.nextInt(6)];
        final String symbol = random.nextInt(5) == 0 ? "BTCUSDT" : "LTCBTC";
        return switch (random.nextInt(10))
        {
            case 0 -> WireFrames.cancelOrder(sessionId, requestId, 7, key, symbol);
            case 1 -> WireFrames.queryOrder(sessionId, requestId, 7, key, symbol);
            case 2 -> WireFrames.queryAccount(sessionId, requestId, key);
            default -> WireFrames.newOrder(sessionId, requestId, order(random), key, symbol, "");
        };
    }

    private static Consumer<NewOrderEncoder> order(final Random random)
    {
        return (order) ->
        {
            order.side(random.nextBoolean() ? Side.BUY : Side.SELL);
            order.quantity().mantissa(1 + random.nextInt(120)).exponent((byte) -1);
            order.price().mantissa(1 + random.nextInt(200)).exponent((byte) -2);
            if (0 == random.nextInt(8))
            {
                order.timeInForce(TimeInForce.NULL_VAL);
            }
            if (0 == random.nextInt(12))
            {
                order.orderType(OrderType.MARKET).timeInForce(TimeInForce.NULL_VAL);
            }
        };
    }

    private static byte[] command(final long sessionId, final Random random)
    {
        if (random.nextInt(3) > 0)
        {
            return CommandFrames.enableExecution(
                sessionId, random.nextBoolean() ? "maker" : "taker", random.nextBoolean() ? "small" : "wide");
        }
        final boolean isOn = random.nextInt(4) == 0;
        final SwitchReach reach = random.nextInt(3) == 0 ? SwitchReach.CANCELS : SwitchReach.ALL_BUT_CANCELS;
        return random.nextBoolean() ?
            CommandFrames.setSwitch(sessionId, SwitchSubject.KEY, reach, isOn, "other") :
            CommandFrames.setSwitch(sessionId, SwitchSubject.PRINCIPAL, reach, isOn, "taker");
    }

    static String policy(final Random random)
    {
        final StringBuilder text = new StringBuilder("# " + random.nextLong() + "\nprincipals:\n");
        for (final String principal : List.of("maker", "taker"))
        {
            text.append("  - name: ").append(principal).append("\n    api-key-versions: [1]\n");
            if (random.nextBoolean())
            {
                text.append("    max-messages: {per: 1s, count: ").append(1 + random.nextInt(3)).append(", burst: ")
                    .append(2 + random.nextInt(8)).append("}\n");
            }
            limits(text, "    ", random);
            text.append("    rules:\n");
            rule(text, "small", "hmac", random);
            rule(text, "wide", "hmac, other", random);
        }
        return text.append("operators:\n  - {name: boss, api-key-versions: [1], " +
            "commands: [switch, reload, enable-execution]}\n").toString();
    }

    private static void rule(final StringBuilder text, final String name, final String keys, final Random random)
    {
        text.append("      - name: ").append(name).append("\n        keys: [").append(keys).append("]\n")
            .append("        scopes: [trade, cancel, query]\n        symbols: [")
            .append(random.nextInt(3) == 0 ? "LTCBTC, BTCUSDT" : "LTCBTC").append("]\n        max-quantity: ")
            .append(2 + random.nextInt(12)).append('\n');
        limits(text, "        ", random);
        if (random.nextBoolean())
        {
            text.append("        repeated-execution-throttle: {executions: ").append(1 + random.nextInt(12))
                .append(", per: ").append(random.nextBoolean() ? "10s" : "2m").append("}\n");
        }
    }

    private static void limits(final StringBuilder text, final String indent, final Random random)
    {
        final Set<String> lengths = new TreeSet<>();
        for (int i = random.nextInt(3); i > 0; i--)
        {
            lengths.add(new String[]{"1s", "20s", "1h", "24h", "day"}[random.nextInt(5)]);
        }
        text.append(lengths.isEmpty() ? "" : indent + "limits:\n");
        for (final String per : lengths)
        {
            final int scale = Set.of("1s", "20s").contains(per) ? 1 : 20;
            final int kind = random.nextInt(3);
            text.append(indent).append("  - {per: ").append(per)
                .append(kind > 0 ? ", max-orders: " + scale * (1 + random.nextInt(3)) : "")
                .append(kind < 2 ? ", max-notional: " + scale * (5 + random.nextInt(20)) : "").append("}\n");
        }
    }
}
