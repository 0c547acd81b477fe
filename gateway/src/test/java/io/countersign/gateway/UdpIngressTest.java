package io.countersign.gateway;

import io.aeron.Aeron;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import io.countersign.client.BlockingClient;
import io.countersign.client.SessionRejectedException;
import io.countersign.codecs.authentication.EgressChannel;
import io.countersign.codecs.wire.Reason;
import org.agrona.CloseHelper;
import org.agrona.IoUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * A gateway with UDP ingresses on loopback, bots with media drivers of their own, and packets that no driver has sent.
 */
@Timeout(120)
class UdpIngressTest
{
    private static final String V4 = "127.0.0.1";
    private static final String OTHER_V4 = "127.0.0.2";
    private static final long IMAGE_LIVENESS_NS = TimeUnit.SECONDS.toNanos(10);

    private final Deque<AutoCloseable> closeables = new ArrayDeque<>();
    private int port;
    private int egressPort;
    private GatewayFixture fixture;
    private Path botDirectory;

    @BeforeEach
    void before() throws Exception
    {
        port = FreePort.next();
        egressPort = FreePort.next();
        fixture = closing(new GatewayFixture("""
                - {name: udp:v4, aeron-directory: v4, endpoint: "127.0.0.1:%1$d", egress-port: %2$d}
                - {name: udp:v6, aeron-directory: v6, endpoint: "[::1]:%1$d", egress-port: %2$d}
            """.formatted(port, egressPort)));
        launch("{ingress: udp:v4, addresses: [127.0.0.1]}, {ingress: udp:v6, addresses: ['::1']}");
        botDirectory = fixture.directory().resolve("bot");
        closing(MediaDriver.launch(new MediaDriver.Context()
            .aeronDirectoryName(botDirectory.toString())
            .dirDeleteOnStart(true)
            .dirDeleteOnShutdown(true)
            .threadingMode(ThreadingMode.SHARED)));
    }

    @AfterEach
    void after()
    {
        while (!closeables.isEmpty())
        {
            CloseHelper.close(closeables.pop());
        }
        IoUtil.delete(botDirectory.toFile(), true);
        assertTrue(fixture.errors().isEmpty(), () -> "errors were reported: " + fixture.errors());
    }

    @Test
    void shouldServeBotsByIpv4AndIpv6() throws Exception
    {
        try (BlockingClient client = BlockingClient.connect(
            fixture.clientContext(botDirectory).udp("127.0.0.1:" + port, egressPort, V4)))
        {
            assertEquals(
                GatewayFixture.DOCUMENTED_SIGNATURE, client.newOrder(GatewayFixture::documentedOrder).signature());
        }
        try (BlockingClient client = BlockingClient.connect(
            fixture.clientContext(botDirectory).udp("[::1]:" + port, egressPort, "::1")))
        {
            assertEquals(
                GatewayFixture.DOCUMENTED_SIGNATURE, client.newOrder(GatewayFixture::documentedOrder).signature());
        }
        fixture.stop();
        final List<String> opened = NamedIngressTest.openedSessions(fixture);
        assertEquals(2, opened.size());
        assertTrue(opened.get(0).matches("udp:v4/-?\\d+/127\\.0\\.0\\.1:\\d+"), opened.get(0));
        assertTrue(opened.get(1).matches("udp:v6/-?\\d+/\\[::1]:\\d+"), opened.get(1));
    }

    @Test
    void shouldRefuseAnAddressOutsideTheGrantedRange() throws Exception
    {
        launch("{ingress: udp:v4, addresses: [127.0.0.2/31, 128.0.0.0/1]}, {ingress: udp:v6, addresses: ['::2/127']}");
        assertNotGranted("127.0.0.1:" + port, V4);
        assertNotGranted("[::1]:" + port, "::1");
        launch("{ingress: udp:v4, addresses: [127.0.0.0/31]}");
        BlockingClient.connect(fixture.clientContext(botDirectory).udp("127.0.0.1:" + port, egressPort, V4)).close();
        assertNotGranted("[::1]:" + port, "::1");
    }

    @Test
    void shouldRefuseAnIngressThatIsNotGranted() throws Exception
    {
        assertEquals(Reason.SOURCE_NOT_GRANTED, assertThrows(
            SessionRejectedException.class, () -> fixture.connect().close()).reason());
        launch("{ingress: ipc:bots}");
        fixture.connect().close();
        assertNotGranted("127.0.0.1:" + port, V4);
        fixture.stop();
        assertEquals(List.of("ipc:bots"), NamedIngressTest.openedSessions(fixture).stream()
            .map((opened) -> opened.substring(0, opened.indexOf('/'))).toList());
    }

    /** Who is not the principal learns nothing of where the principal may come from. */
    @Test
    void shouldNotSayWhereAPrincipalMayComeFromBeforeItHasProvenItself() throws Exception
    {
        launch("{ingress: ipc:bots}");
        final SessionRejectedException ex = assertThrows(SessionRejectedException.class, () -> BlockingClient.connect(
            fixture.clientContext(botDirectory).apiKey(GatewayFixture.apiKey("maker", 3).text())
                .udp("127.0.0.1:" + port, egressPort, V4)));
        assertEquals(Reason.AUTHENTICATION_FAILED, ex.reason());
    }

