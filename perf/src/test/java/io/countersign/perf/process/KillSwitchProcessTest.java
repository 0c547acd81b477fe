package io.countersign.perf.process;

import io.countersign.client.OperatorClient;
import io.countersign.codecs.wire.Reason;
import io.countersign.codecs.wire.SwitchReach;
import io.countersign.codecs.wire.SwitchSubject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import static io.countersign.codecs.wire.Reason.NONE;
import static io.countersign.codecs.wire.Reason.SWITCHED_OFF;
import static org.junit.jupiter.api.Assertions.assertEquals;

/**
 * The gateway in one process, commands of the operator each in another: what a kill switch stops, what it leaves alone,
 * and that everything goes on when it is off.
 */
@Timeout(120)
class KillSwitchProcessTest
{
    private final PolicyProbe.Tally tally = new PolicyProbe.Tally();
    private ProcessFixture fixture;
    private GatewayJvm gateway;

    @BeforeEach
    void before() throws Exception
    {
        fixture = new ProcessFixture(KillSwitchProcessTest.class);
        fixture.write("policy.yaml", """
            principals:
              - name: maker-hmac
                api-key-versions: [1]
                rules:
                  - {name: trade, keys: [hmac, ed25519], scopes: [trade, cancel], symbols: [LTCBTC]}
              - name: maker-ed25519
                api-key-versions: [1]
                rules:
                  - {name: trade, keys: [hmac, ed25519], scopes: [trade, cancel], symbols: [LTCBTC]}
            operators:
              - {name: boss, api-key-versions: [1], commands: [switch]}
            """);
        gateway = fixture.ready();
    }

    @AfterEach
    void after()
    {
        fixture.close();
    }

    @Test
    void shouldStopWhatItNamesAndNothingElse()
    {
        try (PolicyProbe first = new PolicyProbe(fixture, ProcessFixture.HMAC_MAKER, tally);
            PolicyProbe second = new PolicyProbe(fixture, ProcessFixture.ED25519_MAKER, tally))
        {
            final List<PolicyProbe> bots = List.of(first, second);
            // By bot and key: first with hmac, first with ed25519, second with hmac, second with ed25519.
            shouldStop(bots, List.of(SWITCHED_OFF, SWITCHED_OFF, SWITCHED_OFF, SWITCHED_OFF),
                SwitchSubject.ALL, "--all");
            shouldStop(bots, List.of(SWITCHED_OFF, SWITCHED_OFF, SWITCHED_OFF, SWITCHED_OFF),
                SwitchSubject.VENUE, "--venue", "binance-spot");
            shouldStop(bots, List.of(SWITCHED_OFF, NONE, SWITCHED_OFF, NONE), SwitchSubject.KEY, "--key", "hmac");
            shouldStop(bots, List.of(SWITCHED_OFF, SWITCHED_OFF, NONE, NONE),
                SwitchSubject.PRINCIPAL, "--principal", "maker-hmac");
        }
        assertEquals(0, gateway.terminate().awaitExit(), gateway::describe);
        final JournalAudit audit = fixture.audit().assertSound("the end").assertNoOpenIntent("the end");
        assertEquals(tally.signed(), audit.intents());
        assertEquals(tally.signed(), audit.signedCount());
        assertEquals(tally.refused(), audit.denials());
    }

    /** Each switch is turned on by a command; those of everything are turned off by one as well. */
    private void shouldStop(
        final List<PolicyProbe> bots, final List<Reason> stopped, final SwitchSubject subject, final String... options)
    {
        final String what = String.join(" ", options);
        final String name = options[options.length - 1];
        final List<Reason> free = List.of(NONE, NONE, NONE, NONE);
        assertSwitched(bots, free, free, what + ", before");
        command("on", options);
        assertSwitched(bots, stopped, free, what + " on");
        if (SwitchSubject.ALL == subject)
        {
            command("on", "--all", "--cancels");
            assertSwitched(bots, stopped, stopped, what + " and its cancels on");
            command("off", "--all");
            assertSwitched(bots, free, stopped, what + " off, its cancels on");
            command("off", "--all", "--cancels");
        }
        else
        {
            turn(subject, SwitchReach.CANCELS, true, name);
            assertSwitched(bots, stopped, stopped, what + " and its cancels on");
            turn(subject, SwitchReach.ALL_BUT_CANCELS, false, name);
            assertSwitched(bots, free, stopped, what + " off, its cancels on");
            turn(subject, SwitchReach.CANCELS, false, name);
        }
        assertSwitched(bots, free, free, what + " and its cancels off");
    }

    private void command(final String onOrOff, final String... options)
    {
        final List<String> arguments = new ArrayList<>(List.of("switch", onOrOff, "--comment", "a test"));
        arguments.addAll(List.of(options));
        final GatewayJvm command = fixture.operate("boss", arguments.toArray(String[]::new));
        assertEquals(1, command.out().stream().filter((line) ->
            line.startsWith("switched " + onOrOff + ", record ")).count(), command::describe);
    }

    private void turn(final SwitchSubject subject, final SwitchReach reach, final boolean isOn, final String name)
    {
        try (OperatorClient boss = OperatorClient.connect(fixture.clientContext("boss")
            .requestTimeoutNs(TimeUnit.SECONDS.toNanos(20))))
        {
            boss.setSwitch(subject, reach, isOn, name, "a test");
        }
    }

    private static void assertSwitched(
        final List<PolicyProbe> bots, final List<Reason> orders, final List<Reason> cancels, final String when)
    {
        final List<Reason> ordered = new ArrayList<>();
        final List<Reason> cancelled = new ArrayList<>();
        for (final PolicyProbe bot : bots)
        {
            for (final String key : List.of("hmac", "ed25519"))
            {
                ordered.add(bot.order((order) -> order.key(key)));
                cancelled.add(bot.cancel(key));
            }
        }
        assertEquals(orders, ordered, "orders, " + when);
        assertEquals(cancels, cancelled, "cancels, " + when);
    }
}
