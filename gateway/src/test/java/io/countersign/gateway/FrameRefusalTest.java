package io.countersign.gateway;

import io.aeron.Publication;
import io.countersign.codecs.authentication.FrameAuthenticator;
import io.countersign.codecs.journal.NoiseDecoder;
import io.countersign.codecs.journal.SessionRefusedDecoder;
import io.countersign.codecs.wire.CancelOrderEncoder;
import io.countersign.codecs.wire.DecimalEncoder;
import io.countersign.codecs.wire.NewOrderEncoder;
import io.countersign.codecs.wire.QueryAccountEncoder;
import io.countersign.codecs.wire.Reason;
import io.countersign.codecs.wire.RejectedEncoder;
import io.countersign.gateway.AgentRig.Bot;
import io.countersign.gateway.control.GatewayCommand;
import io.countersign.gateway.request.PendingRequest;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

class FrameRefusalTest
{
    private static final int HEADER = 8;
    private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);

    private AgentRig rig;
    private Bot bot;
    private byte[] good;

    @BeforeEach
    void before() throws Exception
    {
        rig = AgentRig.inline();
        bot = rig.open("maker");
        good = WireFrames.newOrder(bot.id(), 41);
    }

    @Test
    void shouldRefuseLengthsThatAreWrong()
    {
        final byte[] body = WireFrames.body(good);
        final int maxBodyLength = PendingRequest.MAX_FRAME_LENGTH - FrameAuthenticator.TAG_LENGTH;
        assertRefused(Reason.FRAME_TOO_LONG, RejectedEncoder.requestIdNullValue(),
            WireFrames.tagged(Arrays.copyOf(body, maxBodyLength + 1)));
        assertRefused(Reason.TRAILING_BYTES, 41, WireFrames.tagged(Arrays.copyOf(body, maxBodyLength)));
        assertRefused(Reason.TRAILING_BYTES, 41, WireFrames.tagged(Arrays.copyOf(body, body.length + 1)));
        for (int length = HEADER; length < body.length; length++)
        {
            assertRefused(Reason.FRAME_TRUNCATED,
                length < HEADER + 32 ? RejectedEncoder.requestIdNullValue() : 41,
                WireFrames.tagged(Arrays.copyOf(body, length)));
        }
        assertTrue(bot.send(good).isSigned());
    }

    @Test
    void shouldRefuseHeadersThatAreWrong()
    {
        assertRefused(Reason.UNKNOWN_SCHEMA, RejectedEncoder.requestIdNullValue(), with(4, 2602));
        assertRefused(Reason.UNKNOWN_VERSION, RejectedEncoder.requestIdNullValue(), with(6, 1));
        assertRefused(Reason.UNKNOWN_VERSION, RejectedEncoder.requestIdNullValue(), with(6, 0));
        assertRefused(Reason.UNKNOWN_TEMPLATE, RejectedEncoder.requestIdNullValue(), with(2, 999));
        assertRefused(Reason.UNKNOWN_TEMPLATE, RejectedEncoder.requestIdNullValue(), with(2, 60));
        assertRefused(Reason.WRONG_BLOCK_LENGTH, 41, with(0, NewOrderEncoder.BLOCK_LENGTH + 1));
        assertRefused(Reason.WRONG_BLOCK_LENGTH, 41, with(0, NewOrderEncoder.BLOCK_LENGTH - 1));
        assertTrue(bot.send(good).isSigned());
    }

    @Test
    void shouldRefuseValuesThatAreNotListed()
    {
        for (final int field : new int[]{
            NewOrderEncoder.sideEncodingOffset(), NewOrderEncoder.orderTypeEncodingOffset(),
            NewOrderEncoder.timeInForceEncodingOffset(), NewOrderEncoder.responseTypeEncodingOffset(),
            NewOrderEncoder.selfTradePreventionEncodingOffset(), NewOrderEncoder.reduceOnlyEncodingOffset()})
        {
            final byte[] frame = good.clone();
            frame[HEADER + field] = (byte) 0xEE;
            assertRefused(Reason.UNKNOWN_ENUM_VALUE, 41, WireFrames.tagged(WireFrames.body(frame)));
        }
        final byte[] cancel = WireFrames.cancelOrder(bot.id(), 41, 1, "hmac", "LTCBTC");
        cancel[HEADER + CancelOrderEncoder.cancelRestrictionEncodingOffset()] = 0;
        assertRefused(Reason.UNKNOWN_ENUM_VALUE, 41, WireFrames.tagged(WireFrames.body(cancel)));
        final byte[] account = WireFrames.queryAccount(bot.id(), 41, "hmac");
        account[HEADER + QueryAccountEncoder.omitZeroBalancesEncodingOffset()] = 2;
        assertRefused(Reason.UNKNOWN_ENUM_VALUE, 41, WireFrames.tagged(WireFrames.body(account)));
    }

    @Test
    void shouldRefuseExponentsAndTextsOutOfRange()
    {
        for (final int field : new int[]{
            NewOrderEncoder.quantityEncodingOffset(), NewOrderEncoder.quoteQuantityEncodingOffset(),
            NewOrderEncoder.priceEncodingOffset(), NewOrderEncoder.stopPriceEncodingOffset(),
            NewOrderEncoder.icebergQuantityEncodingOffset()})
        {
            for (final int exponent : new int[]{19, -19, 127, -128})
            {
                final UnsafeBuffer frame = new UnsafeBuffer(good.clone());
                frame.putLong(HEADER + field, 1, ByteOrder.LITTLE_ENDIAN);
                frame.putByte(
                    HEADER + field + DecimalEncoder.exponentEncodingOffset(), (byte) exponent);
                assertRefused(
                    Reason.FIELD_OUT_OF_RANGE, 41, WireFrames.tagged(WireFrames.body(frame.byteArray())));
            }
        }
        assertRefused(Reason.FIELD_OUT_OF_RANGE, 41, WireFrames.queryAccount(bot.id(), 41, "k".repeat(65)));
        assertRefused(Reason.FIELD_OUT_OF_RANGE, 41, WireFrames.cancelAll(bot.id(), 41, "hmac", "S".repeat(65)));
        assertRefused(Reason.FIELD_OUT_OF_RANGE, 41, WireFrames.queryOrders(bot.id(), 41, "hmac", "S".repeat(65)));
        assertRefused(Reason.FIELD_OUT_OF_RANGE, 41, WireFrames.login(bot.id(), 41, "k".repeat(65)));
        assertRefused(Reason.FIELD_OUT_OF_RANGE, RejectedEncoder.requestIdNullValue(),
            WireFrames.connect(1, "p".repeat(65)));
    }

    @Test
    void shouldRefuseTheSessionOfAnother()
    {
        final Bot other = rig.open("maker");
        assertRefused(Reason.UNKNOWN_SESSION, 41, WireFrames.newOrder(other.id(), 41));
        assertRefused(Reason.UNKNOWN_SESSION, 41, WireFrames.newOrder(0, 41));
        assertRefused(Reason.UNKNOWN_SESSION, RejectedEncoder.requestIdNullValue(), WireFrames.disconnect(other.id()));
        assertTrue(other.order(1).isSigned());
        assertTrue(bot.send(good).isSigned());
    }

    /** The parts of a message are not copied: what the place held before must not be taken for the message. */
    @Test
    void shouldNotAnswerAFragmentWithTheRequestIdOfAnEarlierFrame()
    {
        final Bot other = rig.open("maker");
        assertTrue(other.order(4711).isSigned());
        rig.ingress.add(bot.publicationId(), false, good);
        rig.work();
        final Reply reply = bot.egress.last();
        assertEquals(Reason.FRAME_FRAGMENTED, reply.reason());
        assertEquals(RejectedEncoder.requestIdNullValue(), reply.id());
    }

    @Test
    void shouldOnlyCountWhatComesFromNobody()
    {
        final int recordsBefore = rig.size();
        rig.ingress.add(4711, WireFrames.newOrder(bot.id(), 1));
        rig.ingress.add(4711, WireFrames.disconnect(bot.id()));
        rig.ingress.add(4711, new byte[]{1, 2, 3});
        rig.ingress.add(4711, false, good);
        bot.egress.drain();
        rig.work();
        assertNull(bot.egress.last());
        assertEquals(Map.of(Reason.UNKNOWN_SESSION, 2L, Reason.FRAME_TRUNCATED, 1L, Reason.FRAME_FRAGMENTED, 1L),
            noiseOnceASecondHasPassed());
        assertEquals(1, rig.size() - recordsBefore);
        assertTrue(bot.order(1).isSigned());
    }

    @Test
    void shouldRecordAtMostOneNoiseRecordPerSecond()
    {
        final int frames = 1_000_000;
        final byte[][] bad = {
            WireFrames.tagged(new byte[3]), with(4, 1), WireFrames.newOrder(bot.id() + 1, 1), with(2, 999)
        };
        bot.egress.answers(Publication.BACK_PRESSURED);
        final int recordsBefore = rig.size();
        final long startNs = rig.clock.nowNs();
        for (int i = 0; i < frames; i++)
        {
            rig.ingress.add(0 == (i & 1) ? bot.publicationId() : 4711, bad[i & 3]);
            rig.agent.doWork();
            rig.clock.advance(10_000);
        }
        final long seconds = (rig.clock.nowNs() - startNs) / SECOND_NS;
        final int records = rig.size() - recordsBefore;
        assertTrue(records <= seconds + 1, () -> records + " records in " + seconds + " s");
        noiseOnceASecondHasPassed();
        long counted = 0;
        for (final JournalRecord noise : rig.all(NoiseDecoder.TEMPLATE_ID))
        {
            counted += noise.noise.values().stream().mapToLong(Long::longValue).sum();
        }
        assertEquals(frames, counted);
        assertEquals(frames / 2, rig.counters.repliesUndelivered().get());
    }

    @Test
    void shouldRecordSomeRefusedConnectsInFullAndCountTheRest()
    {
        final Bot stranger = new Bot(rig, "nobody", 4711);
        for (int i = 0; i < 1000; i++)
        {
            rig.commands.add(new GatewayCommand.RefuseSession(
                stranger.session.applicant(), stranger.egress, Reason.AUTHENTICATION_FAILED.value()));
            rig.work();
            rig.clock.advance(SECOND_NS / 100);
        }
        noiseOnceASecondHasPassed();
        final List<JournalRecord> refused = rig.all(SessionRefusedDecoder.TEMPLATE_ID);
        assertTrue(refused.size() >= 10 && refused.size() <= 110, () -> refused.size() + " records");
        final List<JournalRecord> noises = rig.all(NoiseDecoder.TEMPLATE_ID);
        assertTrue(noises.size() <= 12, () -> noises.size() + " noise records in 11 s");
        long counted = refused.size();
        for (final JournalRecord noise : noises)
        {
            counted += noise.noise.get(Reason.AUTHENTICATION_FAILED);
        }
        assertEquals(1000, counted);
        assertEquals(1000, rig.counter(20_100 + Reason.AUTHENTICATION_FAILED.value()));
    }

    /** A refused connect begins a new second: it must not put off what was counted in the one before. */
    @Test
    void shouldRecordNoiseWhileConnectsAreRefusedEverySecond()
    {
        final Bot stranger = new Bot(rig, "nobody", 4711);
        rig.ingress.add(4711, new byte[3]);
        rig.agent.doWork();
        for (int i = 0; i < 10; i++)
        {
            rig.clock.advance(SECOND_NS);
            rig.commands.add(new GatewayCommand.RefuseSession(
                stranger.session.applicant(), stranger.egress, Reason.AUTHENTICATION_FAILED.value()));
            rig.ingress.add(4711, new byte[3]);
            rig.agent.doWork();
        }
        final int noises = rig.all(NoiseDecoder.TEMPLATE_ID).size();
        assertTrue(noises >= 9, () -> noises + " noise records in 10 s");
    }

    private Map<Reason, Long> noiseOnceASecondHasPassed()
    {
        rig.clock.advance(SECOND_NS);
        rig.work();
        final List<JournalRecord> noise = rig.all(NoiseDecoder.TEMPLATE_ID);
        return noise.get(noise.size() - 1).noise;
    }

    private byte[] with(final int offset, final int value)
    {
        final UnsafeBuffer frame = new UnsafeBuffer(good.clone());
        frame.putShort(offset, (short) value, ByteOrder.LITTLE_ENDIAN);
        return WireFrames.tagged(WireFrames.body(frame.byteArray()));
    }

    private void assertRefused(final Reason reason, final long requestId, final byte[] frame)
    {
        final long before = rig.counter(20_100 + reason.value());
        final int recordsBefore = rig.size();
        bot.egress.drain();
        final Reply reply = bot.send(frame);
        assertEquals(reason, reply.reason());
        assertEquals(requestId, reply.id());
        assertEquals(RejectedEncoder.recordSequenceNullValue(), reply.sequence());
        assertEquals(bot.id(), reply.sessionId());
        assertEquals(1, bot.egress.replies().size());
        assertEquals(before + 1, rig.counter(20_100 + reason.value()));
        assertTrue(rig.size() - recordsBefore <= 1);
    }
}
