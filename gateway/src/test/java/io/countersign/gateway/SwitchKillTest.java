package io.countersign.gateway;

import io.countersign.client.BlockingClient;
import io.countersign.client.CountersignClient;
import io.countersign.client.OperatorClient;
import io.countersign.client.RejectedException;
import io.countersign.codecs.wire.Reason;
import io.countersign.codecs.wire.SwitchReach;
import io.countersign.codecs.wire.SwitchSubject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.*;

/** A kill switch outlives the death of the process that it was turned in. */
@Timeout(120)
class SwitchKillTest
{
    @Test
    void shouldStillBeOnAfterTheProcessWasKilled() throws Exception
    {
        try (GatewayFixture fixture = new GatewayFixture())
        {
            fixture.write("policy.yaml", """
                principals:
                  - name: maker
                    api-key-versions: [1]
                    rules:
                      - {name: trade, keys: [hmac], operations: [new-order, cancel-order], symbols: [LTCBTC]}
                operators:
                  - {name: boss, api-key-versions: [1], commands: [switch]}
                """);
            Process process = start(fixture);
            try (OperatorClient boss = OperatorClient.connect(context(fixture, "boss")))
            {
                boss.setSwitch(SwitchSubject.KEY, SwitchReach.ALL_BUT_CANCELS, true, "hmac", "before the kill");
            }
            for (int life = 0; life < 2; life++)
            {
                process.destroyForcibly();
                assertTrue(process.waitFor(20, TimeUnit.SECONDS));
                process = start(fixture);
                try (BlockingClient bot = BlockingClient.connect(context(fixture, "maker"));
                    OperatorClient boss = OperatorClient.connect(context(fixture, "boss")))
                {
                    assertEquals(Reason.SWITCHED_OFF, assertThrows(RejectedException.class,
                        () -> bot.newOrder(GatewayFixture::documentedOrder)).reason());
                    bot.cancelOrder((cancel) -> cancel.orderId(7).key("hmac").symbol("LTCBTC"));
                    assertEquals(List.of(
                        "switch on: key hmac, stops everything but cancels, by boss: before the kill"),
                        boss.askSwitches().lines());
                }
            }
            process.destroy();
            assertTrue(process.waitFor(20, TimeUnit.SECONDS));
            assertEquals(0, process.exitValue());
        }
    }

    private static CountersignClient.Context context(final GatewayFixture fixture, final String principal)
    {
        return new CountersignClient.Context()
            .aeronDirectoryName(fixture.aeron().toString())
            .principal(principal)
            .apiKey(GatewayFixture.apiKey(principal, 1).text())
            .requestTimeoutNs(TimeUnit.SECONDS.toNanos(20))
            .connectTimeoutNs(TimeUnit.SECONDS.toNanos(20));
    }

    private static Process start(final GatewayFixture fixture) throws IOException
    {
        final Process process = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "@" + Path.of(System.getProperty("countersign.root"), "config", "jvm.args"),
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            Gateway.class.getName(),
            fixture.config().toString())
            .redirectError(new File(fixture.aeron().getParent().toFile(), "gateway.err"))
            .start();
        final BufferedReader out = process.inputReader();
        final String line = out.readLine();
        assertNotNull(line, () -> "the gateway ended; see gateway.err beside its configuration");
        assertTrue(line.contains("ready"), line);
        return process;
    }
}
