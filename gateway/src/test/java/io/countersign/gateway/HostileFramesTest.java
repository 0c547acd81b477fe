package io.countersign.gateway;

import io.aeron.Aeron;
import io.aeron.CommonContext;
import io.aeron.LogBuffers;
import io.aeron.logbuffer.FrameDescriptor;
import io.aeron.protocol.DataHeaderFlyweight;
import io.countersign.codecs.journal.SessionRefusedDecoder;
import io.countersign.codecs.wire.DecimalEncoder;
import io.countersign.codecs.wire.NewOrderEncoder;
import io.countersign.codecs.wire.Reason;
import io.countersign.gateway.journal.JournalReader;
import org.agrona.BitUtil;
import org.agrona.CloseHelper;
import org.agrona.IoUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.CountersReader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.File;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * Processes that can open the driver's directory and mean no good, against a whole gateway.
 */
@Timeout(120)
class HostileFramesTest
{
    private static final int HEADER = 8;

    /**
     * In memory, where Aeron's own default is: 256 ways back are 768 MiB, and a disk that must write them holds the
     * driver up for longer than its clients wait for it.
     */
    private static final Path AERON_DIRECTORY = Path.of(
        CommonContext.getAeronDirectoryName() + "-countersign-" + ProcessHandle.current().pid());

    private GatewayFixture fixture;
    private Aeron aeron;

    @AfterEach
    void after()
    {
        CloseHelper.closeAll(aeron, fixture);
        // The lock that the driver's directory leaves beside it.
        IoUtil.delete(new File(AERON_DIRECTORY + ".lock"), true);
    }

    @Test
    void shouldServeOthersThroughGarbageAndFloods() throws Exception
    {
        launch("");
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        try (RawBot bot = new RawBot(aeron); RawBot stranger = new RawBot(aeron); RawBot mute = new RawBot(aeron))
        {
            assertEquals(Reason.NONE, bot.connect("maker"));
            assertEquals(Reason.NONE, mute.connect("maker"));
            long requestId = 0;
            for (int i = 0; i < 20_000; i++)
            {
                final byte[] bad = bad(random, bot.sessionId());
                stranger.trySend(bad);
                mute.trySend(mute.retagged(bad));
                if (0 == i % 100)
                {
                    final Reply reply = bot.order(++requestId);
                    assertTrue(reply.isSigned(), () -> "seed " + seed + " " + reply);
                    assertEquals(requestId, reply.id(), "seed " + seed);
                }
            }
            assertTrue(counter(20_100 + Reason.UNKNOWN_SESSION.value()) > 100);
            assertTrue(counter(20_100 + Reason.FRAME_FRAGMENTED.value()) > 100);
            assertTrue(counter(20_100 + Reason.UNKNOWN_SCHEMA.value()) > 100);
            RawBot.await(() ->
            {
                mute.trySend(mute.retagged(bad(random, bot.sessionId())));
                return counter(20_005) > 100;
            }, "replies that nobody reads are dropped");
            assertTrue(bot.order(++requestId).isSigned());
            assertEquals(requestId, counter(20_002), "requests signed");
        }
        assertTrue(fixture.errors().isEmpty(), () -> "errors were reported: " + fixture.errors());
        final int records = journal().size();
        assertTrue(records < 2 * 200 + 200, () -> records + " records, seed " + seed);
    }

    @Test
    void shouldRefuseStrangersAndRecordThem() throws Exception
    {
        launch("");
        try (RawBot bot = new RawBot(aeron))
        {
            assertEquals(Reason.AUTHENTICATION_FAILED, bot.connect("nobody"));
            assertEquals(Reason.AUTHENTICATION_FAILED, bot.connect(""));
            bot.send(WireFrames.newOrder(bot.sessionId(), 1));
            assertEquals(Reason.NONE, bot.connect("maker"));
            assertEquals(Reason.SESSION_ALREADY_OPEN, bot.connect("maker"));
        }
        final List<JournalRecord> refused = journal().stream()
            .filter((record) -> record.is(SessionRefusedDecoder.TEMPLATE_ID)).toList();
        assertEquals(List.of("nobody", ""), refused.stream().map((record) -> record.principal).toList());
        assertEquals(Reason.AUTHENTICATION_FAILED, refused.get(0).reason);
    }

