package io.countersign.client;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

import static io.countersign.client.RecordingListener.pollUntil;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class LossTest
{
    private static final long DRIVER_TIMEOUT_MS = 500;

    private final RecordingListener listener = new RecordingListener();

    @Test
    void shouldLoseSessionWhenGatewayClosesIt()
    {
        try (ScriptedGateway gateway = new ScriptedGateway(); CountersignClient client = connect(gateway))
        {
            gateway.script = (bot, templateId, requestId) ->
            {
            };
            final long requestId = SessionTest.offer(client);
            gateway.onThread(() -> gateway.onlyBot().egress.close());

            awaitLoss(client, LossCause.EGRESS_CLOSED);
            assertTrue(client.isInFlight(requestId));
            assertEquals(OfferCode.NOT_CONNECTED, SessionTest.offer(client));
        }
    }

    @Test
    void shouldDeliverRepliesThatWereSentBeforeGatewayClosedTheSession()
    {
        try (ScriptedGateway gateway = new ScriptedGateway(); CountersignClient client = connect(gateway))
        {
            gateway.script = (bot, templateId, requestId) ->
            {
                bot.sign(requestId);
                bot.egress.close();
            };
            SessionTest.offer(client);
            awaitLoss(client, LossCause.EGRESS_CLOSED);
            assertEquals(1, listener.signed.size());
        }
    }

    @Test
    void shouldLoseSessionWhenNobodyReadsIngress()
    {
        try (ScriptedGateway gateway = new ScriptedGateway(); CountersignClient client = connect(gateway))
        {
            gateway.stopListening();
            long code = SessionTest.offer(client);
            final long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
            while (OfferCode.NOT_CONNECTED != code)
            {
                assertTrue(System.nanoTime() - deadlineNs < 0, "still sending after 10 s: " + OfferCode.text(code));
                code = SessionTest.offer(client);
            }

            assertEquals(CountersignClient.State.LOST, client.state());
            awaitLoss(client, LossCause.INGRESS_CLOSED);
        }
    }

    @Test
    void shouldLoseSessionWithinDriverTimeoutWhenGatewayDies()
    {
        try (ScriptedGateway gateway = new ScriptedGateway(); CountersignClient client = connect(gateway))
        {
            SessionTest.offer(client);
            pollUntil(client, () -> 1 == listener.signed.size());

            final long closedNs = System.nanoTime();
            gateway.closeDriver();
            pollUntil(client, () -> CountersignClient.State.LOST == client.state());
            final long elapsedMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - closedNs);
            // The keep-alive is looked at every 100 ms; the rest is the machine's share.
            assertTrue(elapsedMs < DRIVER_TIMEOUT_MS + 1_000, "lost after " + elapsedMs + " ms");
            awaitLoss(client, LossCause.DRIVER_GONE);
        }
    }

    @Test
    void shouldLoseSessionWithinDriverTimeoutWhenGatewayProcessIsKilledAndConnectToTheNext() throws IOException
    {
        final String directory = ScriptedGateway.newDirectory();
        final Process process = startGatewayProcess(directory);
        try (CountersignClient client = connectWhenUp(directory))
        {
            SessionTest.offer(client);
            pollUntil(client, () -> 1 == listener.signed.size());

            process.destroyForcibly();
            final long killedNs = System.nanoTime();
            pollUntil(client, () -> CountersignClient.State.LOST == client.state());
            final long elapsedMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - killedNs);
            assertTrue(elapsedMs < DRIVER_TIMEOUT_MS + 1_000, "lost after " + elapsedMs + " ms");
            awaitLoss(client, LossCause.DRIVER_GONE);

            try (ScriptedGateway next = new ScriptedGateway(directory, ScriptedGateway.GATEWAY_START_NS + 1, true);
                CountersignClient again = connect(next))
            {
                assertNotEquals(client.gatewayStartNs(), again.gatewayStartNs());
                SessionTest.offer(again);
                pollUntil(again, () -> 2 == listener.signed.size());
            }
        }
        finally
        {
            process.destroyForcibly();
        }
    }

    @Test
    void shouldSeeTheDeathOfTheGatewayProcessLongBeforeTheDriverTimeout() throws IOException
    {
        final String directory = ScriptedGateway.newDirectory();
        final Process process = startGatewayProcess(directory);
        try (CountersignClient first = connectWhenUp(directory);
            CountersignClient client = CountersignClient.connect(new CountersignClient.Context()
                .aeronDirectoryName(directory).principal("bot-1")
                .apiKey(ScriptedGateway.apiKeyText()).listener(listener)))
        {
            assertEquals(CountersignClient.State.CONNECTED, first.state());
            process.destroyForcibly();
            final long killedNs = System.nanoTime();
            pollUntil(client, () -> CountersignClient.State.LOST == client.state());
            final long elapsedMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - killedNs);
            assertTrue(elapsedMs < DriverProcess.SILENCE_MS + 2_000, "lost after " + elapsedMs + " ms");
            awaitLoss(client, LossCause.DRIVER_GONE);
        }
        finally
        {
            process.destroyForcibly();
        }
    }

    @Test
    void shouldTellAnotherLifeOfTheGatewayAfterConnectingAgain()
    {
        final ScriptedGateway first = new ScriptedGateway();
        final String directory = first.aeronDirectoryName();
        try (CountersignClient client = connect(first))
        {
            first.close();
            pollUntil(client, () -> CountersignClient.State.LOST == client.state());

            try (ScriptedGateway second = new ScriptedGateway(directory, ScriptedGateway.GATEWAY_START_NS + 1, true);
                CountersignClient again = connect(second))
            {
                assertNotEquals(client.gatewayStartNs(), again.gatewayStartNs());
                final int before = listener.signed.size();
                SessionTest.offer(again);
                pollUntil(again, () -> before + 1 == listener.signed.size());
                assertEquals(OfferCode.NOT_CONNECTED, SessionTest.offer(client));
            }
        }
    }

    private static Process startGatewayProcess(final String directory) throws IOException
    {
        return new ProcessBuilder(
            ProcessHandle.current().info().command().orElseThrow(),
            "@" + System.getProperty("countersign.root") + "/config/jvm.args",
            "-cp",
            System.getProperty("java.class.path"),
            ScriptedGateway.class.getName(),
            directory).inheritIO().start();
    }

    private CountersignClient connectWhenUp(final String directory)
    {
        final long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (true)
        {
            try
            {
                return CountersignClient.connect(new CountersignClient.Context()
                    .aeronDirectoryName(directory).principal("bot-1").apiKey(ScriptedGateway.apiKeyText())
                    .listener(listener).driverTimeoutMs(DRIVER_TIMEOUT_MS));
            }
            catch (final GatewayUnavailableException ex)
            {
                assertTrue(System.nanoTime() - deadlineNs < 0, ex.getMessage());
                Thread.yield();
            }
        }
    }

    private CountersignClient connect(final ScriptedGateway gateway)
    {
        return CountersignClient.connect(gateway.context().listener(listener).driverTimeoutMs(DRIVER_TIMEOUT_MS));
    }

    private void awaitLoss(final CountersignClient client, final LossCause cause)
    {
        pollUntil(client, () -> !listener.lost.isEmpty());
        assertEquals(CountersignClient.State.LOST, client.state());
        assertEquals(cause, client.lossCause());
        assertTrue(client.lossText().startsWith(cause.text()), client.lossText());

        for (int i = 0; i < 100; i++)
        {
            client.poll();
        }

        assertEquals(List.of(cause), listener.lost);
        assertEquals(OfferCode.NOT_CONNECTED, SessionTest.offer(client));
    }
}
