package io.countersign.gateway;

import io.countersign.codecs.wire.Reason;
import io.countersign.gateway.AgentRig.Bot;
import io.countersign.gateway.session.Session;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;

class SessionPlacesTest
{
    @Test
    void shouldKeepPlacesForOperatorsThatBotsCannotTake() throws Exception
    {
        final AgentRig rig = new AgentRig(new FakeLane(1, true), 4, 2, SessionLimits.OPERATOR_PLACES);
        final Bot maker = rig.open("maker");
        assertEquals(Reason.NONE, answer(rig, "watcher"));
        assertEquals(Reason.TOO_MANY_SESSIONS, answer(rig, "watcher"));
        for (int i = 0; i < SessionLimits.OPERATOR_PLACES; i++)
        {
            assertEquals(Reason.NONE, answer(rig, 0 == i % 2 ? "boss" : "clerk"), "operator " + i);
        }
        assertEquals(Reason.TOO_MANY_SESSIONS, answer(rig, "boss"));
        maker.send(WireFrames.disconnect(maker.id()));
        assertEquals(Reason.TOO_MANY_SESSIONS, answer(rig, "maker"), "operators have it");
    }

    @Test
    void shouldNotLetOnePrincipalTakeEveryPlace() throws Exception
    {
        final AgentRig rig = new AgentRig(new FakeLane(1, true), 4, 8, 2);
        final Bot first = rig.open("maker");
        assertEquals(Reason.NONE, answer(rig, "maker"));
        assertEquals(Reason.TOO_MANY_SESSIONS, answer(rig, "maker"));
        assertEquals(Reason.TOO_MANY_SESSIONS, rig.record(-1).reason);
        assertEquals(Reason.NONE, answer(rig, "watcher"));
        first.send(WireFrames.disconnect(first.id()));
        assertEquals(Reason.NONE, answer(rig, "maker"));
    }

    @Test
    void shouldAnswerConnectsOnAnOpenSessionOnceASecond() throws Exception
    {
        final AgentRig rig = AgentRig.inline();
        final Bot maker = rig.open("maker");
        maker.egress.drain();
        for (int second = 0; second < 3; second++)
        {
            for (int i = 0; i < 20; i++)
            {
                maker.send(WireFrames.connect(5, "maker"));
            }
            assertEquals(1, maker.egress.drain().size());
            rig.clock.advance(Session.ANSWER_INTERVAL_NS);
        }
        assertEquals(60, rig.counter(20_100 + Reason.SESSION_ALREADY_OPEN.value()));
    }

    private static Reason answer(final AgentRig rig, final String principal)
    {
        return rig.open(principal).egress.last().reason();
    }
}
