package io.countersign.gateway;

import io.countersign.codecs.wire.Reason;
import io.countersign.codecs.wire.TimeInForce;
import io.countersign.gateway.JournalRig.Verdict;
import io.countersign.gateway.address.IpEndpoint;
import io.countersign.gateway.journal.JournalReader;
import io.countersign.gateway.replay.Redecision;
import io.countersign.gateway.transport.Source;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * A journal that a live agent wrote, decided again: under the policies that were in force nothing differs, and a
 * candidate decides as a live agent under it does on the same frames at the same times.
 */
@Timeout(120)
class BacktestExactTest
{
    private static final String THROTTLED = """
        principals:
          - name: maker
            api-key-versions: [1]
            rules:
              - name: trade
                keys: [hmac]
                scopes: [trade, cancel, query]
                symbols: [LTCBTC]
                repeated-execution-throttle: {executions: 2, per: 1h}
        operators:
          - {name: boss, api-key-versions: [1], commands: [switch, reload, enable-execution]}
        """;

    private static final int MAX_ROUNDS = 30;
    private static final List<Reason> EXPECTED = List.of(
        Reason.NONE, Reason.UNKNOWN_KEY, Reason.SYMBOL_NOT_GRANTED, Reason.QUANTITY_ABOVE_LIMIT,
        Reason.MESSAGES_ABOVE_LIMIT, Reason.ORDERS_ABOVE_LIMIT, Reason.TURNOVER_ABOVE_LIMIT,
        Reason.REPEATED_EXECUTION, Reason.SWITCHED_OFF, Reason.FIELD_MISSING);

    /** Meets every reason within a few requests. */
    private static final String STRICT = """
        principals:
          - name: maker
            api-key-versions: [1]
            max-messages: {per: 1s, count: 1, burst: 2}
            rules:
              - name: small
                keys: [hmac]
                scopes: [trade, cancel, query]
                symbols: [LTCBTC]
                max-quantity: 8
                limits: [{per: 20s, max-notional: 5}]
          - name: taker
            api-key-versions: [1]
            limits: [{per: 20s, max-orders: 2}]
            rules:
              - name: small
                keys: [hmac, other]
                scopes: [trade, cancel, query]
                symbols: [LTCBTC]
                repeated-execution-throttle: {executions: 3, per: 2m}
        operators:
          - {name: boss, api-key-versions: [1], commands: [switch, reload, enable-execution]}
        """;

    @Test
    void shouldDecideAsALiveAgentUnderTheCandidate() throws Exception
    {
        final Map<Integer, Integer> reasons = new HashMap<>();
        // Chance may keep a switch on for most of a round, so that a reason is met in a later one only.
        for (int round = 0; round < 3 || round < MAX_ROUNDS && !hasEach(reasons); round++)
        {
            final long seed = System.nanoTime();
            final Random random = new Random(seed);
            final String old = BacktestScript.policy(random);
            final String candidate = 0 == round % 3 ? STRICT : BacktestScript.policy(random);
            final BacktestScript script = new BacktestScript(random);
            try (JournalRig recorded = new JournalRig(); JournalRig live = new JournalRig())
            {
                script.run(recorded, List.of(old));
                script.run(live, List.of(candidate));
                assertEquals(recorded.recorded(), recorded.backtest(old), "the same policy, seed " + seed);
                assertEquals(live.recorded(), recorded.backtest(candidate), "a candidate, seed " + seed);
                live.recorded().values().forEach((verdict) -> reasons.merge(verdict.reason(), 1, Integer::sum));
            }
        }
        assertTrue(hasEach(reasons), () -> "not each of " + EXPECTED + " in " + reasons);
    }

    private static boolean hasEach(final Map<Integer, Integer> reasons)
    {
        return EXPECTED.stream().allMatch((reason) -> reasons.containsKey(reason.value()));
    }

    @Test
    void shouldDecideAgainWhatSeveralPoliciesDecided() throws Exception
    {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        final List<String> policies = new ArrayList<>();
        for (int i = 0; i < 4; i++)
        {
            policies.add(BacktestScript.policy(random));
        }
        final String candidate = BacktestScript.policy(random);
        final BacktestScript script = new BacktestScript(random);
        try (JournalRig recorded = new JournalRig(); JournalRig live = new JournalRig())
        {
            script.run(recorded, policies);
            script.run(live, List.of(candidate));
            assertEquals(live.recorded(), recorded.backtest(candidate), "seed " + seed);
            final Redecision redecision = new Redecision(recorded.journal());
            int decisions = 0;
            try (JournalReader reader = new JournalReader(recorded.journal()))
            {
                while (JournalReader.Event.RECORD == reader.poll())
                {
                    if (redecision.onRecord(reader.buffer(), reader.offset()))
                    {
                        decisions++;
                        assertTrue(redecision.replay().isSameDecision() && redecision.replay().isSameRule(),
                            () -> "record " + reader.sequence() + ", seed " + seed);
                    }
                }
            }
            assertEquals(recorded.recorded().size(), decisions, "seed " + seed);
        }
    }

