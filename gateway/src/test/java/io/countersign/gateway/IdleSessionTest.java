package io.countersign.gateway;

import io.aeron.Publication;
import io.countersign.codecs.journal.SessionClosedDecoder;
import io.countersign.codecs.wire.Reason;
import io.countersign.gateway.AgentRig.Bot;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class IdleSessionTest
{
    private static final long TIMEOUT_NS = TimeUnit.MILLISECONDS.toNanos(AgentRig.IDLE_TIMEOUT_MS);

    private final FakeLane lane = new FakeLane(1, false);
    private AgentRig rig;
    private Bot bot;

    @BeforeEach
    void before() throws Exception
    {
        rig = new AgentRig(lane, 16, 4);
        bot = rig.open("maker");
    }

    @Test
    void shouldCloseASessionFromWhichNothingComes()
    {
        rig.clock.advance(TIMEOUT_NS - 1);
        rig.work();
        assertEquals(1, rig.counters.sessionsOpen().get());
        rig.clock.advance(1);
        rig.work();
        assertEquals(0, rig.counters.sessionsOpen().get());
        assertEquals(1, rig.counters.sessionsIdle().get());
        assertEquals("IDLE", rig.all(SessionClosedDecoder.TEMPLATE_ID).get(0).state);
        assertEquals("IDLE", bot.egress.last().rule());
        assertEquals(bot.id(), bot.egress.last().sessionId());
        final byte[] frame = WireFrames.keepAlive(bot.id(), 1);
        assertFalse(bot.session.isAuthentic(new UnsafeBuffer(frame), frame.length), "its keys are gone");
        final ReceivedHandshakes received = new ReceivedHandshakes();
        rig.controlProxy.poll(received);
        assertEquals(List.of(bot.publicationId()), received.released);

        bot.egress.drain();
        bot.order(1);
        assertTrue(bot.egress.replies().isEmpty());
        assertEquals(1, rig.counter(20_100 + Reason.UNKNOWN_SESSION.value()));
    }

    /** Letting go of the way back then would take it from the new session. */
    @Test
    void shouldNotLetGoOfAPublicationOnWhichItsBotBeginsAnew()
    {
        rig.clock.advance(TIMEOUT_NS);
        rig.agent.doWork();
        assertEquals(0, rig.counters.sessionsOpen().get());
        rig.ingress.add(bot.publicationId(), WireFrames.connect(5, "maker"));
        rig.work();
        final ReceivedHandshakes received = new ReceivedHandshakes();
        rig.controlProxy.poll(received);
        assertEquals(List.of(Reason.NONE.value()), received.reasons);
        assertEquals(List.of(), received.released);
    }

    @Test
    void shouldKeepASessionThatSaysAnythingInTime()
    {
        for (int i = 0; i < 5; i++)
        {
            rig.clock.advance(TIMEOUT_NS - 1);
            bot.send(WireFrames.keepAlive(bot.id(), Long.MAX_VALUE));
        }
        bot.egress.drain();
        rig.clock.advance(TIMEOUT_NS - 1);
        bot.send(WireFrames.askOutcome(bot.id(), 1, 1));
        rig.clock.advance(TIMEOUT_NS - 1);
        rig.work();
        assertEquals(1, rig.counters.sessionsOpen().get());
        assertEquals(1, bot.egress.replies().size(), "KeepAlive has no answer");
    }

    @Test
    void shouldNotBeKeptByWhatIsForgedReplayedOrLate()
    {
        final byte[] frame = WireFrames.keepAlive(bot.id(), Long.MAX_VALUE);
        bot.send(frame);
        rig.clock.advance(TIMEOUT_NS - 1);
        bot.send(frame);
        final byte[] forged = WireFrames.keepAlive(bot.id(), Long.MAX_VALUE);
        forged[forged.length - 1]++;
        bot.send(forged);
        bot.send(WireFrames.keepAlive(bot.id(), rig.clock.utcNs(rig.clock.nowNs())));
        assertEquals(1, rig.counter(20_100 + Reason.DEADLINE_PASSED.value()));
        rig.clock.advance(1);
        rig.work();
        assertEquals(0, rig.counters.sessionsOpen().get());
    }

    @Test
    void shouldWaitForWhatIsInTheTokensHands()
    {
        bot.order(1);
        rig.clock.advance(2 * TIMEOUT_NS);
        rig.work();
        assertEquals(1, rig.counters.sessionsOpen().get());
        lane.complete(0);
        rig.work();
        assertTrue(bot.egress.replies().stream().anyMatch(Reply::isSigned));
        assertEquals(0, rig.counters.sessionsOpen().get());
    }

    @Test
    void shouldMakeRoomForOthersThoughTheBotDoesNotRead()
    {
        bot.egress.answers(Publication.BACK_PRESSURED);
        final List<Bot> others = new ArrayList<>();
        for (int i = 0; i < 3; i++)
        {
            others.add(rig.open("maker"));
        }
        assertEquals(0, rig.open("maker").id(), "all places are taken");
        rig.clock.advance(TIMEOUT_NS - 1);
        others.forEach((other) -> other.send(WireFrames.keepAlive(other.id(), Long.MAX_VALUE)));
        rig.clock.advance(1);
        for (int i = 0; i < 4; i++)
        {
            rig.agent.doWork();
        }
        assertEquals(3, rig.counters.sessionsOpen().get());
        assertTrue(rig.open("maker").id() > 0);
    }
}
