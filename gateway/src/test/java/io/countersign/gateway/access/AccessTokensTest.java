package io.countersign.gateway.access;

import io.countersign.gateway.config.AccessIssuerConfig;
import io.countersign.gateway.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import static io.countersign.gateway.access.TestIssuer.NOW_NS;
import static io.countersign.gateway.access.TestIssuer.SUBJECT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

@Timeout(60)
class AccessTokensTest
{
    private final Queue<String> errors = new ConcurrentLinkedQueue<>();
    private final TestIssuer issuer = new TestIssuer().with("one", "EdDSA");

    @TempDir
    private Path directory;

    @Test
    void shouldStartTheFollowerAndItAloneAndEndItOnClose() throws Exception
    {
        final Path source = Files.write(directory.resolve("source.json"), issuer.jwks());
        final ProcessHandle follower;
        try (AccessTokens accessTokens = AccessTokens.open(config(follower(source)), this::onError))
        {
            follower = ProcessHandle.of(accessTokens.pid()).orElseThrow();
            assertInstanceOf(AccessGrant.class, accessTokens.verify(issuer.token("one"), SUBJECT, NOW_NS));
            assertTrue(follower.isAlive());
        }
        assertFalse(follower.isAlive());
        assertEquals(List.of(), List.copyOf(errors));
    }

    @Test
    void shouldStartAKilledFollowerAnew() throws Exception
    {
        final Path source = Files.write(directory.resolve("source.json"), issuer.jwks());
        try (AccessTokens accessTokens = AccessTokens.open(config(follower(source)), this::onError))
        {
            final long pid = accessTokens.pid();
            ProcessHandle.of(pid).orElseThrow().destroyForcibly();
            long anotherPid = pid;
            while (-1 == anotherPid || pid == anotherPid)
            {
                accessTokens.poll(System.nanoTime());
                Thread.onSpinWait();
                anotherPid = accessTokens.pid();
            }
            assertNotEquals(pid, anotherPid);
            assertEquals(1, errors.size());
            assertTrue(errors.peek().startsWith(
                "the process that follows the JWKS ended with exit code 137; started again in 1 s: "), errors.peek());
        }
    }

    @Test
    void shouldBackOffFromAFollowerThatDiesAtOnce()
    {
        final JwksProcess process = new JwksProcess(List.of("/nonexistent/countersign"), this::onError);
        long nowNs = Long.MAX_VALUE - 5_000_000_000L;
        process.start(nowNs);
        for (final int backoffS : new int[]{1, 2, 4, 8, 16, 32, 60, 60})
        {
            assertEquals(-1, process.pid());
            assertEquals(0, process.poll(nowNs + backoffS * 1_000_000_000L - 1));
            nowNs += backoffS * 1_000_000_000L;
            assertEquals(1, process.poll(nowNs));
        }
        assertEquals(9, errors.size());
        assertTrue(errors.peek().contains("cannot be started: "), errors.peek());
    }

    @Test
    void shouldKeepTheQueryOfTheUrlToItself()
    {
        final AccessIssuerConfig config = new AccessIssuerConfig(TestIssuer.ISSUER, TestIssuer.AUDIENCE,
            directory.resolve("jwks.json"), URI.create("https://idp.example/jwks?secret=7"), List.of(), 5, 3_600);
        final JwksProcess process = new JwksProcess(
            JwksProcess.command(config, List.of("/nonexistent/countersign", "jwks", "follow")), this::onError);
        process.start(0);
        assertEquals(1, errors.size());
        assertTrue(errors.peek().endsWith("; started again in 1 s: /nonexistent/countersign jwks follow --url " +
            "https://idp.example/jwks?... --file " + directory + "/jwks.json --end-with-input"), errors.peek());
        assertFalse(errors.peek().contains("secret"), errors.peek());
    }

    @Test
    void shouldKillAFollowerThatDoesNotListen() throws Exception
    {
        final Path deaf = directory.resolve("deaf");
        final JwksProcess process = new JwksProcess(
            List.of("/bin/sh", "-c", "trap '' TERM; : > '" + deaf + "'; exec tail -f /dev/null"), this::onError);
        process.start(System.nanoTime());
        final ProcessHandle follower = ProcessHandle.of(process.pid()).orElseThrow();
        while (!Files.exists(deaf))
        {
            Thread.yield();
        }
        process.close();
        follower.onExit().join();
        assertEquals(-1, process.pid());
        assertEquals(List.of(), List.copyOf(errors));
    }

    @Test
    void shouldRefuseToStartWhenTheFollowerBringsNothing()
    {
        final long startNs = System.nanoTime();
        final ConfigException refusal = assertThrows(
            ConfigException.class,
            () -> AccessTokens.open(config(List.of("/bin/false")), this::onError, 300_000_000L));
        assertEquals(directory.resolve("jwks.json") + ": there is no such JWKS file; 'jwks-url' brought none within " +
            "300 ms, the lines before say why", refusal.getMessage());
        assertTrue(300_000_000L <= System.nanoTime() - startNs);
    }

    @Test
    void shouldTellOfAFollowerThatEnds()
    {
        final JwksProcess process = new JwksProcess(List.of("/bin/false"), this::onError);
        process.start(System.nanoTime());
        while (0 == process.poll(System.nanoTime()))
        {
            Thread.yield();
        }
        assertTrue(errors.peek().startsWith("the process that follows the JWKS ended with exit code 1"), errors.peek());
    }

    @Test
    void shouldStartAtOnceWithAKeptFile() throws Exception
    {
        Files.write(directory.resolve("jwks.json"), issuer.jwks());
        try (AccessTokens accessTokens = AccessTokens.open(config(List.of("/bin/false")), this::onError))
        {
            assertInstanceOf(AccessGrant.class, accessTokens.verify(issuer.token("one"), SUBJECT, NOW_NS));
        }
    }

    @Test
    void shouldUseTheInstallationsCommandUnlessAnotherIsConfigured()
    {
        assertEquals(
            List.of("a", "--url", "https://idp.example/jwks", "--file", directory + "/jwks.json", "--end-with-input"),
            JwksProcess.command(config(List.of()), List.of("a")));
        assertEquals("b", JwksProcess.command(config(List.of("b")), List.of("a")).getFirst());
    }

    private void onError(final Throwable error)
    {
        errors.add(error.getMessage());
    }

    private AccessIssuerConfig config(final List<String> command)
    {
        return new AccessIssuerConfig(TestIssuer.ISSUER, TestIssuer.AUDIENCE, directory.resolve("jwks.json"),
            URI.create("https://idp.example/jwks"), command, 5, 3_600);
    }

    private static List<String> follower(final Path source)
    {
        return List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            FakeFollower.class.getName(),
            source.toString());
    }
}
