package io.countersign.perf.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.countersign.codecs.authentication.ApiKey;
import io.countersign.perf.load.LoadBot;
import io.countersign.perf.load.LoadCommand;
import io.countersign.perf.load.LoadCommand.Mode;
import io.countersign.perf.load.LoadResult;
import io.countersign.perf.load.RequestLog;
import io.countersign.perf.processes.ChildProcess;
import io.countersign.perf.processes.Latencies;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/**
 * The rig's bots in a process of their own against a gateway in another, a few requests of each kind of load.
 */
@Timeout(120)
class LoadBotTest
{
    private static final int BOTS = 2;
    private static final int REQUESTS = 50;
    private static final long TIMEOUT_MS = TimeLimit.scaledMs(30_000);

    @Test
    void shouldSendAndTellWhatBecameOfIt() throws Exception
    {
        try (ProcessFixture fixture = new ProcessFixture(LoadBotTest.class))
        {
            fixture.write("policy.yaml", policy());
            final GatewayJvm gateway = fixture.ready();
            try (ChildProcess bots = start(fixture))
            {
                bots.say(LoadBot.CONNECT);
                bots.awaitLine(LoadBot.CONNECTED + " " + BOTS, TIMEOUT_MS, System.out::println);

                final LoadCommand counted = command(fixture, Mode.COUNTED, "hmac", BOTS, REQUESTS);
                assertEquals(REQUESTS, tell(bots, counted).signed());
                assertEquals(REQUESTS, latencies(counted).getTotalCount());

                final LoadCommand logged = command(fixture, Mode.LOGGED, "hmac", 1, 1);
                final LoadResult closed = tell(bots, logged);
                assertEquals(0, closed.lost());
                assertEquals(closed.sent(), closed.signed());
                final RequestLog log = RequestLog.read(logged.requestLog());
                assertEquals(closed.signed(), log.count());
                assertTrue(log.answeredNs(0) > log.sentNs(0));

                final LoadCommand open = command(fixture, Mode.OPEN, "hmac", BOTS, 500);
                final LoadResult atRate = tell(bots, open);
                assertEquals(atRate.sent(), atRate.signed());
                assertEquals(latencies(open).getTotalCount(), atRate.sent() + atRate.unsent());

                final LoadResult refused = tell(bots, command(fixture, Mode.COUNTED, "ed25519", 1, REQUESTS));
                assertEquals(REQUESTS, refused.lost(), "the policy grants this bot no such key");
                assertEquals(0, refused.signed());

                bots.say(LoadBot.DISCONNECT);
                bots.awaitLine(LoadBot.DISCONNECTED, TIMEOUT_MS, System.out::println);
            }
            assertEquals(0, gateway.terminate().awaitExit(), gateway::describe);
        }
    }

    private static ChildProcess start(final ProcessFixture fixture) throws Exception
    {
        for (int number = 1; number <= BOTS; number++)
        {
            final String principal = LoadBot.principal(number);
            final Path file = fixture.write(principal + ".api-key", "");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            Files.write(file, new ApiKey(1, ProcessFixture.apiSecret(principal)).text());
        }
        return ChildProcess.start("the bots", fixture.directory(), List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "@" + Path.of(System.getProperty("countersign.root"), "config", "jvm.args"),
            "-Djava.io.tmpdir=" + fixture.temporary(),
            "-cp", System.getProperty("java.class.path"),
            LoadBot.class.getName(),
            fixture.aeron().toString(), fixture.directory().toString(), "1", Integer.toString(BOTS)));
    }

    private static LoadCommand command(
        final ProcessFixture fixture, final Mode mode, final String key, final int bots, final long parameter)
    {
        final long measureMs = Mode.COUNTED == mode ? TIMEOUT_MS : 200;
        return new LoadCommand(mode, key, bots, parameter, 20, measureMs, fixture.directory().resolve(mode + ".hlog"));
    }

    private static LoadResult tell(final ChildProcess bots, final LoadCommand command) throws Exception
    {
        bots.say(command.line());
        return LoadResult.parse(bots.awaitLine(LoadResult.MARKER, TIMEOUT_MS, System.out::println));
    }

    private static Histogram latencies(final LoadCommand command) throws Exception
    {
        return Latencies.read(command.file()).named(LoadCommand.LATENCY);
    }

    private static String policy()
    {
        return """
            roles:
              - name: desk
                rules: [{name: trade, keys: [hmac], operations: [new-order], symbols: [BTCUSDT], max-quantity: 10}]
            principals:
              - {name: bot-01, api-key-versions: [1], roles: [desk]}
              - {name: bot-02, api-key-versions: [1], roles: [desk]}
            """;
    }
}
