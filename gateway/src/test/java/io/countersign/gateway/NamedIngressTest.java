package io.countersign.gateway;

import io.aeron.Aeron;
import io.aeron.CommonContext;
import io.countersign.codecs.authentication.EgressChannel;
import io.countersign.codecs.journal.MessageHeaderDecoder;
import io.countersign.codecs.journal.SessionOpenedDecoder;
import io.countersign.codecs.wire.Reason;
import io.countersign.gateway.journal.JournalReader;
import org.agrona.CloseHelper;
import org.agrona.IoUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * A gateway with two IPC ingresses, whose bots' publications have the same Aeron session ids.
 */
@Timeout(120)
class NamedIngressTest
{
    private static final String SECOND_INGRESS = "    - {name: ipc:second, aeron-directory: aeron-second}\n" +
        "  max-sessions-per-principal: 256\n";

    /** Where memory is: 256 sessions have log buffers of 60 MiB, which a slow disk keeps the drivers waiting for. */
    private static final Path AERON_DIRECTORY = Path.of(
        CommonContext.getAeronDirectoryName() + "-ingresses-" + ProcessHandle.current().pid());

    private GatewayFixture fixture;
    private Aeron first;
    private Aeron second;

    @BeforeEach
    void before() throws Exception
    {
        fixture = new GatewayFixture(SECOND_INGRESS);
        fixture.write("gateway.yaml", Files.readString(fixture.config())
            .replace("aeron-directory: aeron", "aeron-directory: " + AERON_DIRECTORY + "/aeron"));
        fixture.launch();
        first = client("aeron");
        second = client("aeron-second");
    }

    @AfterEach
    void after()
    {
        CloseHelper.closeAll(first, second, fixture);
        IoUtil.delete(AERON_DIRECTORY.toFile(), true);
        assertTrue(fixture.errors().isEmpty(), () -> "errors were reported: " + fixture.errors());
    }

    @Test
    void shouldKeepSessionsWithOneAeronSessionIdApart() throws Exception
    {
        final RawBot bySecond = bot(second, 4711);
        try (RawBot byFirst = bot(first, 4711))
        {
            assertEquals(Reason.NONE, byFirst.connect("maker"));
            bySecond.send(WireFrames.newOrder(byFirst.sessionId(), 1));
            assertEquals(Reason.NONE, bySecond.connect("maker"));
            assertNotEquals(byFirst.sessionId(), bySecond.sessionId());
            assertTrue(byFirst.order(1).isSigned());
            assertTrue(bySecond.order(1).isSigned());

            bySecond.send(WireFrames.newOrder(byFirst.sessionId(), 2));
            assertEquals(Reason.UNKNOWN_SESSION, bySecond.reply().reason());
            assertTrue(bySecond.trySend(byFirst.retagged(WireFrames.newOrder(byFirst.sessionId(), 2))));
            assertEquals(Reason.FRAME_NOT_AUTHENTIC, bySecond.reply().reason());
            assertFalse(byFirst.hasReply());

            bySecond.send(WireFrames.disconnect(bySecond.sessionId()));
            assertTrue(byFirst.order(3).isSigned());
            bySecond.close();
            assertTrue(byFirst.order(4).isSigned());
        }
        fixture.stop();
        assertEquals(List.of("ipc:bots/4711/", "ipc:second/4711/"), openedSessions());
    }

    @Test
    void shouldServe256SessionsOverTwoIngresses()
    {
        final List<RawBot> bots = new ArrayList<>();
        for (int i = 0; i < 256; i++)
        {
            final RawBot bot = bot(0 == (i & 1) ? first : second, 1_000 + i / 2);
            bots.add(bot);
            assertEquals(Reason.NONE, bot.connect("maker"), "session " + i);
        }
        for (int round = 1; round <= 3; round++)
        {
            final long requestId = round;
            bots.forEach((bot) -> bot.send(WireFrames.newOrder(bot.sessionId(), requestId)));
            bots.forEach((bot) -> assertTrue(bot.reply().isSigned()));
        }
        bots.forEach((bot) -> assertFalse(bot.hasReply()));
    }

    @Test
    void shouldEndWhenOneOfItsDriversIsLost()
    {
        DriverLossTest.giveUpEveryClient(AERON_DIRECTORY.resolve("aeron-second"));
        RawBot.await(fixture::isLost, "the gateway says that it lost a driver");
        CloseHelper.quietCloseAll(first, second);
        fixture.stop();
        fixture.errors().clear();
    }

    private Aeron client(final String directory)
    {
        final Path path = AERON_DIRECTORY.resolve(directory);
        return Aeron.connect(new Aeron.Context().aeronDirectoryName(path.toString()).errorHandler((error) ->
        {
            // The loss of its driver, which a test is about.
        }));
    }

    private static RawBot bot(final Aeron aeron, final int aeronSessionId)
    {
        return new RawBot(
            aeron,
            "aeron:ipc?term-length=64k|session-id=" + aeronSessionId,
            "aeron:ipc?session-id=",
            EgressChannel.IPC);
    }

    private List<String> openedSessions() throws Exception
    {
        return openedSessions(fixture);
    }

    /** Ingress, Aeron session id and source of each, from the journal. */
    static List<String> openedSessions(final GatewayFixture fixture) throws Exception
    {
        final List<String> opened = new ArrayList<>();
        try (JournalReader reader = new JournalReader(fixture.journal()))
        {
            while (JournalReader.Event.RECORD == reader.poll())
            {
                if (SessionOpenedDecoder.TEMPLATE_ID == reader.templateId())
                {
                    final SessionOpenedDecoder record = new SessionOpenedDecoder().wrapAndApplyHeader(
                        new UnsafeBuffer(reader.buffer(), reader.offset(), reader.length()), 0,
                        new MessageHeaderDecoder());
                    final int aeronSessionId = record.aeronSessionId();
                    final String ingress = record.ingress();
                    record.principal();
                    opened.add(ingress + "/" + aeronSessionId + "/" + record.source());
                }
            }
        }
        return opened;
    }
}