    @Test
    void shouldKnowARuleThatWasStoppedByAFrameThatTheJournalLost() throws Exception
    {
        try (JournalRig rig = new JournalRig())
        {
            rig.start(THROTTLED);
            order(rig, 1);
            order(rig, 2);
            rig.dieWhenARuleIsStopped();
            order(rig, 3);
            rig.kill();
            rig.clock.advance(TimeUnit.HOURS.toNanos(2));
            rig.start(THROTTLED);
            order(rig, 4);
            rig.stop();
            final Map<Long, Verdict> recorded = rig.recorded();
            assertEquals(List.of(1L, 2L, 4L), List.copyOf(recorded.keySet()));
            assertEquals(new Verdict(Reason.REPEATED_EXECUTION.value(), "trade"), recorded.get(4L));
            assertEquals(recorded, rig.backtest(THROTTLED));
            recorded.put(4L, new Verdict(Reason.NONE.value(), "trade"));
            assertEquals(recorded, rig.backtest(THROTTLED.replace("executions: 2", "executions: 3")));
        }
    }

    @Test
    void shouldRefuseWhatTheVenueCannotBuildAndUseNothingUp() throws Exception
    {
        final String limited = THROTTLED.replace("        repeated-execution-throttle: {executions: 2, per: 1h}\n",
            "        limits: [{per: day, max-orders: 1}]\n");
        try (JournalRig rig = new JournalRig())
        {
            rig.start(limited.replace("symbols: [LTCBTC]", "symbols: [BTCUSDT]"));
            rig.send("maker", WireFrames.newOrder(rig.id("maker"), 1, (fields) ->
                fields.timeInForce(TimeInForce.NULL_VAL)));
            order(rig, 2);
            order(rig, 3);
            rig.stop();
            assertEquals(Map.of(
                1L, new Verdict(Reason.FIELD_MISSING.value(), "trade"),
                2L, new Verdict(Reason.NONE.value(), "trade"),
                3L, new Verdict(Reason.ORDERS_ABOVE_LIMIT.value(), "trade")), rig.backtest(limited));
        }
    }

    @Test
    void shouldSignNothingWithoutTheToken() throws Exception
    {
        try (JournalRig rig = new JournalRig())
        {
            rig.start(THROTTLED);
            rig.id("maker");
            rig.lane.failNext();
            order(rig, 1);
            order(rig, 2);
            rig.send("maker", WireFrames.newOrder(rig.id("maker"), 3, (fields) -> { }, "hmac", "BTCUSDT", ""));
            rig.stop();
            assertEquals(Reason.TOKEN_UNAVAILABLE.value(), rig.recorded().get(2L).reason());
            assertEquals(rig.recorded(), rig.backtest(THROTTLED));
            assertEquals(new Verdict(Reason.TOKEN_UNAVAILABLE.value(), "trade"),
                rig.backtest(THROTTLED.replace("[LTCBTC]", "[BTCUSDT]")).get(3L));
        }
    }

    @Test
    void shouldRefuseEverythingOfSessionsThatTheCandidateDoesNotGrant() throws Exception
    {
        final String wide = THROTTLED.replace("    rules:\n",
            "    sources: [{ingress: \"ipc:bots\"}, {ingress: \"udp:lan\", addresses: [10.0.0.0/8]}]\n    rules:\n");
        try (JournalRig rig = new JournalRig())
        {
            rig.start(wide);
            rig.open("maker", Source.udp("udp:lan", IpEndpoint.parse("10.1.2.3:4711"), 4712));
            order(rig, 1);
            rig.stop();
            for (final Object[] each : new Object[][]{
                {wide, Reason.NONE, "trade"},
                {wide.replace("10.0.0.0/8", "10.1.0.0/16"), Reason.NONE, "trade"},
                {wide.replace("10.0.0.0/8", "10.2.0.0/16"), Reason.SOURCE_NOT_GRANTED, ""},
                {THROTTLED, Reason.SOURCE_NOT_GRANTED, ""},
                {wide.replace("[1]", "[2]"), Reason.AUTHENTICATION_FAILED, ""},
                {wide.replace("name: maker", "name: other"), Reason.UNKNOWN_PRINCIPAL, ""},
                {wide.replace("    rules:", "    expires: 2020-01-01T00:00:00Z\n    rules:"),
                    Reason.PRINCIPAL_EXPIRED, ""},
                {wide.replace("keys: [hmac]", "keys: [other]"), Reason.KEY_NOT_GRANTED, "trade"}})
            {
                assertEquals(
                    Map.of(1L, new Verdict(((Reason) each[1]).value(), (String) each[2])),
                    rig.backtest((String) each[0]), (String) each[0]);
            }
        }
    }

    private static void order(final JournalRig rig, final long requestId)
    {
        rig.send("maker", WireFrames.newOrder(rig.id("maker"), requestId));
    }
}