    /** Aeron takes a data frame of any sender into an image; what comes of it goes to the session's own address. */
    @Test
    void shouldReplyToTheAddressOfTheSessionWhoeverSendsItsFrames() throws Exception
    {
        try (RawBot bot = rawBot(EgressChannel.udp(egressPort));
            RawUdpBot other = new RawUdpBot(OTHER_V4, port, egressPort))
        {
            assertEquals(Reason.NONE, bot.connect("maker"));
            assertTrue(bot.order(1).isSigned());
            final byte[] order = bot.retagged(WireFrames.newOrder(bot.sessionId(), 2));
            other.sendData(
                bot.ingress().sessionId(), bot.ingress().termId(), (int) bot.ingress().position(), order);
            final Reply reply = bot.reply();
            assertTrue(reply.isSigned());
            assertEquals(2, reply.id());
            assertNull(other.received(), "a packet went to the address that the frame came from");
        }
    }

    /** Both ends prove which way back they mean: a handshake that was meant for another does not pass for this one. */
    @Test
    void shouldRefuseAProofOfAnotherWayBack()
    {
        for (final EgressChannel wayBack : List.of(EgressChannel.IPC, EgressChannel.udp(egressPort - 1)))
        {
            try (RawBot bot = rawBot(wayBack))
            {
                assertEquals(Reason.AUTHENTICATION_FAILED, bot.connect("maker"));
            }
        }
    }

    @Test
    void shouldAnswerAtTheAddressAndEgressPortOnly() throws Exception
    {
        try (RawUdpBot bot = new RawUdpBot(OTHER_V4, port, egressPort);
            RawUdpBot stranger = new RawUdpBot("127.0.0.3", port, egressPort);
            RawUdpBot otherPort = new RawUdpBot(OTHER_V4, port, FreePort.next()))
        {
            bot.sendSetup(77, 5);
            bot.sendData(77, 5, 0, WireFrames.connect(1, "maker"));
            assertNotNull(bot.received(), "the gateway calls where the frame came from");
            assertNull(stranger.received());
            assertNull(otherPort.received());
        }
        assertEquals(0, openSessions());
    }

    /** Bots of other ingresses are served meanwhile. */
    @Test
    void shouldRefuseMorePublicationsThanItTakesUp() throws Exception
    {
        launch("{ingress: ipc:bots}, {ingress: udp:v6, addresses: ['::1']}");
        final int most = SessionLimits.DEFAULT.maxPublications();
        final long startNs = System.nanoTime();
        try (RawUdpBot flood = new RawUdpBot(OTHER_V4, port, egressPort))
        {
            int floods = 0;
            int takenUp = 0;
            while (takenUp < most || floods < 10)
            {
                for (int i = 0; i < 2_000; i++)
                {
                    flood.sendSetup(10_000 + i, 5);
                }
                floods++;
                takenUp = logBuffers("v4");
                // After 10 s the driver gives up those that say nothing, and has the files of both for a while.
                assertTrue(takenUp <= most || System.nanoTime() - startNs > IMAGE_LIVENESS_NS, takenUp + " taken up");
                assertTrue(System.nanoTime() - startNs < 4 * IMAGE_LIVENESS_NS, "only " + takenUp + " taken up");
            }
            fixture.connect().close();
            BlockingClient.connect(
                fixture.clientContext(botDirectory).udp("[::1]:" + port, egressPort, "::1")).close();
        }
    }

    private int logBuffers(final String aeronDirectory)
    {
        return fixture.directory().resolve(aeronDirectory).resolve("images").toFile().list().length;
    }

    private void assertNotGranted(final String endpoint, final String address)
    {
        final SessionRejectedException ex = assertThrows(SessionRejectedException.class, () -> BlockingClient.connect(
            fixture.clientContext(botDirectory).udp(endpoint, egressPort, address)));
        assertEquals(Reason.SOURCE_NOT_GRANTED, ex.reason());
    }

    /** Anew, with the principal's sources. */
    private void launch(final String sources) throws Exception
    {
        fixture.stop();
        fixture.write("policy.yaml", """
            principals:
              - name: maker
                api-key-versions: [1, 2]
                sources: [%s]
                rules:
                  - {name: trade, keys: [hmac], operations: [new-order], symbols: [LTCBTC]}
            """.formatted(sources));
        fixture.launch();
    }

    private long openSessions() throws Exception
    {
        fixture.stop();
        return NamedIngressTest.openedSessions(fixture).size();
    }

    private RawBot rawBot(final EgressChannel wayBack)
    {
        final Aeron aeron = closing(Aeron.connect(
            new Aeron.Context().aeronDirectoryName(botDirectory.toString())));
        final RawBot bot = new RawBot(
            aeron,
            "aeron:udp?term-length=64k|interface=127.0.0.1|endpoint=127.0.0.1:" + port,
            "aeron:udp?endpoint=127.0.0.1:" + egressPort + "|session-id=",
            wayBack);
        assertFalse(bot.hasReply());
        return bot;
    }

    private <T extends AutoCloseable> T closing(final T closeable)
    {
        closeables.push(closeable);
        return closeable;
    }
}
