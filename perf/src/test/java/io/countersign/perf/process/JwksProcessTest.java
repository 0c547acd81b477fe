package io.countersign.perf.process;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.countersign.client.BlockingClient;
import io.countersign.client.RejectedException;
import io.countersign.codecs.wire.Reason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * A gateway whose keys of access tokens come from a web server, by the command that is installed beside it.
 */
@Timeout(120)
class JwksProcessTest
{
    private static final Path ROOT = Path.of(System.getProperty("countersign.root"));
    private static final long STOP_LIMIT_MS = 2_000;

    private final List<GatewayJvm> started = new ArrayList<>();
    private final AtomicInteger requests = new AtomicInteger();
    private final CountDownLatch isOver = new CountDownLatch(1);
    private volatile boolean isSilent;
    private KeyPair key;
    private HttpServer server;
    private ProcessFixture fixture;

    @BeforeEach
    void before() throws Exception
    {
        assumeTrue(Files.isDirectory(ROOT.resolve("ops/target/lib")), "bin/countersign is not built yet");
        key = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/jwks", this::answer);
        server.setExecutor((task) -> Thread.ofVirtual().start(task));
        server.start();
        fixture = new ProcessFixture(JwksProcessTest.class);
        fixture.changed("gateway.yaml", "authentication:\n", """
            authentication:
              access-tokens:
                issuer: i
                audience: a
                jwks-file: jwks.json
                jwks-url: %s
            """.formatted(url()));
        fixture.write("policy.yaml", """
            principals:
              - name: maker-hmac
                api-key-versions: [1]
                access-token: {subject: maker-hmac, required-for: [trade]}
                rules: [{name: trade, keys: [hmac], operations: [new-order], symbols: [LTCBTC], max-quantity: 10}]
            """);
    }

    @AfterEach
    void after()
    {
        isOver.countDown();
        started.forEach(GatewayJvm::close);
        if (null != fixture)
        {
            fixture.close();
            server.stop(0);
        }
    }

    @Test
    void shouldTakeAccessTokensUnderFetchedKeysAndEndTheHelperOnSigterm() throws Exception
    {
        final GatewayJvm gateway = ready();
        final ProcessHandle helper = helper(gateway);
        try (BlockingClient client = BlockingClient.connect(
            fixture.clientContext(ProcessFixture.HMAC_MAKER).requestTimeoutNs(TimeUnit.SECONDS.toNanos(20))))
        {
            assertEquals(Reason.ACCESS_TOKEN_REQUIRED, assertThrows(RejectedException.class, () -> order(client))
                .reason());
            assertEquals(2, client.presentAccessToken(accessToken()).scopes());
            order(client);
        }
        assertEquals(0, gateway.terminate().awaitExit(), gateway::describe);
        await(() -> hasEnded(helper));
        assertEquals(
            List.of("countersign jwks: " + fixture.directory().resolve("jwks.json") + " has the keys k of " + url()),
            gateway.err());
    }

    @Test
    void shouldStopInTimeWhileTheServerDoesNotAnswer() throws Exception
    {
        isSilent = true;
        fixture.write("jwks.json", jwks());
        final GatewayJvm gateway = ready();
        final ProcessHandle helper = helper(gateway);
        await(() -> 0 < requests.get());
        final long startNs = System.nanoTime();
        assertEquals(0, gateway.terminate().awaitExit(), gateway::describe);
        final long tookMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNs);
        assertTrue(tookMs < TimeLimit.scaledMs(STOP_LIMIT_MS), () -> "took ms " + tookMs);
        await(() -> hasEnded(helper));
        assertEquals(List.of(), gateway.err());
    }

    @Test
    void shouldNotLeaveTheHelperBehindWhenItIsKilled() throws Exception
    {
        isSilent = true;
        fixture.write("jwks.json", jwks());
        final GatewayJvm gateway = ready();
        final ProcessHandle helper = helper(gateway);
        await(() -> 0 < requests.get());
        assertEquals(128 + 9, gateway.kill().awaitExit(), gateway::describe);
        await(() -> hasEnded(helper));
    }

    private GatewayJvm ready()
    {
        final GatewayJvm gateway = GatewayJvm.start(
            fixture.temporary(), List.of("-Dcountersign.root=" + ROOT), "io.countersign.gateway.Gateway",
            List.of(fixture.config().toString()));
        started.add(gateway);
        gateway.awaitReady();
        return gateway;
    }

    private static ProcessHandle helper(final GatewayJvm gateway)
    {
        final List<ProcessHandle> children = ProcessHandle.of(gateway.pid()).orElseThrow().children().toList();
        assertEquals(1, children.size(), gateway::describe);
        return children.getFirst();
    }

    /** Also when nobody has asked for its exit code yet, as nobody may ever do once its parent is gone. */
    private static boolean hasEnded(final ProcessHandle process) throws IOException
    {
        try
        {
            final String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
            return 'Z' == stat.charAt(stat.lastIndexOf(')') + 2);
        }
        catch (final NoSuchFileException ex)
        {
            return true;
        }
    }

    private static void order(final BlockingClient client)
    {
        assertTrue(client.newOrder((order) -> OrderBot.fill(order, "hmac", "order-1")).signNs() > 0);
    }

    private static void await(final Callable<Boolean> condition) throws Exception
    {
        while (!condition.call())
        {
            Thread.yield();
        }
    }

    private void answer(final HttpExchange exchange) throws IOException
    {
        requests.incrementAndGet();
        if (isSilent)
        {
            awaitEnd();
        }
        final byte[] body = jwks().getBytes(StandardCharsets.US_ASCII);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private void awaitEnd()
    {
        try
        {
            isOver.await();
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
        }
    }

    private String url()
    {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/jwks";
    }

    private String jwks()
    {
        final byte[] x509 = key.getPublic().getEncoded();
        return "{\"keys\":[{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"kid\":\"k\",\"x\":\"" +
            base64(Arrays.copyOfRange(x509, x509.length - 32, x509.length)) + "\"}]}";
    }

    private byte[] accessToken() throws GeneralSecurityException
    {
        final long nowS = TimeUnit.MILLISECONDS.toSeconds(System.currentTimeMillis());
        final String signingInput = base64("{\"alg\":\"EdDSA\",\"typ\":\"at+jwt\",\"kid\":\"k\"}") + "." + base64(
            "{\"iss\":\"i\",\"aud\":\"a\",\"sub\":\"maker-hmac\",\"client_id\":\"c\",\"jti\":\"j\",\"iat\":" + nowS +
            ",\"exp\":" + (nowS + 300) + ",\"scope\":\"trade\"}");
        final Signature signature = Signature.getInstance("Ed25519");
        signature.initSign(key.getPrivate());
        signature.update(signingInput.getBytes(StandardCharsets.US_ASCII));
        return (signingInput + "." + base64(signature.sign())).getBytes(StandardCharsets.US_ASCII);
    }

    private static String base64(final String text)
    {
        return base64(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String base64(final byte[] bytes)
    {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