    @Test
    void shouldServe256SessionsAtOnce() throws Exception
    {
        launch("  max-sessions-per-principal: 256\n");
        final List<RawBot> bots = new ArrayList<>();
        for (int i = 0; i < 256; i++)
        {
            final RawBot bot = new RawBot(aeron);
            bots.add(bot);
            assertEquals(Reason.NONE, bot.connect("maker"), "session " + i);
        }
        try (RawBot oneMore = new RawBot(aeron))
        {
            assertEquals(Reason.TOO_MANY_SESSIONS, oneMore.connect("maker"));
        }
        bots.forEach((bot) -> bot.send(WireFrames.newOrder(bot.sessionId(), 5)));
        for (final RawBot bot : bots)
        {
            final Reply reply = bot.reply();
            assertTrue(reply.isSigned());
            assertEquals(bot.sessionId(), reply.sessionId());
        }
        assertEquals(256, counter(20_006));
        bots.forEach(RawBot::close);
        RawBot.await(() -> 0 == counter(20_006), "every session is closed");
        assertTrue(fixture.errors().isEmpty(), () -> "errors were reported: " + fixture.errors());
    }

    @Test
    void shouldGiveTheSessionOfOneWhoLeftToAnother() throws Exception
    {
        launch("  max-sessions: 2\n");
        final RawBot first = new RawBot(aeron);
        try (RawBot second = new RawBot(aeron); RawBot third = new RawBot(aeron))
        {
            assertEquals(Reason.NONE, first.connect("maker"));
            assertEquals(Reason.NONE, second.connect("maker"));
            assertEquals(Reason.TOO_MANY_SESSIONS, third.connect("maker"));
            second.send(WireFrames.disconnect(second.sessionId()));
            assertEquals(Reason.NONE, third.connect("maker"));
            assertEquals(Reason.TOO_MANY_SESSIONS, second.connect("maker"));
            first.close();
            RawBot.await(() -> 1 == counter(20_006), "the session is closed");
            assertEquals(Reason.NONE, second.connect("maker"));
            assertTrue(second.order(1).isSigned());
        }
    }

    /** Policy allows 10 at most: a bot that changes 1 into 100 after it was checked must gain nothing. */
    @Test
    void shouldSignWhatItCheckedThoughTheLogBufferChanges() throws Exception
    {
        launch("");
        int signed = 0;
        try (RawBot bot = new RawBot(aeron); LogBuffers log = new LogBuffers(logFile(bot)))
        {
            final UnsafeBuffer[] terms = log.duplicateTermBuffers();
            assertEquals(Reason.NONE, bot.connect("maker"));
            final byte[] frame = WireFrames.newOrder(bot.sessionId(), 0);
            for (int i = 1; i <= 3_000; i++)
            {
                new UnsafeBuffer(frame).putLong(
                    HEADER + NewOrderEncoder.requestIdEncodingOffset(), i, ByteOrder.LITTLE_ENDIAN);
                new UnsafeBuffer(frame).putLong(
                    HEADER + NewOrderEncoder.ingressSequenceEncodingOffset(), i, ByteOrder.LITTLE_ENDIAN);
                final int quantity = mantissaOffset(bot.send(frame), frame.length, log.termLength());
                final UnsafeBuffer term = terms[termIndex(bot.ingress().position() - 1, log.termLength())];
                final long changedBefore = counter(20_100 + Reason.FRAME_NOT_AUTHENTIC.value());
                while (!bot.hasReply() && changedBefore == counter(20_100 + Reason.FRAME_NOT_AUTHENTIC.value()))
                {
                    term.putLongVolatile(quantity, 100);
                    Thread.onSpinWait();
                    term.putLongVolatile(quantity, 1);
                }
                if (!bot.hasReply())
                {
                    // Copied while it was changed: counted, and answered once a second at most.
                    continue;
                }
                final Reply reply = bot.reply();
                if (reply.isSigned())
                {
                    signed++;
                    assertTrue(reply.payload().contains("&quantity=1&"), reply.payload());
                    assertEquals(hmac(reply.payload()), reply.signatureText());
                }
                else
                {
                    assertEquals(Reason.FRAME_NOT_AUTHENTIC, reply.reason());
                }
            }
        }
        assertTrue(signed > 100, signed + " signed");
        assertTrue(fixture.errors().isEmpty(), () -> "errors were reported: " + fixture.errors());
    }

