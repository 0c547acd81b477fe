package io.countersign.perf.process;

import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import io.countersign.client.BlockingClient;
import io.countersign.client.CountersignClient;
import io.countersign.client.SessionRejectedException;
import io.countersign.codecs.wire.MessageHeaderEncoder;
import io.countersign.codecs.wire.NewOrderEncoder;
import io.countersign.codecs.wire.Reason;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * What is not a bot's own, not in time or not from where the bot may come is not signed by a gateway process, and
 * leaves no intent in its journal.
 */
@Timeout(120)
class SessionProcessTest
{
    private static final int REFUSED = 20_100;
    private static final int QUANTITY =
        MessageHeaderEncoder.ENCODED_LENGTH + NewOrderEncoder.quantityEncodingOffset();
    private static final long FAR = Long.MAX_VALUE;

    /** The gateway's clock follows the system's within that, also while the machine is busy. */
    private static final long CLOCK_ERROR_MS = 50;

    private final PolicyProbe.Tally tally = new PolicyProbe.Tally();
    private final KeyPair issuer = ed25519();
    private ProcessFixture fixture;
    private GatewayJvm gateway;
    private int port;
    private int egressPort;

    @BeforeEach
    void before() throws Exception
    {
        port = FreePort.next();
        egressPort = FreePort.next();
        fixture = new ProcessFixture(SessionProcessTest.class, """
                - {name: ipc:other, aeron-directory: other}
                - {name: udp:lan, aeron-directory: lan, endpoint: "127.0.0.1:%d", egress-port: %d}
            """.formatted(port, egressPort));
        fixture.write("gateway.yaml", fixture.configText().replace("authentication:\n", """
            authentication:
              access-tokens: {issuer: "https://idp.example/", audience: countersign, jwks-file: jwks.json}
            """));
        final byte[] x509 = issuer.getPublic().getEncoded();
        fixture.write("jwks.json", "{\"keys\":[{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"kid\":\"d\",\"x\":\"" +
            base64(Arrays.copyOfRange(x509, x509.length - 32, x509.length)) + "\"}]}");
        final String rules = "rules: [{name: trade, keys: [hmac], scopes: [trade], symbols: [LTCBTC]}]";
        fixture.write("policy.yaml", """
            principals:
              - {name: maker-hmac, api-key-versions: [1], sources: [{ingress: "ipc:bots"}], %1$s}
              - {name: maker-ed25519, api-key-versions: [1], %1$s}
              - {name: far, api-key-versions: [1], sources: [{ingress: "udp:lan", addresses: [10.0.0.0/8]}], %1$s}
              - {name: near, api-key-versions: [1], sources: [{ingress: "udp:lan", addresses: [127.0.0.1]}], %1$s}
              - name: guarded
                api-key-versions: [1]
                access-token: {subject: guarded, required-for: [trade]}
                %1$s
            """.formatted(rules));
        gateway = fixture.ready();
    }

    @AfterEach
    void after()
    {
        fixture.close();
    }

    @Test
    void shouldSignNothingThatIsForgedReplayedStolenOrLate()
    {
        try (UnreadBot bot = new UnreadBot(fixture.aeron(), ProcessFixture.HMAC_MAKER);
            UnreadBot thief = new UnreadBot(fixture.aeron(), ProcessFixture.ED25519_MAKER);
            Counters counters = new Counters(fixture.aeron());
            MappedStream stream = new MappedStream(fixture.aeron(), bot.publication()))
        {
            final byte[] first = bot.order(bot.sessionId(), 1, 1, FAR);
            for (final int bit : new int[]{ first.length - 1, first.length - 16, first.length - 17, QUANTITY, 8 })
            {
                final byte[] forged = first.clone();
                forged[bit] ^= 1;
                refuses(counters, Reason.FRAME_NOT_AUTHENTIC, () -> bot.send(forged));
            }
            await(() -> bot.answers().contains("FRAME_NOT_AUTHENTIC none"), "the answer to what is forged");
            bot.send(first);
            awaitSigned(bot);
            refuses(counters, Reason.FRAME_REPLAYED, () -> bot.send(first));

            final byte[] second = bot.order(bot.sessionId(), 2, 2, FAR);
            refuses(counters, Reason.UNKNOWN_SESSION, () ->
            {
                final GatewayJvm process = GatewayJvm.start(fixture.temporary(), List.of(),
                    FrameThief.class.getName(), List.of(fixture.aeron().toString(), HexFormat.of().formatHex(second)));
                process.awaitLine(FrameThief.DONE);
                assertEquals(0, process.awaitExit(), process::describe);
            });
            refuses(counters, Reason.FRAME_NOT_AUTHENTIC, () -> thief.send(second));
            refuses(counters, Reason.UNKNOWN_SESSION, () -> thief.send(thief.order(bot.sessionId(), 1, 1, FAR)));

            final long nowNs = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
            refuses(counters, Reason.DEADLINE_PASSED, () -> bot.send(bot.order(bot.sessionId(), 3, 3, nowNs - 1)));
            await(() -> bot.answers().contains("DEADLINE_PASSED 3"), "the answer to what is late");

            // Put into the bot's own stream: the last thing in it, as the bot's next frame would go to the same place.
            final int offset = bot.publication().termOffset();
            final byte[] forged = bot.order(bot.sessionId(), 4, 4, FAR);
            forged[forged.length - 1] ^= 1;
            refuses(counters, Reason.FRAME_NOT_AUTHENTIC, () -> stream.add(offset, forged));
            refuses(counters, Reason.FRAME_REPLAYED,
                () -> stream.add(MappedStream.behind(offset, forged.length), first));
        }
        assertIntents(1);
    }

