package io.countersign.gateway;

import io.countersign.codecs.journal.IntentDecoder;
import io.countersign.codecs.journal.RedeliveredDecoder;
import io.countersign.codecs.wire.Fate;
import io.countersign.codecs.wire.OutcomeDecoder;
import io.countersign.codecs.wire.OutcomeEncoder;
import io.countersign.codecs.wire.Reason;
import io.countersign.codecs.wire.SwitchReach;
import io.countersign.codecs.wire.SwitchSubject;
import io.countersign.gateway.AgentRig.Bot;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class ExactlyOnceTest
{
    private static final long DEADLINE_NS = FakeClock.UTC_OFFSET_NS + 1_000_000_000L;

    private final FakeLane lane = new FakeLane(1, false);
    private AgentRig rig;
    private Bot bot;

    @BeforeEach
    void before() throws Exception
    {
        rig = new AgentRig(lane, 16);
        bot = rig.open("maker");
    }

    @Test
    void shouldSendTheSameSignedRequestAgain()
    {
        final Reply first = signed(bot, WireFrames.newOrder(bot.id(), 7, (order) -> order.deadlineNs(DEADLINE_NS)));
        final int records = rig.size();
        final Reply again = bot.order(7);
        assertTrue(again.isSigned());
        assertEquals(first.query(), again.query());
        assertEquals(first.sequence(), again.sequence());
        assertEquals(DEADLINE_NS, first.deadlineNs());
        assertEquals(DEADLINE_NS, again.deadlineNs(), "what was signed is worth no more for being asked for again");
        assertEquals(first.egressSequence() + 1, again.egressSequence());

        bot.send(WireFrames.disconnect(bot.id()));
        final Bot later = rig.open("maker");
        final Reply elsewhere = later.send(WireFrames.newOrder(later.id(), 7));
        assertEquals(first.query(), elsewhere.query());
        assertEquals(later.id(), elsewhere.sessionId());
        assertSignedOnce(7);
        assertEquals(2, rig.counters.requestsRepeated().get());
        assertEquals(records + 4, rig.size(), "the end of a session, the beginning of another, and both deliveries");
        final List<JournalRecord> deliveries = rig.all(RedeliveredDecoder.TEMPLATE_ID);
        assertEquals(2, deliveries.size());
        assertEquals(later.id(), deliveries.getLast().sessionId);
        assertEquals(7, deliveries.getLast().requestId);
    }

    /** What was signed before a switch leaves the gateway no more: only its fate is told. */
    @Test
    void shouldNotSendWhatIsSwitchedOffByNow()
    {
        final Reply first = signed(bot, WireFrames.newOrder(bot.id(), 7));
        final Reply cancel = signed(bot, cancelOrder(8));
        final Bot boss = rig.open("boss");
        for (final SwitchSubject subject : new SwitchSubject[]{SwitchSubject.ALL, SwitchSubject.KEY})
        {
            final String name = SwitchSubject.KEY == subject ? "hmac" : "";
            boss.send(CommandFrames.setSwitch(boss.id(), subject, SwitchReach.ALL_BUT_CANCELS, true, name));
            final Reply told = bot.order(7);
            assertEquals(Fate.SIGNED, told.fate());
            assertEquals(first.sequence(), told.sequence());
            assertEquals(cancel.query(), bot.send(cancelOrder(8)).query(), "cancels still pass");
            boss.send(CommandFrames.setSwitch(boss.id(), subject, SwitchReach.ALL_BUT_CANCELS, false, name));
            assertEquals(first.query(), bot.order(7).query());
        }
    }

    @Test
    void shouldSendNothingThatItCannotRecord()
    {
        final Reply first = signed(bot, WireFrames.newOrder(bot.id(), 7));
        rig.records.fail();
        final Reply told = bot.order(7);
        assertEquals(Fate.SIGNED, told.fate());
        assertEquals(first.sequence(), told.sequence());
    }

    @Test
    void shouldSayThatItIsInHandToWhoeverAsks()
    {
        bot.order(7);
        final Bot other = rig.open("maker");
        assertOutcome(other.order(7), Fate.IN_HAND, Reason.NONE, 7, 7, rig.all(IntentDecoder.TEMPLATE_ID).get(0));
        assertOutcome(bot.order(7), Fate.IN_HAND, Reason.NONE, 7, 7, rig.all(IntentDecoder.TEMPLATE_ID).get(0));
        assertEquals(1, lane.inToken());
        lane.complete(0);
        rig.work();
        assertTrue(bot.egress.last().isSigned());
        assertTrue(other.order(7).isSigned());
        assertSignedOnce(7);
    }

    @Test
    void shouldRefuseAgainForTheSameReason()
    {
        final Reply first = bot.send(WireFrames.newOrder(bot.id(), 7, WireFrames.quantity(11, 0)));
        assertEquals(Reason.QUANTITY_ABOVE_LIMIT, first.reason());
        final int records = rig.size();
        final Reply again = bot.order(7);
        assertEquals(Reason.QUANTITY_ABOVE_LIMIT, again.reason(), "a new try has a new id");
        assertEquals(first.sequence(), again.sequence());
        assertEquals(records, rig.size());
        assertEquals(0, lane.payloads().size());

        lane.failNext();
        bot.order(8);
        lane.complete(0);
        rig.work();
        final Reply failed = bot.egress.last();
        assertEquals(Reason.TOKEN_ERROR, failed.reason());
        final Reply failedAgain = bot.order(8);
        assertEquals(Reason.TOKEN_ERROR, failedAgain.reason());
        assertEquals(failed.sequence(), failedAgain.sequence());
    }

    @Test
    void shouldKeepToTheDeadlineAndRememberWhatCameTooLate()
    {
        final long nowNs = rig.clock.utcNs(rig.clock.nowNs());
        final Reply late = bot.send(WireFrames.newOrder(bot.id(), 7, (order) -> order.deadlineNs(nowNs)));
        assertEquals(Reason.DEADLINE_PASSED, late.reason());
        assertEquals(nowNs, late.deadlineNs());
        assertEquals(Reason.DEADLINE_PASSED, bot.order(7).reason());

        final Reply first = signed(bot, WireFrames.newOrder(bot.id(), 8, (order) -> order.deadlineNs(nowNs + 1)));
        rig.clock.advance(1);
        final Reply again = bot.send(WireFrames.newOrder(bot.id(), 8, (order) -> order.deadlineNs(nowNs + 1)));
        assertEquals(Fate.SIGNED, again.fate(), "what was signed cannot become refused");
        assertEquals(first.sequence(), again.sequence());
        assertEquals(nowNs + 1, again.deadlineNs());
    }

    @Test
    void shouldTakeAgainWhatFoundNoPlace()
    {
        for (int id = 1; id <= AgentRig.MAX_IN_FLIGHT; id++)
        {
            bot.order(id);
        }
        final Reply full = bot.order(100);
        assertEquals(Reason.TOO_MANY_IN_FLIGHT, full.reason());
        assertOutcome(bot.send(WireFrames.askOutcome(bot.id(), 200, 100)), Fate.UNKNOWN, Reason.NONE, 200, 100, null);
        lane.complete(0);
        rig.work();
        bot.order(100);
        lane.complete(AgentRig.MAX_IN_FLIGHT - 1);
        rig.work();
        assertTrue(bot.egress.last().isSigned());
        assertEquals(100, bot.egress.last().id());
    }

    /** One bot that floods leaves places for another. */
    @Test
    void shouldLeavePlacesForOthers()
    {
        for (int id = 1; id <= 50; id++)
        {
            bot.order(id);
        }
        assertEquals(AgentRig.MAX_IN_FLIGHT, lane.inToken());
        final Bot other = rig.open("watcher");
        other.send(WireFrames.queryAccount(other.id(), 1, "other"));
        assertEquals(AgentRig.MAX_IN_FLIGHT + 1, lane.inToken());
        lane.complete(AgentRig.MAX_IN_FLIGHT);
        rig.work();
        assertTrue(other.egress.last().isSigned());
        assertEquals(50 - AgentRig.MAX_IN_FLIGHT, rig.counter(20_100 + Reason.TOO_MANY_IN_FLIGHT.value()));
        while (lane.inToken() > 0)
        {
            lane.complete(0);
        }
        rig.work();
        bot.order(60);
        assertEquals(1, lane.inToken(), "every place is free again");
    }

    @Test
    void shouldAnswerWhoAsksWithoutARequest()
    {
        assertOutcome(bot.send(WireFrames.askOutcome(bot.id(), 90, 7)), Fate.UNKNOWN, Reason.NONE, 90, 7, null);
        bot.order(7);
        assertOutcome(bot.send(WireFrames.askOutcome(bot.id(), 91, 7)), Fate.IN_HAND, Reason.NONE, 91, 7,
            rig.all(IntentDecoder.TEMPLATE_ID).get(0));
        lane.complete(0);
        rig.work();
        final JournalRecord outcome = rig.record(-1);
        assertOutcome(bot.send(WireFrames.askOutcome(bot.id(), 92, 7)), Fate.SIGNED, Reason.NONE, 92, 7, outcome);
        bot.send(WireFrames.newOrder(bot.id(), 8, WireFrames.quantity(11, 0)));
        final JournalRecord denial = rig.record(-1);
        final Bot later = rig.open("maker");
        assertOutcome(later.send(WireFrames.askOutcome(later.id(), 93, 8)),
            Fate.REFUSED, Reason.QUANTITY_ABOVE_LIMIT, 93, 8, denial);
        final Bot stranger = rig.open("watcher");
        assertOutcome(stranger.send(WireFrames.askOutcome(stranger.id(), 94, 8)),
            Fate.UNKNOWN, Reason.NONE, 94, 8, null);

        final long nowNs = rig.clock.utcNs(rig.clock.nowNs());
        final Reply late = bot.send(WireFrames.askOutcome(bot.id(), 95, 7, nowNs));
        assertEquals(Reason.DEADLINE_PASSED, late.reason());
        assertEquals(95, late.id());
        assertEquals(Fate.SIGNED, bot.send(WireFrames.askOutcome(bot.id(), 96, 7, nowNs + 1)).fate());
    }

    @Test
    void shouldRefuseIdsThatAreNotAboveZero()
    {
        for (final long id : new long[]{0, -1, Long.MIN_VALUE, Long.MIN_VALUE + 1})
        {
            final Reply reply = bot.order(id);
            assertEquals(Reason.FIELD_OUT_OF_RANGE, reply.reason());
            assertEquals(id, reply.id());
            assertEquals(Reason.FIELD_OUT_OF_RANGE, bot.send(WireFrames.askOutcome(bot.id(), id, 1)).reason());
        }
        assertEquals(0, lane.payloads().size());
        signed(bot, WireFrames.newOrder(bot.id(), Long.MAX_VALUE));
        signed(bot, WireFrames.newOrder(bot.id(), 1));
    }

    @Test
    void shouldCallItInterruptedWhenTheOutcomeCannotBeRecorded()
    {
        bot.order(7);
        rig.records.fail();
        lane.complete(0);
        rig.work();
        assertEquals(Reason.JOURNAL_UNAVAILABLE, bot.egress.last().reason());
        final Reply again = bot.order(7);
        assertEquals(Fate.INTERRUPTED, again.fate());
        assertEquals(Reason.JOURNAL_UNAVAILABLE, bot.order(8).reason());
        assertEquals(Reason.JOURNAL_UNAVAILABLE, bot.order(8).reason(), "no record, no memory");
        assertEquals(1, lane.payloads().size());
    }

    @Test
    void shouldTellTheFateWhenTheBytesAreGone()
    {
        final Reply first = signed(bot, WireFrames.newOrder(bot.id(), 1));
        for (int id = 2; id < 500; id++)
        {
            signed(bot, WireFrames.newOrder(bot.id(), id));
        }
        final Reply again = bot.order(1);
        assertEquals(Fate.SIGNED, again.fate());
        assertEquals(first.sequence(), again.sequence());
        assertEquals(1, again.askedId());
        assertTrue(bot.order(499).isSigned());
        assertTrue(bot.order(450).isSigned());
        assertSignedOnce(1);
    }

    /** The same bytes again are no request at all. */
    @Test
    void shouldNotLookAtAReplayedFrame()
    {
        final byte[] frame = WireFrames.newOrder(bot.id(), 7);
        final Reply first = signed(bot, frame);
        final Reply replayed = bot.send(frame);
        assertEquals(Reason.FRAME_REPLAYED, replayed.reason());
        assertNotEquals(first.id(), replayed.id());
        assertEquals(0, rig.counters.requestsRepeated().get());
        assertSignedOnce(7);
    }

    private Reply signed(final Bot sender, final byte[] frame)
    {
        sender.send(frame);
        assertEquals(1, lane.inToken());
        lane.complete(0);
        rig.work();
        assertTrue(sender.egress.last().isSigned());
        return sender.egress.last();
    }

    private byte[] cancelOrder(final long requestId)
    {
        return WireFrames.cancelOrder(bot.id(), requestId, 77, "hmac", "LTCBTC");
    }

    private void assertSignedOnce(final long requestId)
    {
        assertEquals(1, rig.all(IntentDecoder.TEMPLATE_ID).stream()
            .filter((intent) -> requestId == intent.requestId).count());
    }

    private static void assertOutcome(
        final Reply reply,
        final Fate fate,
        final Reason reason,
        final long requestId,
        final long askedId,
        final JournalRecord record)
    {
        assertEquals(OutcomeDecoder.TEMPLATE_ID, reply.templateId());
        assertEquals(fate, reply.fate());
        assertEquals(reason, reply.reason());
        assertEquals(requestId, reply.id());
        assertEquals(askedId, reply.askedId());
        assertEquals(null == record ? OutcomeEncoder.recordSequenceNullValue() : record.sequence, reply.sequence());
    }
}