    /** Whoever can map a log buffer can write any length into a frame's header. */
    @Test
    void shouldServeOthersThoughAFrameLiesAboutItsLength() throws Exception
    {
        launch("");
        try (RawBot bot = new RawBot(aeron))
        {
            assertEquals(Reason.NONE, bot.connect("maker"));
            long requestId = 0;
            for (final int lie : new int[]{1, 8, 33, 40_000, 65_536, 1 << 20, Integer.MAX_VALUE})
            {
                try (RawBot liar = new RawBot(aeron); LogBuffers log = new LogBuffers(logFile(liar)))
                {
                    final UnsafeBuffer term = log.duplicateTermBuffers()[0];
                    for (int i = 0; i < 50; i++)
                    {
                        final int offset = (int) liar.ingress().position();
                        liar.trySend(new byte[64]);
                        FrameDescriptor.frameLengthOrdered(term, offset, lie);
                        assertTrue(bot.order(++requestId).isSigned(), "length " + lie);
                    }
                }
            }
            final long lastId = requestId;
            RawBot.await(() -> isQuiet(bot, lastId), "the gateway receives no frames but those of the bot");
        }
        assertTrue(fixture.errors().isEmpty(), () -> "errors were reported: " + fixture.errors());
    }

    /** A lie must not be received over and over, not even once its author has gone. */
    private boolean isQuiet(final RawBot bot, final long lastId)
    {
        final long before = counter(20_001);
        bot.send(WireFrames.newOrder(bot.sessionId(), lastId));
        assertEquals(lastId, bot.reply().id());
        return before + 1 == counter(20_001);
    }

    private static byte[] bad(final Random random, final long sessionId)
    {
        return switch (random.nextInt(4))
        {
            case 0 ->
            {
                final byte[] bytes = new byte[8 + random.nextInt(200)];
                random.nextBytes(bytes);
                yield bytes;
            }
            case 1 -> new byte[5_000];
            case 2 -> WireFrames.newOrder(sessionId, random.nextInt());
            default -> WireFrames.disconnect(sessionId);
        };
    }

    private static String hmac(final String payload) throws Exception
    {
        final Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(
            GatewayFixture.DOCUMENTED_SECRET.getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
        return HexFormat.of().formatHex(mac.doFinal(payload.getBytes(StandardCharsets.US_ASCII)));
    }

    private static int termIndex(final long position, final int termLength)
    {
        return (int) (position / termLength % 3);
    }

    private static int mantissaOffset(final long endPosition, final int length, final int termLength)
    {
        final int framed =
            BitUtil.align(length + DataHeaderFlyweight.HEADER_LENGTH, FrameDescriptor.FRAME_ALIGNMENT);
        return (int) ((endPosition - framed) % termLength) + DataHeaderFlyweight.HEADER_LENGTH + HEADER +
            NewOrderEncoder.quantityEncodingOffset() + DecimalEncoder.mantissaEncodingOffset();
    }

    private void launch(final String gatewayLines) throws Exception
    {
        fixture = new GatewayFixture(gatewayLines);
        fixture.write("gateway.yaml", Files.readString(fixture.config())
            .replace("aeron-directory: aeron", "aeron-directory: " + AERON_DIRECTORY));
        fixture.launch();
        aeron = Aeron.connect(new Aeron.Context().aeronDirectoryName(AERON_DIRECTORY.toString()));
    }

    private String logFile(final RawBot bot)
    {
        return AERON_DIRECTORY.resolve("publications").resolve(bot.ingress().registrationId() + ".logbuffer")
            .toString();
    }

    private long counter(final int typeId)
    {
        final CountersReader counters = aeron.countersReader();
        final long[] value = {-1};
        counters.forEach((counterId, type, key, label) ->
        {
            if (typeId == type)
            {
                value[0] = counters.getCounterValue(counterId);
            }
        });
        return value[0];
    }

    /** Stops the gateway and reads what it wrote. */
    private List<JournalRecord> journal() throws IOException
    {
        fixture.stop();
        final List<JournalRecord> records = new ArrayList<>();
        try (JournalReader reader = new JournalReader(fixture.journal()))
        {
            JournalReader.Event event = reader.poll();
            while (JournalReader.Event.END != event)
            {
                assertEquals(JournalReader.Event.RECORD, event);
                records.add(new JournalRecord(new UnsafeBuffer(reader.buffer(), reader.offset(), reader.length())));
                assertEquals(records.size(), records.get(records.size() - 1).sequence);
                event = reader.poll();
            }
        }
        return records;
    }
}
