package io.countersign.ops.jwks;

import io.countersign.gateway.access.AccessGrant;
import io.countersign.gateway.access.AccessTokens;
import io.countersign.gateway.config.AccessIssuerConfig;
import io.countersign.ops.CommandRun;
import io.countersign.ops.Countersign;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * The command as a process of its own, beside a real server.
 */
@Timeout(120)
class JwksFollowCommandTest
{
    private final Queue<String> errors = new ConcurrentLinkedQueue<>();

    @TempDir
    private Path directory;

    @Test
    void shouldFollowTheKeysAndTellOfEachChangeAndErrorOnce() throws Exception
    {
        final byte[] one = new Ed25519Issuer("one").jwks();
        final byte[] two = new Ed25519Issuer("two").jwks();
        try (JwksServer server = JwksServer.tls(directory, "ip:127.0.0.1").body(one))
        {
            final Process process = start("--url", server.url(), "--file", file().toString(), "--every", "1s",
                "--ca", directory.resolve("ca.pem").toString());
            try
            {
                await(() -> Files.exists(file()) && Arrays.equals(one, Files.readAllBytes(file())));
                server.status(500);
                awaitRequests(server, 3);
                assertTrue(Arrays.equals(one, Files.readAllBytes(file())));
                server.body(two).status(200);
                await(() -> Arrays.equals(two, Files.readAllBytes(file())));
                awaitRequests(server, 2);
                process.toHandle().destroy();
                assertTrue(process.waitFor(20, TimeUnit.SECONDS));
                assertEquals(0, process.exitValue());
                assertEquals(
                    List.of(
                        "countersign jwks: " + file() + " has the keys one of " + server.url(),
                        "countersign jwks: " + server.url() + ": answered with status 500; expected 200",
                        "countersign jwks: " + file() + " has the keys two of " + server.url()),
                    Files.readAllLines(log()));
            }
            finally
            {
                process.destroyForcibly();
            }
        }
    }

    @Test
    void shouldEndWithItsInput() throws Exception
    {
        try (JwksServer server = JwksServer.plain().body(new Ed25519Issuer("one").jwks()))
        {
            final Process process = start("--url", server.url(), "--file", file().toString(), "--end-with-input");
            await(() -> Files.exists(file()));
            assertTrue(process.isAlive());
            process.getOutputStream().close();
            assertTrue(process.waitFor(20, TimeUnit.SECONDS));
            assertEquals(0, process.exitValue());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldNotWaitForAServerThatNeverAnswersWhenItIsToEnd(final boolean isBySignal) throws Exception
    {
        try (JwksServer server = JwksServer.plain().body(new Ed25519Issuer("one").jwks()).stalling())
        {
            final Process process = start("--url", server.url(), "--file", file().toString(), "--end-with-input");
            try
            {
                await(() -> 0 < server.requests());
                if (isBySignal)
                {
                    process.toHandle().destroy();
                }
                else
                {
                    process.getOutputStream().close();
                }
                assertTrue(process.waitFor(20, TimeUnit.SECONDS));
                assertEquals(0, process.exitValue());
                assertEquals(List.of(), Files.readAllLines(log()), "it waited for the answer");
                assertFalse(Files.exists(file()));
            }
            finally
            {
                process.destroyForcibly();
            }
        }
    }

    @Test
    void shouldServeAGatewayThroughAKillAndAChangeOfKeys() throws Exception
    {
        final Ed25519Issuer one = new Ed25519Issuer("one");
        final Ed25519Issuer two = new Ed25519Issuer("two");
        final long nowS = TimeUnit.MILLISECONDS.toSeconds(System.currentTimeMillis());
        try (JwksServer server = JwksServer.plain().body(one.jwks()))
        {
            final List<String> command = new ArrayList<>(command());
            command.addAll(List.of("--every", "1s"));
            try (AccessTokens accessTokens = AccessTokens.open(
                new AccessIssuerConfig("i", "a", file(), URI.create(server.url()), command, 5, 60),
                (error) -> errors.add(error.getMessage())))
            {
                assertInstanceOf(
                    AccessGrant.class, accessTokens.verify(one.token(nowS), "s", TimeUnit.SECONDS.toNanos(nowS)));
                ProcessHandle.of(accessTokens.pid()).orElseThrow().destroyForcibly();
                await(() ->
                {
                    accessTokens.poll(System.nanoTime());
                    return 1 == errors.size();
                });
                server.body(two.jwks());
                final byte[] token = two.token(nowS);
                await(() ->
                {
                    accessTokens.poll(System.nanoTime());
                    return accessTokens.verify(token, "s", TimeUnit.SECONDS.toNanos(nowS)) instanceof AccessGrant;
                });
                assertEquals(1, errors.size(), errors.toString());
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"300,-1,300000", "300,0,30000", "300,31,31000", "300,299,299000", "300,86400,300000", "1,0,100"})
    void shouldHoldTheMaxAgeOfAnAnswerToItsBounds(final long everyS, final long maxAgeS, final long delayMs)
    {
        assertEquals(delayMs, TimeUnit.NANOSECONDS.toMillis(
            JwksFollowCommand.delayNs(TimeUnit.SECONDS.toNanos(everyS), maxAgeS)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0s", "25h", "1", "", "-1s", "1d", "99999h", "1.5s"})
    void shouldRefuseOtherTimes(final String every)
    {
        final CommandRun run = CommandRun.of(
            "jwks", "follow", "--url", "https://idp.example/", "--file", file(), "--every=" + every);
        assertEquals(2, run.exitCode());
        assertTrue(run.error().contains("--every"), run.error());
    }

    private static void awaitRequests(final JwksServer server, final int more) throws Exception
    {
        final int before = server.requests();
        await(() -> server.requests() >= before + more);
    }

    private static void await(final Callable<Boolean> condition) throws Exception
    {
        while (!condition.call())
        {
            Thread.yield();
        }
    }

    private Process start(final String... options) throws Exception
    {
        final List<String> command = new ArrayList<>(command());
        command.addAll(List.of(options));
        return new ProcessBuilder(command).redirectError(log().toFile()).start();
    }

    private static List<String> command()
    {
        return List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "@" + Path.of(System.getProperty("countersign.root"), "config", "jvm.args"),
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            Countersign.class.getName(), "jwks", "follow");
    }

    private Path log()
    {
        return directory.resolve("log");
    }

    private Path file()
    {
        return directory.resolve("jwks.json");
    }
}
