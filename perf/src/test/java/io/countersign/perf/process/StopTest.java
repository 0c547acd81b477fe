package io.countersign.perf.process;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

@Timeout(120)
class StopTest
{
    private static final long STOP_LIMIT_MS = 2_000;
    private static final int WARM_UP = 200;

    private final List<OrderBot> bots = new ArrayList<>();
    private ProcessFixture fixture;

    @BeforeEach
    void before() throws Exception
    {
        fixture = new ProcessFixture(StopTest.class);
    }

    @AfterEach
    void after()
    {
        bots.forEach(OrderBot::close);
        fixture.close();
    }

    @Test
    void shouldStopOnSigtermUnderLoad()
    {
        shouldStopUnderLoad("SIGTERM", GatewayJvm::terminate);
    }

    @Test
    void shouldStopOnSigintUnderLoad()
    {
        shouldStopUnderLoad("SIGINT", GatewayJvm::interrupt);
    }

    @Test
    void shouldStopOnSigtermWhenIdle()
    {
        shouldStop("SIGTERM, idle", fixture.ready(), GatewayJvm::terminate);
        shouldStop("SIGTERM, idle, second life", fixture.ready(), GatewayJvm::terminate);
        final JournalAudit audit = fixture.audit().assertSound("idle");
        assertEquals(2, audit.lives().size());
        assertTrue(audit.isSealed());
    }

    @Test
    void shouldStopOnSigintWhenIdle()
    {
        shouldStop("SIGINT, idle", fixture.ready(), GatewayJvm::interrupt);
        assertTrue(fixture.audit().assertSound("idle").isSealed());
    }

    private void shouldStopUnderLoad(final String what, final UnaryOperator<GatewayJvm> signal)
    {
        final GatewayJvm gateway = fixture.ready();
        bots.add(fixture.hmacBot("hmac-1").start());
        bots.add(fixture.hmacBot("hmac-2").start());
        bots.add(fixture.ed25519Bot("ed25519-1").start());
        bots.forEach((bot) -> bot.awaitSigned(WARM_UP));

        shouldStop(what + ", under load", gateway, signal);

        bots.forEach(OrderBot::awaitEnd);
        final JournalAudit audit = fixture.audit().assertSound(what).assertNoOpenIntent(what);
        assertTrue(audit.isSealed(), what);
        for (final OrderBot bot : bots)
        {
            assertTrue(bot.hasReportedLoss(), bot::describe);
            assertEquals(0, bot.timedOut(), bot::describe);
            audit.assertHolds(bot, what);
        }
        assertEquals(List.of("GATEWAY_STOPPED", "GATEWAY_STOPPED", "GATEWAY_STOPPED"), audit.closeCauses());
        // No signature was made for nobody: each one has reached its bot.
        assertEquals(bots.stream().mapToInt((bot) -> bot.signed().size()).sum(), audit.signedCount(), what);
    }

    private void shouldStop(final String what, final GatewayJvm gateway, final UnaryOperator<GatewayJvm> signal)
    {
        final long startNs = System.nanoTime();
        final int exitCode = signal.apply(gateway).awaitExit();
        final long tookMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNs);
        System.out.println("stopped by " + what + " in " + tookMs + " ms; refused meanwhile: " +
            fixture.audit().denials());
        assertEquals(0, exitCode, gateway::describe);
        assertTrue(tookMs < TimeLimit.scaledMs(STOP_LIMIT_MS), () -> what + " took ms " + tookMs);
        assertEquals(List.of(), gateway.err(), what);
        assertEquals(1, gateway.out().size(), gateway::describe);
        assertFalse(Files.exists(fixture.aeron()), "the driver's directory is left");
    }
}