    /** Changed between the bot's offer and the gateway's read: the gateway stands still meanwhile. */
    @Test
    void shouldSignNothingThatWasChangedAfterItsPublication() throws Exception
    {
        try (UnreadBot bot = new UnreadBot(fixture.aeron(), ProcessFixture.HMAC_MAKER);
            Counters counters = new Counters(fixture.aeron());
            MappedStream stream = new MappedStream(fixture.aeron(), bot.publication()))
        {
            signal("-STOP");
            final int quantity = stream.nextPayload() + QUANTITY;
            bot.send(bot.order(bot.sessionId(), 1, 1, FAR));
            assertEquals(1, stream.term().getByte(quantity), "the quantity is not there");
            stream.term().putByte(quantity, (byte) 9);
            refuses(counters, Reason.FRAME_NOT_AUTHENTIC, () -> signal("-CONT"));
            bot.send(bot.order(bot.sessionId(), 2, 2, FAR));
            awaitSigned(bot);
        }
        assertIntents(1);
    }

    /** Changed again and again while the gateway reads: what was checked is what is signed. */
    @Test
    void shouldSignWhatItCheckedWhileSomebodyChangesIt() throws Exception
    {
        final List<String> signed = new ArrayList<>();
        try (UnreadBot bot = new UnreadBot(fixture.aeron(), ProcessFixture.HMAC_MAKER);
            Counters counters = new Counters(fixture.aeron());
            MappedStream stream = new MappedStream(fixture.aeron(), bot.publication());
            Flipper flipper = new Flipper(stream.term()))
        {
            final long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            int sent = 0;
            while ((sent < 500 || signed.size() < 10 || sent - signed.size() < 10) && System.nanoTime() < deadlineNs)
            {
                sent++;
                final byte[] order = bot.order(bot.sessionId(), sent, sent, FAR);
                flipper.at(stream.nextPayload() + QUANTITY);
                bot.send(order);
                final int all = sent;
                await(() ->
                {
                    bot.answers().stream().filter((answer) -> answer.startsWith("symbol=")).forEach(signed::add);
                    return all == signed.size() + counters.value(REFUSED + Reason.FRAME_NOT_AUTHENTIC.value());
                }, "order " + sent);
            }
            assertTrue(10 <= signed.size() && 10 <= sent - signed.size(), signed.size() + " signed of " + sent);
        }
        signed.forEach((query) -> assertTrue(query.contains("&quantity=1&"), query));
        assertIntents(signed.size());
    }

    @Test
    void shouldAdmitNobodyFromASourceThatIsNotGranted() throws Exception
    {
        assertEquals(Reason.SOURCE_NOT_GRANTED, refusal(fixture.clientContext(ProcessFixture.HMAC_MAKER)
            .aeronDirectoryName(fixture.directory().resolve("other").toString())));
        assertEquals(Reason.SOURCE_NOT_GRANTED, refusal(fixture.clientContext("far")));
        final String botDirectory = fixture.directory().resolve("bot").toString();
        try (MediaDriver ignored = MediaDriver.launch(new MediaDriver.Context()
            .aeronDirectoryName(botDirectory)
            .dirDeleteOnStart(true)
            .dirDeleteOnShutdown(true)
            .threadingMode(ThreadingMode.SHARED)))
        {
            assertEquals(Reason.SOURCE_NOT_GRANTED, refusal(udp("far", botDirectory)));
            assertEquals(Reason.SOURCE_NOT_GRANTED, refusal(udp(ProcessFixture.HMAC_MAKER, botDirectory)));
            BlockingClient.connect(udp("near", botDirectory)).close();
        }
        assertIntents(0);
    }

