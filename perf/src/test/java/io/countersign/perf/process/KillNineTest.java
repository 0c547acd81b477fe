package io.countersign.perf.process;

import io.countersign.hsm.SigningAlgorithm;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

@Timeout(300)
class KillNineTest
{
    private static final int ROUNDS = 10;
    private static final int MANY_ROUNDS = 200;
    private static final long RESTART_LIMIT_MS = 5_000;
    private static final int MAX_BOTS = 3;

    private final List<OrderBot> bots = new ArrayList<>();
    private final List<OrderBot> ended = new ArrayList<>();
    private final List<Long> pids = new ArrayList<>();
    private final Set<Long> killedAtStart = new HashSet<>();
    private final List<Long> readyMs = new ArrayList<>();
    private ProcessFixture fixture;

    @BeforeEach
    void before() throws Exception
    {
        fixture = new ProcessFixture(KillNineTest.class);
        fixture.seal(SigningAlgorithm.ED25519);
    }

    @AfterEach
    void after()
    {
        bots.forEach(OrderBot::close);
        fixture.close();
    }

    @Test
    void shouldKeepEverySignatureThatLeftIt() throws Exception
    {
        killAgainAndAgain(ROUNDS);
    }

    @Test
    @Tag("soak")
    @Timeout(3600)
    void shouldKeepEverySignatureOverManyKills() throws Exception
    {
        killAgainAndAgain(MANY_ROUNDS);
    }

    private void killAgainAndAgain(final int rounds) throws Exception
    {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        List<OrderBot> losing = List.of();
        long startedNs = 0;
        for (int round = 0; round < rounds; round++)
        {
            final String when = "seed " + seed + ", round " + round;
            if (0 == round % 5)
            {
                killAtStart(random);
            }
            final GatewayJvm gateway = ready(when);
            final List<OrderBot> sending = startBots(round, 1 + round % MAX_BOTS);
            if (0 != round % 4)
            {
                sending.getLast().awaitSigned(random.nextInt(1_500));
                spin(random.nextInt(3_000_000));
            }
            assertTrue(gateway.isAlive(), gateway::describe);
            gateway.kill().awaitExit();
            assertEquals(List.of(), gateway.err(), when);
            // Those of the life before have had this one to notice: nobody waits for the bots' time-out of 2 s.
            startedNs = checkLost(losing, startedNs, when);
            losing = sending;
        }

        final String when = "seed " + seed + ", the end";
        final GatewayJvm last = ready(when);
        checkLost(losing, startedNs, when);
        assertEquals(0, last.terminate().awaitExit(), last::describe);
        checkJournal(when);
        new JournalVerdicts(fixture).assertSound(when);
        final long received = bots.stream().mapToLong((bot) -> bot.signed().size()).sum();
        assertTrue(received > 0, "no bot received anything, " + when);
        System.out.println("kill -9: " + rounds + " times, " + received + " signatures received, " +
            fixture.audit().lives().stream().mapToInt(JournalAudit.Life::interrupted).sum() +
            " intents interrupted, ready after ms " + readyMs + ", seed " + seed);
    }

    /** Whether it has come as far as to say so in the journal, nobody knows. */
    private void killAtStart(final Random random)
    {
        final GatewayJvm gateway = fixture.start();
        killedAtStart.add(gateway.pid());
        spin(TimeUnit.MILLISECONDS.toNanos(random.nextInt(2_000)));
        gateway.kill().awaitExit();
    }

    private GatewayJvm ready(final String when)
    {
        final GatewayJvm gateway = fixture.ready();
        readyMs.add(gateway.ageMs());
        assertTrue(readyMs.getLast() < TimeLimit.scaledMs(RESTART_LIMIT_MS),
            () -> when + ": ready after ms " + readyMs);
        pids.add(gateway.pid());
        checkJournal(when);
        return gateway;
    }

    private List<OrderBot> startBots(final int round, final int count)
    {
        final List<OrderBot> started = new ArrayList<>();
        for (int i = 0; i < count; i++)
        {
            started.add(fixture.hmacBot("bot-" + round + "-" + i).start());
        }
        bots.addAll(started);
        return started;
    }

    private void checkLost(final OrderBot bot, final String when)
    {
        bot.awaitEnd();
        assertTrue(bot.hasReportedLoss(), () -> when + ": silent loss, " + bot.describe());
        assertEquals(List.of(), bot.refused(), when);
        assertEquals(0, bot.strangeReplies(), when);
    }

    /** Each bot has seen the end of its life of the gateway, and can tell it from the one before. */
    private long checkLost(final List<OrderBot> lost, final long before, final String when)
    {
        long startNs = before;
        for (final OrderBot bot : lost)
        {
            checkLost(bot, when);
            ended.add(bot);
            if (0 != bot.gatewayStartNs())
            {
                assertTrue(bot.gatewayStartNs() > before, when);
                startNs = bot.gatewayStartNs();
            }
        }
        return startNs;
    }

    /** Everything that the bots of ended lives received, and one GatewayStarted per life. */
    private void checkJournal(final String when)
    {
        final JournalAudit audit = fixture.audit().assertSound(when).assertNoOpenIntent(when);
        assertEquals(pids, audit.lives().stream().map(JournalAudit.Life::processId)
            .filter((pid) -> !killedAtStart.contains(pid)).toList(), when);
        ended.forEach((bot) -> audit.assertHolds(bot, when));
    }

    private static void spin(final long durationNs)
    {
        final long endNs = System.nanoTime() + durationNs;
        while (System.nanoTime() < endNs)
        {
            Thread.onSpinWait();
        }
    }
}
