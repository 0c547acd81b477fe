package io.countersign.perf.process;

import io.countersign.client.OperatorClient;
import io.countersign.codecs.wire.Reason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import static io.countersign.codecs.wire.Reason.NONE;
import static io.countersign.codecs.wire.Reason.ORDERS_ABOVE_LIMIT;
import static io.countersign.codecs.wire.Reason.REPEATED_EXECUTION;
import static io.countersign.codecs.wire.Reason.TURNOVER_ABOVE_LIMIT;
import static org.junit.jupiter.api.Assertions.assertEquals;

/** What is used up or stopped stays so, however often the gateway's process is killed. */
@Timeout(120)
class LimitsOverKillNineTest
{
    private final PolicyProbe.Tally tally = new PolicyProbe.Tally();
    private ProcessFixture fixture;

    @BeforeEach
    void before() throws Exception
    {
        // Counts of a day begin anew at midnight UTC, which must not lie in the middle of the test.
        while (LocalTime.now(ZoneOffset.UTC).isAfter(LocalTime.of(23, 57)))
        {
            Thread.onSpinWait();
        }
        fixture = new ProcessFixture(LimitsOverKillNineTest.class);
        fixture.write("policy.yaml", """
            principals:
              - name: of-day
                api-key-versions: [1]
                limits: [{per: day, max-orders: 2}]
                rules: [{name: trade, keys: [hmac], scopes: [trade, cancel], symbols: [LTCBTC]}]
              - name: of-hour
                api-key-versions: [1]
                rules:
                  - name: trade
                    keys: [hmac]
                    scopes: [trade, cancel]
                    symbols: [LTCBTC]
                    limits: [{per: 1h, max-notional: 2}]
              - name: throttled
                api-key-versions: [1]
                rules:
                  - name: trade
                    keys: [hmac]
                    scopes: [trade, cancel]
                    symbols: [LTCBTC]
                    repeated-execution-throttle: {executions: 2, per: 1s}
            operators:
              - {name: boss, api-key-versions: [1], commands: [enable-execution]}
            """);
    }

    @AfterEach
    void after()
    {
        fixture.close();
    }

    @Test
    void shouldRefuseInEachLifeWhatTheLivesBeforeHaveUsedUp()
    {
        final GatewayJvm first = fixture.ready();
        assertEquals(List.of(NONE, NONE, ORDERS_ABOVE_LIMIT), orders("of-day", 3));
        assertEquals(List.of(NONE, NONE, TURNOVER_ABOVE_LIMIT), orders("of-hour", 3));
        stopByThrottle();
        first.kill().awaitExit();
        for (int life = 0; life < 2; life++)
        {
            final GatewayJvm next = fixture.ready();
            assertEquals(List.of(ORDERS_ABOVE_LIMIT), orders("of-day", 1));
            assertEquals(List.of(TURNOVER_ABOVE_LIMIT), orders("of-hour", 1));
            // Its window is over by now: what holds is that no operator has re-enabled it.
            assertEquals(List.of(REPEATED_EXECUTION), orders("throttled", 1));
            try (PolicyProbe bot = new PolicyProbe(fixture, "throttled", tally))
            {
                assertEquals(NONE, bot.cancel());
            }
            next.kill().awaitExit();
        }
        fixture.ready();
        try (OperatorClient boss = OperatorClient.connect(fixture.clientContext("boss")
            .requestTimeoutNs(TimeUnit.SECONDS.toNanos(20))))
        {
            boss.enableExecution("throttled", "trade", "looked at it");
        }
        assertEquals(List.of(NONE), orders("throttled", 1));
    }

    /** The gateway may be held up between two orders, so as many are sent as it takes. */
    private void stopByThrottle()
    {
        try (PolicyProbe bot = new PolicyProbe(fixture, "throttled", tally))
        {
            Reason reason = NONE;
            while (NONE == reason)
            {
                reason = bot.order();
            }
            assertEquals(REPEATED_EXECUTION, reason);
        }
    }

    private List<Reason> orders(final String principal, final int count)
    {
        try (PolicyProbe bot = new PolicyProbe(fixture, principal, tally))
        {
            final List<Reason> reasons = new ArrayList<>();
            for (int i = 0; i < count; i++)
            {
                reasons.add(bot.order());
            }
            return reasons;
        }
    }
}