    @Test
    void shouldSignNothingAfterTheAccessTokenHasExpired() throws Exception
    {
        final int signed;
        try (PolicyProbe bot = new PolicyProbe(fixture, "guarded", tally))
        {
            final long nowS = System.currentTimeMillis() / 1_000;
            assertEquals(Reason.ACCESS_TOKEN_REFUSED, bot.present(accessToken(nowS - 60, nowS)));
            assertEquals(Reason.ACCESS_TOKEN_REQUIRED, bot.order());
            final long expiryS = acceptedUntilS(bot);
            Reason reason = Reason.NONE;
            while (Reason.NONE == reason)
            {
                final long beforeMs = System.currentTimeMillis();
                reason = bot.order();
                assertTrue(
                    Reason.NONE != reason || beforeMs < expiryS * 1_000 + CLOCK_ERROR_MS, "signed after the expiry");
            }
            assertEquals(Reason.ACCESS_TOKEN_REQUIRED, reason);
            signed = tally.signed();
            assertEquals(Reason.ACCESS_TOKEN_REQUIRED, bot.order());
        }
        assertIntents(signed);
    }

    /** Signed under an access token that holds for 3 s more; another one where the machine stood still for so long. */
    private long acceptedUntilS(final PolicyProbe bot) throws GeneralSecurityException
    {
        while (true)
        {
            final long nowS = System.currentTimeMillis() / 1_000;
            final long expiryS = nowS + 3;
            if (Reason.NONE == bot.present(accessToken(nowS, expiryS)) && Reason.NONE == bot.order())
            {
                return expiryS;
            }
            assertTrue(expiryS * 1_000 <= System.currentTimeMillis() + CLOCK_ERROR_MS, "refused before the expiry");
        }
    }

    private void assertIntents(final int expected)
    {
        assertEquals(0, gateway.terminate().awaitExit(), gateway::describe);
        final JournalAudit audit = fixture.audit().assertSound("the end").assertNoOpenIntent("the end");
        assertEquals(expected, audit.intents());
        assertEquals(expected, audit.signedCount());
    }

    private CountersignClient.Context udp(final String principal, final String botDirectory)
    {
        return fixture.clientContext(principal).aeronDirectoryName(botDirectory)
            .udp("127.0.0.1:" + port, egressPort, "127.0.0.1");
    }

    private static Reason refusal(final CountersignClient.Context context)
    {
        return assertThrows(SessionRejectedException.class, () -> BlockingClient.connect(context).close()).reason();
    }

    private static void refuses(final Counters counters, final Reason reason, final Runnable hostile)
    {
        final long before = counters.value(REFUSED + reason.value());
        hostile.run();
        await(() -> before + 1 == counters.value(REFUSED + reason.value()), reason.name());
    }

    private static void awaitSigned(final UnreadBot bot)
    {
        await(() -> bot.answers().stream().anyMatch((answer) -> answer.contains("&quantity=1&")), "the signature");
    }

    private void signal(final String signal)
    {
        try
        {
            assertEquals(0, new ProcessBuilder("kill", signal, Long.toString(gateway.pid())).start().waitFor());
        }
        catch (final IOException | InterruptedException ex)
        {
            throw new IllegalStateException(ex);
        }
    }

    private byte[] accessToken(final long issuedS, final long expiresS) throws GeneralSecurityException
    {
        final String signed = base64("{\"alg\":\"EdDSA\",\"typ\":\"at+jwt\",\"kid\":\"d\"}".getBytes(
            StandardCharsets.US_ASCII)) + "." + base64("""
            {"iss":"https://idp.example/","aud":"countersign","sub":"guarded","client_id":"c","jti":"id-1",\
            "iat":%d,"exp":%d,"scope":"trade"}""".formatted(issuedS, expiresS).getBytes(StandardCharsets.US_ASCII));
        final Signature signature = Signature.getInstance("Ed25519");
        signature.initSign(issuer.getPrivate());
        signature.update(signed.getBytes(StandardCharsets.US_ASCII));
        return (signed + "." + base64(signature.sign())).getBytes(StandardCharsets.US_ASCII);
    }

    private static String base64(final byte[] bytes)
    {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static KeyPair ed25519()
    {
        try
        {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        }
        catch (final GeneralSecurityException ex)
        {
            throw new IllegalStateException(ex);
        }
    }

    private static void await(final BooleanSupplier condition, final String what)
    {
        final long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean())
        {
            assertTrue(System.nanoTime() < deadlineNs, () -> "waited in vain for " + what);
            Thread.yield();
        }
    }

    /** Writes 9 and 1 in turn over the quantity of the frame that the gateway is about to read. */
    private static final class Flipper implements AutoCloseable
    {
        private final UnsafeBuffer term;
        private final Thread thread = new Thread(this::run, "flipper");
        private volatile int offset = -1;
        private volatile boolean isClosed;

        Flipper(final UnsafeBuffer term)
        {
            this.term = term;
            thread.setDaemon(true);
            thread.start();
        }

        void at(final int quantity)
        {
            offset = quantity;
        }

        @Override
        public void close() throws InterruptedException
        {
            isClosed = true;
            thread.join();
        }

        private void run()
        {
            while (!isClosed)
            {
                final int quantity = offset;
                if (quantity > 0)
                {
                    term.putByteVolatile(quantity, (byte) 9);
                    term.putByteVolatile(quantity, (byte) 1);
                }
            }
        }
    }
}
