package io.countersign.gateway;

import io.countersign.codecs.journal.NoiseDecoder;
import io.countersign.codecs.journal.RedeliveredDecoder;
import io.countersign.codecs.journal.SwitchChangedDecoder;
import io.countersign.codecs.wire.CommandDoneDecoder;
import io.countersign.codecs.wire.Fate;
import io.countersign.codecs.wire.Reason;
import io.countersign.codecs.wire.RejectedEncoder;
import io.countersign.codecs.wire.SwitchReach;
import io.countersign.codecs.wire.SwitchSubject;
import io.countersign.gateway.AgentRig.Bot;
import io.countersign.gateway.journal.Room;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class JournalRoomTest
{
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
    void shouldRefuseWithoutARecordAndTakeTheSameIdLater()
    {
        rig.records.room(Room.TOO_LITTLE);
        final int records = rig.size();
        final Reply full = bot.order(1);
        assertEquals(Reason.JOURNAL_FULL, full.reason());
        assertEquals(1, full.id());
        assertEquals(RejectedEncoder.recordSequenceNullValue(), full.sequence());
        rig.records.room(Room.NOT_WRITABLE);
        assertEquals(Reason.JOURNAL_UNAVAILABLE, bot.order(1).reason());
        rig.clock.advance(TimeUnit.SECONDS.toNanos(5));
        rig.work();
        assertEquals(records, rig.size(), "not even noise");
        assertEquals(0, rig.counters.journalFailed().get());
        assertEquals(1, rig.counter(20_100 + Reason.JOURNAL_FULL.value()));

        rig.records.room(Room.ENOUGH);
        rig.clock.advance(TimeUnit.SECONDS.toNanos(5));
        rig.work();
        assertEquals(1, rig.all(NoiseDecoder.TEMPLATE_ID).size(), "how many there were is told now");
        bot.order(1);
        lane.complete(0);
        rig.work();
        assertTrue(bot.egress.last().isSigned());
    }

    @Test
    void shouldEndWhatIsInHand()
    {
        bot.order(1);
        rig.records.room(Room.TOO_LITTLE);
        lane.complete(0);
        rig.work();
        assertTrue(bot.egress.last().isSigned());
        assertEquals(Fate.SIGNED, bot.order(1).fate(), "its fate is told; to send it again would want a record");
        assertEquals(0, rig.all(RedeliveredDecoder.TEMPLATE_ID).size());
        assertEquals(Fate.SIGNED, bot.send(WireFrames.askOutcome(bot.id(), 90, 1)).fate());
    }

    @Test
    void shouldLetOperatorsInAndNobodyElse()
    {
        rig.records.room(Room.TOO_LITTLE);
        final Bot refused = rig.open("maker");
        assertEquals(Reason.JOURNAL_FULL, refused.egress.last().reason());
        final Bot boss = rig.open("boss");
        boss.send(CommandFrames.setSwitch(
            boss.id(), SwitchSubject.ALL, SwitchReach.ALL_BUT_CANCELS, true, ""));
        assertEquals(CommandDoneDecoder.TEMPLATE_ID, boss.egress.last().templateId());
        assertEquals(1, rig.all(SwitchChangedDecoder.TEMPLATE_ID).size());
    }
}
