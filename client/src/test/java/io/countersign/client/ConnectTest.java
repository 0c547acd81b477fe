package io.countersign.client;

import io.aeron.driver.MediaDriver;
import io.countersign.codecs.wire.Reason;
import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class ConnectTest
{
    private static final long SHORT_NS = TimeUnit.MILLISECONDS.toNanos(300);

    @Test
    void shouldOpenAndCloseSession()
    {
        try (ScriptedGateway gateway = new ScriptedGateway())
        {
            final CountersignClient client =
                CountersignClient.connect(gateway.context().listener(new RecordingListener()));
            assertEquals(CountersignClient.State.CONNECTED, client.state());
            assertEquals(ScriptedGateway.GATEWAY_START_NS, client.gatewayStartNs());
            assertEquals("bot-1", gateway.principal);

            client.close();
            client.close();
            assertEquals(CountersignClient.State.CLOSED, client.state());
            assertEquals(0, client.poll());
            assertEquals(OfferCode.CLOSED, client.queryAccount().key("k").offer());

            final long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
            while (gateway.disconnected.isEmpty())
            {
                assertTrue(System.nanoTime() - deadlineNs < 0, "no Disconnect within 10 s");
                Thread.yield();
            }

            assertEquals(7_000, gateway.disconnected.get(0));
        }
    }

    @Test
    void shouldSayThatNoGatewayRunsWhereDirectoryIsMissing()
    {
        final String directory = ScriptedGateway.newDirectory();
        final GatewayUnavailableException ex = assertThrows(
            GatewayUnavailableException.class, () -> CountersignClient.connect(contextIn(directory)));
        assertOneLineNaming(directory, ex);
    }

    @Test
    void shouldSayThatNoGatewayRunsWhereDriverIsDead()
    {
        final String directory = ScriptedGateway.newDirectory();
        try (MediaDriver driver = ScriptedGateway.launchDriver(directory))
        {
            assertFalse(driver.aeronDirectoryName().isEmpty());
        }

        final GatewayUnavailableException ex = assertThrows(
            GatewayUnavailableException.class, () -> CountersignClient.connect(contextIn(directory)));
        assertOneLineNaming(directory, ex);
    }

    @Test
    void shouldSayWhyItWasRefused()
    {
        try (ScriptedGateway gateway = new ScriptedGateway())
        {
            gateway.refusal = Reason.TOO_MANY_SESSIONS;
            final SessionRejectedException ex = assertThrows(
                SessionRejectedException.class,
                () -> CountersignClient.connect(contextIn(gateway.aeronDirectoryName())));
            assertEquals(Reason.TOO_MANY_SESSIONS, ex.reason());
            assertTrue(ex.getMessage().contains("TOO_MANY_SESSIONS"), ex.getMessage());
            assertTrue(ex.getMessage().contains("'bot-1'"), ex.getMessage());
        }
    }

    @Test
    void shouldTimeOutWhereGatewayDoesNotAnswer()
    {
        try (ScriptedGateway gateway = new ScriptedGateway())
        {
            gateway.answersConnect = false;
            final ConnectTimeoutException ex = assertThrows(
                ConnectTimeoutException.class,
                () -> CountersignClient.connect(
                    contextIn(gateway.aeronDirectoryName()).connectTimeoutNs(SHORT_NS)));
            assertTrue(ex.getMessage().contains("did not answer"), ex.getMessage());
        }
    }

    @Test
    void shouldTimeOutWhereNobodyReadsIngress()
    {
        try (ScriptedGateway gateway = new ScriptedGateway(ScriptedGateway.newDirectory(), 1, false))
        {
            final ConnectTimeoutException ex = assertThrows(
                ConnectTimeoutException.class,
                () -> CountersignClient.connect(
                    contextIn(gateway.aeronDirectoryName()).connectTimeoutNs(SHORT_NS)));
            assertTrue(ex.getMessage().contains("nobody took up"), ex.getMessage());
        }
    }

    @Test
    void shouldRefuseContextsThatMakeNoSense()
    {
        assertContext("aeronDirectoryName", contextIn(""));
        assertContext("principal", contextIn("x").principal(null));
        assertContext("principal", contextIn("x").principal("p".repeat(65)));
        assertContext("apiKeyFile", contextIn("x").apiKey(null));
        assertContext("both given", contextIn("x").apiKeyFile(Path.of("x")));
        assertContext("listener", contextIn("x").listener(null));
        assertContext("connectTimeoutNs", contextIn("x").connectTimeoutNs(0));
        assertContext("driverTimeoutMs", contextIn("x").driverTimeoutMs(-1));
        assertContext("requestTimeoutNs", contextIn("x").requestTimeoutNs(0));
        assertContext("offerAttempts", contextIn("x").offerAttempts(1));
        assertContext("maxInFlight", contextIn("x").maxInFlight(3));
        assertContext("fragmentLimit", contextIn("x").fragmentLimit(0));
        assertContext("idleStrategy", contextIn("x").idleStrategy(null));

        final CountersignClient.Context used = contextIn("x");
        used.conclude();
        assertContext("used before", used);
    }

    private static CountersignClient.Context contextIn(final String directory)
    {
        return new CountersignClient.Context()
            .aeronDirectoryName(directory).principal("bot-1").apiKey(ScriptedGateway.apiKeyText())
            .driverTimeoutMs(500).listener(new RecordingListener());
    }

    private static void assertContext(final String complaint, final CountersignClient.Context context)
    {
        final IllegalStateException ex = assertThrows(IllegalStateException.class, context::conclude);
        assertTrue(ex.getMessage().contains(complaint), ex.getMessage());
    }

    private static void assertOneLineNaming(final String directory, final Exception ex)
    {
        assertTrue(ex.getMessage().contains(directory), ex.getMessage());
        assertTrue(ex.getMessage().contains("start the gateway"), ex.getMessage());
        assertFalse(ex.getMessage().contains("\n"), ex.getMessage());
    }
}
