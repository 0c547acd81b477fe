package io.countersign.gateway;

import io.countersign.codecs.journal.GatewayStoppedDecoder;
import io.countersign.codecs.wire.CommandDoneDecoder;
import io.countersign.codecs.wire.Fate;
import io.countersign.codecs.wire.OutcomeDecoder;
import io.countersign.codecs.wire.Reason;
import io.countersign.codecs.wire.RejectedEncoder;
import io.countersign.codecs.wire.SessionOpenedDecoder;
import io.countersign.codecs.wire.SessionRejectedDecoder;
import io.countersign.codecs.wire.SignedRequestDecoder;
import io.countersign.codecs.wire.SwitchReach;
import io.countersign.codecs.wire.SwitchSubject;
import io.countersign.gateway.AgentRig.Bot;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class DiskDurabilityTest
{
    private final FakeLane lane = new FakeLane(1, true);
    private AgentRig rig;
    private Bot bot;

    @BeforeEach
    void before() throws Exception
    {
        rig = AgentRig.onDisk(lane, 4096);
        bot = open("maker");
        rig.effects.clear();
    }

    @Test
    void shouldOpenNoSessionBeforeItIsOnTheStorageDevice()
    {
        final Bot next = rig.open("maker");
        assertEquals(List.of(), next.egress.replies());
        sync();
        assertEquals(SessionOpenedDecoder.TEMPLATE_ID, next.egress.last().templateId());
    }

    @Test
    void shouldReleaseNothingThatTellsOfARecordBeforeTheSync()
    {
        bot.order(1);
        bot.send(WireFrames.newOrder(bot.id(), 2, WireFrames.quantity(11, 0)));
        bot.order(1);
        bot.order(2);
        bot.send(WireFrames.askOutcome(bot.id(), 90, 1));
        bot.send(WireFrames.askOutcome(bot.id(), 91, 2));
        assertEquals(2, rig.counters.requestsRepeated().get());
        assertEquals(List.of(), bot.egress.replies());

        sync();
        final List<Reply> replies = bot.egress.drain();
        assertEquals(List.of(1L, 2L, 1L, 2L, 90L, 91L), replies.stream().map(Reply::id).toList());
        assertTrue(replies.get(0).isSigned());
        assertEquals(Reason.QUANTITY_ABOVE_LIMIT, replies.get(1).reason());
        assertEquals(replies.get(0).query(), replies.get(2).query());
        assertEquals(replies.get(1).sequence(), replies.get(3).sequence());
        assertEquals(Fate.SIGNED, replies.get(4).fate());
        assertEquals(Fate.REFUSED, replies.get(5).fate());
        for (int i = 1; i < replies.size(); i++)
        {
            assertEquals(replies.get(i - 1).egressSequence() + 1, replies.get(i).egressSequence());
        }
        assertEquals("sync", rig.effects.get(rig.effects.size() - replies.size() - 1));
        assertTrue(rig.effects.indexOf("reply " + SignedRequestDecoder.TEMPLATE_ID) > rig.effects.indexOf("sync"));
    }

    @Test
    void shouldBringTheRecordsOfManyRequestsToTheDeviceAtOnce()
    {
        final int before = rig.records.syncs();
        for (int id = 1; id <= 20; id++)
        {
            bot.order(id);
        }
        sync();
        assertEquals(before + 1, rig.records.syncs());
        assertEquals(20, bot.egress.drain().stream().filter(Reply::isSigned).count());
        sync();
        assertEquals(before + 1, rig.records.syncs(), "nothing was appended since");
    }

    /** What comes while a sync is under way waits for the next. */
    @Test
    void shouldNotTakeOneSyncForAnother()
    {
        bot.order(1);
        final long synced = rig.sync.synced();
        sync();
        bot.order(2);
        assertTrue(rig.sync.synced() > synced);
        assertEquals(1, bot.egress.drain().size());
        sync();
        assertEquals(2, bot.egress.last().id());
    }

    @Test
    void shouldAnswerWhatLeavesNoRecordAtOnce()
    {
        final byte[] frame = WireFrames.newOrder(bot.id(), 7);
        bot.send(frame);
        bot.send(frame);
        assertEquals(Reason.FRAME_REPLAYED, bot.egress.drain().getFirst().reason());
        sync();
        assertTrue(bot.egress.last().isSigned());
    }

    @Test
    void shouldTellNobodyWhatTheDeviceRefused() throws Exception
    {
        bot.order(1);
        sync();
        final Reply first = bot.egress.drain().getFirst();
        bot.order(2);
        bot.order(1);
        final Bot next = rig.open("maker");
        rig.records.failNextSync();
        sync();

        assertTrue(rig.isFailed());
        assertEquals(1, rig.counters.journalFailed().get());
        final List<Reply> replies = bot.egress.drain();
        assertEquals(1, replies.size(), "a signed request is not sent again, nor called refused");
        assertUnavailable(replies.getFirst(), 2);
        assertEquals(SessionRejectedDecoder.TEMPLATE_ID, next.egress.last().templateId());
        assertEquals(Reason.JOURNAL_UNAVAILABLE, next.egress.last().reason());

        assertUnavailable(bot.order(2), 2);
        assertUnavailable(bot.order(3), 3);
        assertUnavailable(bot.send(WireFrames.askOutcome(bot.id(), 92, 2)), 92);
        final Reply known = bot.order(1);
        assertEquals(OutcomeDecoder.TEMPLATE_ID, known.templateId());
        assertEquals(Fate.SIGNED, known.fate());
        assertEquals(first.sequence(), known.sequence());
    }

    @Test
    void shouldRefuseWithoutARecordWhatWouldFindNoPlace()
    {
        final int places = ParkedReplies.CAPACITY - ParkedReplies.KEPT + 1;
        for (int id = 1; id <= places; id++)
        {
            bot.order(id);
        }
        assertEquals(List.of(), bot.egress.replies());
        final int records = rig.size();
        final Reply full = bot.order(places + 1);
        assertEquals(Reason.TOO_MANY_IN_FLIGHT, full.reason());
        assertEquals(RejectedEncoder.recordSequenceNullValue(), full.sequence());
        assertEquals(Reason.TOO_MANY_IN_FLIGHT, bot.send(WireFrames.askOutcome(bot.id(), 9_000, 1)).reason());
        bot.egress.drain();
        bot.order(places);
        assertEquals(List.of(), bot.egress.replies(), "nobody calls refused what was signed");
        assertEquals(records, rig.size());

        sync();
        assertEquals(places, bot.egress.drain().stream().filter(Reply::isSigned).count());
        bot.order(places + 1);
        sync();
        assertTrue(bot.egress.last().isSigned());
        assertEquals(0, bot.session.inHand());
    }

    @Test
    void shouldKeepASessionsPlaceUntilItsReplyHasLeft() throws Exception
    {
        rig = AgentRig.onDisk(lane, 2);
        bot = open("maker");
        bot.order(1);
        bot.order(2);
        assertEquals(2, bot.session.inHand());
        bot.order(3);
        sync();
        assertEquals(Reason.TOO_MANY_IN_FLIGHT, bot.egress.last().reason());
        bot.order(3);
        sync();
        assertTrue(bot.egress.last().isSigned());
    }

    /** Whoever has turned a switch and is told so can be sure that nothing signed before it is still to come. */
    @Test
    void shouldAnswerACommandBehindAllThatWasSignedBeforeIt()
    {
        final Bot boss = open("boss");
        rig.effects.clear();
        bot.order(1);
        boss.send(CommandFrames.setSwitch(
            boss.id(), SwitchSubject.ALL, SwitchReach.ALL_BUT_CANCELS, true, ""));
        assertEquals(List.of(), boss.egress.replies());
        sync();
        final List<String> replies = rig.effects.stream().filter((effect) -> effect.startsWith("reply")).toList();
        assertEquals(
            List.of("reply " + SignedRequestDecoder.TEMPLATE_ID, "reply " + CommandDoneDecoder.TEMPLATE_ID), replies);
    }

    @Test
    void shouldCallACommandUndoneWhoseRecordTheDeviceRefused()
    {
        final Bot boss = open("boss");
        boss.send(CommandFrames.setSwitch(
            boss.id(), SwitchSubject.ALL, SwitchReach.ALL_BUT_CANCELS, true, ""));
        rig.records.failNextSync();
        sync();
        assertEquals(Reason.JOURNAL_UNAVAILABLE, boss.egress.last().reason());
    }

    @Test
    void shouldSyncAndReleaseAllBeforeItEnds()
    {
        final Bot boss = open("boss");
        bot.order(1);
        boss.send(CommandFrames.setSwitch(
            boss.id(), SwitchSubject.ALL, SwitchReach.ALL_BUT_CANCELS, true, ""));
        rig.ingress.add(bot.publicationId(), WireFrames.newOrder(bot.id(), 2));
        rig.agent.onClose();
        final List<Reply> replies = bot.egress.drain();
        assertTrue(replies.get(0).isSigned());
        assertEquals(Reason.GATEWAY_STOPPING, replies.get(1).reason());
        assertEquals(CommandDoneDecoder.TEMPLATE_ID, boss.egress.drain().getFirst().templateId());
        assertEquals("append " + GatewayStoppedDecoder.TEMPLATE_ID, rig.effects.get(rig.effects.size() - 2));
        assertEquals("sync", rig.effects.getLast());
    }

    @Test
    void shouldDropWhatIsParkedOfASessionThatIsOver()
    {
        bot.order(1);
        bot.send(WireFrames.disconnect(bot.id()));
        sync();
        assertEquals(List.of(), bot.egress.replies());
        assertEquals(1, rig.counters.repliesUndelivered().get());
        final Bot later = open("maker");
        later.order(1);
        sync();
        assertTrue(later.egress.last().isSigned());
    }

    private Bot open(final String principal)
    {
        final Bot opened = rig.open(principal);
        sync();
        opened.egress.drain();
        return opened;
    }

    /** The sync thread's turn, then the gateway's. */
    private void sync()
    {
        rig.work();
        rig.sync.doWork();
        rig.work();
    }

    private static void assertUnavailable(final Reply reply, final long id)
    {
        assertEquals(Reason.JOURNAL_UNAVAILABLE, reply.reason());
        assertEquals(id, reply.id());
        assertFalse(reply.isSigned());
    }
}
