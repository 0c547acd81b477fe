package io.countersign.gateway;

import com.sun.management.ThreadMXBean;
import io.aeron.Publication;
import io.countersign.codecs.journal.CommandRefusedDecoder;
import io.countersign.codecs.journal.ExecutionChangedDecoder;
import io.countersign.codecs.journal.IntentDecoder;
import io.countersign.codecs.journal.PolicyDifferenceDecoder;
import io.countersign.codecs.journal.PolicyInForceDecoder;
import io.countersign.codecs.journal.SessionClosedDecoder;
import io.countersign.codecs.journal.SwitchChangedDecoder;
import io.countersign.codecs.wire.CommandDoneDecoder;
import io.countersign.codecs.wire.CommandLineDecoder;
import io.countersign.codecs.wire.Fate;
import io.countersign.codecs.wire.Reason;
import io.countersign.codecs.wire.RejectedDecoder;
import io.countersign.codecs.wire.SwitchReach;
import io.countersign.codecs.wire.SwitchSubject;
import io.countersign.gateway.AgentRig.Bot;
import io.countersign.gateway.control.GatewayCommand;
import io.countersign.gateway.control.PolicyReading;
import io.countersign.gateway.policy.PolicyDifference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import static org.junit.jupiter.api.Assertions.*;

class OperatorDeskTest
{
    private AgentRig rig;
    private Bot maker;
    private Bot boss;

    @BeforeEach
    void before() throws Exception
    {
        rig = AgentRig.inline();
        maker = rig.open("maker");
        boss = rig.open("boss");
    }

    @Test
    void shouldStopTheVeryNextFrameWithEachSwitch()
    {
        long requestId = 1;
        for (final Object[] one : new Object[][]{
            {SwitchSubject.ALL, ""},
            {SwitchSubject.VENUE, "binance-spot"},
            {SwitchSubject.KEY, "hmac"},
            {SwitchSubject.PRINCIPAL, "maker"}})
        {
            final SwitchSubject subject = (SwitchSubject) one[0];
            final String name = (String) one[1];
            assertTrue(maker.order(requestId++).isSigned(), name);
            // Both frames are there before the agent looks at the first.
            rig.ingress.add(boss.publicationId(), set(subject, SwitchReach.ALL_BUT_CANCELS, true, name));
            rig.ingress.add(maker.publicationId(), WireFrames.newOrder(maker.id(), requestId++));
            rig.work();
            assertEquals(CommandDoneDecoder.TEMPLATE_ID, boss.egress.last().templateId());
            assertEquals(Reason.SWITCHED_OFF, maker.egress.last().reason(), name);
            assertTrue(cancel(requestId++).isSigned(), "a cancel passes: " + name);
            boss.send(set(subject, SwitchReach.CANCELS, true, name));
            assertEquals(Reason.SWITCHED_OFF, cancel(requestId++).reason());
            boss.send(set(subject, SwitchReach.CANCELS, false, name));
            assertTrue(cancel(requestId++).isSigned());
            boss.send(set(subject, SwitchReach.ALL_BUT_CANCELS, false, name));
            assertTrue(maker.order(requestId++).isSigned(), name);
        }
    }

    @Test
    void shouldRecordASwitchBeforeItTakesEffectAndNameTheRecord()
    {
        rig.effects.clear();
        final Reply done = boss.send(set(SwitchSubject.KEY, SwitchReach.CANCELS, true, "hmac"));
        assertEquals(
            List.of("append " + SwitchChangedDecoder.TEMPLATE_ID, "reply " + CommandDoneDecoder.TEMPLATE_ID),
            rig.effects);
        assertEquals(rig.record(-1).sequence, done.sequence());
    }

    @Test
    void shouldNotTurnASwitchThatTheJournalDoesNotTake()
    {
        rig.records.fail();
        final Reply refused = boss.send(set(SwitchSubject.ALL, SwitchReach.CANCELS, true, ""));
        assertEquals(Reason.JOURNAL_UNAVAILABLE, refused.reason());
        assertEquals(RejectedDecoder.TEMPLATE_ID, refused.templateId());
        assertEquals(RejectedDecoder.recordSequenceNullValue(), refused.sequence());
    }

    @Test
    void shouldRefuseAnyoneWhoIsNoOperatorWithThisCommandAndRecordItAtARate()
    {
        for (int i = 0; i < 5; i++)
        {
            final Reply refused = maker.send(CommandFrames.setSwitch(
                maker.id(), SwitchSubject.ALL, SwitchReach.ALL_BUT_CANCELS, true, ""));
            assertEquals(Reason.COMMAND_NOT_GRANTED, refused.reason());
        }
        assertEquals(1, rig.all(CommandRefusedDecoder.TEMPLATE_ID).size(), "once a second");
        rig.clock.advance(TimeUnit.SECONDS.toNanos(1));
        maker.send(CommandFrames.askSwitches(maker.id()));
        assertEquals(2, rig.all(CommandRefusedDecoder.TEMPLATE_ID).size());
        assertTrue(rig.all(SwitchChangedDecoder.TEMPLATE_ID).isEmpty());
        assertTrue(maker.order(1).isSigned());

        final Bot clerk = rig.open("clerk");
        assertEquals(Reason.COMMAND_NOT_GRANTED, clerk.send(CommandFrames.setSwitch(
            clerk.id(), SwitchSubject.ALL, SwitchReach.ALL_BUT_CANCELS, true, "")).reason());
        assertEquals(Reason.COMMAND_NOT_GRANTED, clerk.send(CommandFrames.reload(clerk.id(), true)).reason());
        assertEquals(CommandDoneDecoder.TEMPLATE_ID,
            clerk.send(CommandFrames.askSwitches(clerk.id())).templateId());
    }

    @Test
    void shouldTakeNoForgedReplayedOrLateCommand()
    {
        final byte[] forged = set(SwitchSubject.ALL, SwitchReach.ALL_BUT_CANCELS, true, "");
        forged[forged.length - 1] ^= 1;
        assertEquals(Reason.FRAME_NOT_AUTHENTIC, boss.send(forged).reason());
        rig.clock.advance(TimeUnit.SECONDS.toNanos(2));
        final byte[] played = set(SwitchSubject.ALL, SwitchReach.ALL_BUT_CANCELS, false, "");
        boss.send(played);
        boss.send(set(SwitchSubject.ALL, SwitchReach.ALL_BUT_CANCELS, true, ""));
        assertEquals(Reason.FRAME_REPLAYED, boss.send(played).reason());
        assertEquals(Reason.SWITCHED_OFF, maker.order(1).reason(), "still on");
        final long nowNs = rig.clock.utcNs(rig.clock.nowNs());
        assertEquals(Reason.DEADLINE_PASSED, boss.send(CommandFrames.setSwitch(
            boss.id(), nowNs, SwitchSubject.ALL, SwitchReach.ALL_BUT_CANCELS, false, "")).reason());
        assertEquals(Reason.SWITCHED_OFF, maker.order(2).reason(), "still on");
    }

    @Test
    void shouldSayWhatIsKnownWhenANameIsNot()
    {
        boss.egress.drain();
        assertEquals(Reason.COMMAND_FAILED,
            boss.send(set(SwitchSubject.KEY, SwitchReach.CANCELS, true, "hmca")).reason());
        final List<Reply> replies = boss.egress.drain();
        assertEquals(List.of("there is no key 'hmca'", "known: hmac, other", ""),
            replies.stream().map(Reply::rule).toList());
        assertEquals(1, rig.all(CommandRefusedDecoder.TEMPLATE_ID).size());
        assertEquals(Reason.COMMAND_FAILED,
            boss.send(set(SwitchSubject.PRINCIPAL, SwitchReach.CANCELS, true, "hmac")).reason());
        assertEquals(Reason.COMMAND_FAILED,
            boss.send(set(SwitchSubject.VENUE, SwitchReach.CANCELS, true, "hmac")).reason());
        assertEquals(Reason.COMMAND_FAILED,
            boss.send(set(SwitchSubject.ALL, SwitchReach.CANCELS, true, "hmac")).reason());
        assertTrue(rig.all(SwitchChangedDecoder.TEMPLATE_ID).isEmpty());
    }

    @Test
    void shouldListWhatIsOnAndStopped()
    {
        boss.send(set(SwitchSubject.ALL, SwitchReach.CANCELS, true, ""));
        boss.send(set(SwitchSubject.PRINCIPAL, SwitchReach.ALL_BUT_CANCELS, true, "watcher"));
        boss.egress.drain();
        boss.send(CommandFrames.askSwitches(boss.id()));
        assertEquals(List.of(
            "switch on: all, stops cancels, by boss: because",
            "switch on: principal watcher, stops everything but cancels, by boss: because",
            ""), boss.egress.drain().stream().map(Reply::rule).toList());
        assertEquals(CommandDoneDecoder.recordSequenceNullValue(),
            boss.send(CommandFrames.askSwitches(boss.id())).sequence());
    }

    @Test
    void shouldStopARuleByItsThrottleUntilAnOperatorEnablesIt() throws Exception
    {
        final Bot clerk = rig.open("clerk");
        rig.putInForce(boss, AgentRig.POLICY.replace("        max-quantity: 10.5\n",
            "        max-quantity: 10.5\n        repeated-execution-throttle: {executions: 2, per: 1h}\n"));
        assertTrue(maker.order(1).isSigned());
        assertTrue(maker.order(2).isSigned());
        rig.effects.clear();
        final Reply stopped = maker.order(3);
        assertEquals(Reason.REPEATED_EXECUTION, stopped.reason());
        assertEquals(List.of("append " + ExecutionChangedDecoder.TEMPLATE_ID, "append 12", "reply 61"), rig.effects);
        assertEquals(Reason.REPEATED_EXECUTION, maker.order(4).reason());
        assertEquals(1, rig.all(ExecutionChangedDecoder.TEMPLATE_ID).size(), "stopped once");
        assertTrue(cancel(5).isSigned());
        clerk.send(CommandFrames.askSwitches(clerk.id()));
        assertTrue(clerk.egress.drain().stream().anyMatch(
            (reply) -> "rule stopped: trade of maker, by its throttle".equals(reply.rule())));
        assertEquals(Reason.COMMAND_FAILED,
            clerk.send(CommandFrames.enableExecution(clerk.id(), "maker", "wide")).reason());
        assertEquals(CommandDoneDecoder.TEMPLATE_ID,
            clerk.send(CommandFrames.enableExecution(clerk.id(), "maker", "trade")).templateId());
        assertTrue(maker.order(6).isSigned());
    }

    @Test
    void shouldPutAnotherPolicyInForceBetweenTwoRequestsAndCloseWhoIsNoLongerGranted() throws Exception
    {
        final Bot watcher = rig.open("watcher");
        boss.send(set(SwitchSubject.PRINCIPAL, SwitchReach.CANCELS, true, "watcher"));
        assertTrue(maker.send(WireFrames.newOrder(maker.id(), 1, WireFrames.quantity(9, 0))).isSigned());
        boss.egress.drain();
        final String without = AgentRig.POLICY.substring(0, AgentRig.POLICY.indexOf("  - name: watcher")) +
            AgentRig.POLICY.substring(AgentRig.POLICY.indexOf("operators:"));
        rig.effects.clear();
        final List<PolicyDifference> differences = rig.putInForce(boss, without.replace("10.5", "8"));
        assertEquals(List.of(
            new PolicyDifference(false, "principal maker, rule trade: max-quantity was 10.5, is 8"),
            new PolicyDifference(false, "principal watcher: removed")), differences);
        assertEquals(List.of("append " + PolicyDifferenceDecoder.TEMPLATE_ID,
            "append " + PolicyDifferenceDecoder.TEMPLATE_ID, "append " + PolicyInForceDecoder.TEMPLATE_ID),
            rig.effects.stream().filter((effect) -> effect.startsWith("append")).limit(3).toList());
        assertEquals(2, rig.all(PolicyDifferenceDecoder.TEMPLATE_ID).size());
        assertEquals("NOT_GRANTED", watcher.egress.last().rule());
        assertEquals("NOT_GRANTED", rig.all(SessionClosedDecoder.TEMPLATE_ID).getLast().state);
        assertEquals(Reason.QUANTITY_ABOVE_LIMIT,
            maker.send(WireFrames.newOrder(maker.id(), 2, WireFrames.quantity(9, 0))).reason());
        final List<Reply> answer = boss.egress.drain();
        assertEquals(3, answer.stream().filter((r) -> CommandLineDecoder.TEMPLATE_ID == r.templateId()).count());
        assertEquals(CommandDoneDecoder.TEMPLATE_ID, answer.getLast().templateId());

        assertEquals(CommandDoneDecoder.TEMPLATE_ID,
            boss.send(set(SwitchSubject.PRINCIPAL, SwitchReach.CANCELS, false, "watcher")).templateId(),
            "of the old policy only, and still to be turned off");
        assertEquals(Reason.COMMAND_FAILED,
            boss.send(set(SwitchSubject.PRINCIPAL, SwitchReach.CANCELS, true, "watcher")).reason());
    }

    @Test
    void shouldNotOpenASessionThatThePolicyInForceNoLongerKnows() throws Exception
    {
        final Bot late = new Bot(rig, "watcher", 999);
        rig.putInForce(boss, AgentRig.POLICY.replace("name: watcher", "name: stranger"));
        rig.commands.add(new GatewayCommand.OpenSession(late.session));
        rig.work();
        assertEquals(Reason.AUTHENTICATION_FAILED, late.egress.last().reason());
    }

    @Test
    void shouldOnlySayWhatATrialWouldChange() throws Exception
    {
        boss.send(CommandFrames.reload(boss.id(), true));
        boss.egress.drain();
        final PolicyReading.Other other = rig.other(true, AgentRig.POLICY.replace("10.5", "8"));
        rig.commands.add(new GatewayCommand.PolicyRead(other));
        rig.work();
        assertEquals(CommandDoneDecoder.recordSequenceNullValue(), boss.egress.last().sequence());
        assertTrue(boss.egress.replies().get(1).rule().contains("max-quantity was 10.5, is 8"));
        assertEquals(1, rig.all(PolicyInForceDecoder.TEMPLATE_ID).size(), "that of the start");
        assertTrue(maker.send(WireFrames.newOrder(maker.id(), 1, WireFrames.quantity(9, 0))).isSigned());
    }

    @Test
    void shouldNotSendAgainWhatAnotherPolicyAllowed() throws Exception
    {
        final Reply first = maker.order(1);
        assertEquals(first.query(), maker.order(1).query());
        rig.putInForce(boss, AgentRig.POLICY.replace("max-quantity: 10.5", "max-quantity: 10"));
        final Reply told = maker.order(1);
        assertEquals(Fate.SIGNED, told.fate());
        assertEquals(first.sequence(), told.sequence());
    }

    @Test
    void shouldTakeOneReloadAtATimeAndTellEveryErrorOfAFile()
    {
        boss.send(CommandFrames.reload(boss.id(), false));
        assertEquals(Reason.COMMAND_FAILED, boss.send(CommandFrames.reload(boss.id(), false)).reason());
        final ReceivedHandshakes received = new ReceivedHandshakes();
        rig.controlProxy.poll(received);
        assertEquals(List.of(false), received.reloads);
        boss.egress.drain();
        rig.commands.add(new GatewayCommand.PolicyRead(new PolicyReading.Unusable(
            IntStream.range(0, 25).mapToObj((i) -> "error " + i).toList())));
        rig.work();
        final List<Reply> replies = boss.egress.drain();
        assertEquals(26, replies.size());
        assertEquals("error 24", replies.get(24).rule());
        assertEquals(Reason.COMMAND_FAILED, replies.get(25).reason());
        assertTrue(maker.order(1).isSigned());
        boss.send(CommandFrames.reload(boss.id(), false));
        assertEquals(1, rig.controlProxy.poll(received), "another reload is taken");
    }

    @Test
    void shouldSignWhileALongAnswerIsToldAndRecorded() throws Exception
    {
        final StringBuilder many = new StringBuilder();
        for (int i = 0; i < 500; i++)
        {
            many.append("  - name: bot-").append(i).append("""

                    api-key-versions: [1]
                    rules:
                      - name: watch-%d
                        keys: [other]
                        operations: [query-account]
                """.formatted(i));
        }
        boss.send(CommandFrames.reload(boss.id(), false));
        boss.egress.drain();
        rig.commands.add(new GatewayCommand.PolicyRead(rig.other(false, AgentRig.POLICY.replace(
            "operators:", many + "operators:"))));
        rig.ingress.add(maker.publicationId(), WireFrames.newOrder(maker.id(), 1));
        rig.agent.doWork();
        assertTrue(maker.egress.last().isSigned(), "while the differences are recorded");
        assertEquals(1, rig.all(PolicyInForceDecoder.TEMPLATE_ID).size(), "not in force before they are");
        assertTrue(boss.egress.replies().size() < 10, "a few lines per cycle");
        rig.work();
        assertEquals(503, boss.egress.drain().size());
        assertEquals(501, rig.all(PolicyDifferenceDecoder.TEMPLATE_ID).size());
    }

    @Test
    void shouldGiveUpAnOperatorThatDoesNotReadAndAnswerTheOthers()
    {
        final Bot other = rig.open("boss");
        boss.egress.answers(Publication.BACK_PRESSURED);
        rig.ingress.add(boss.publicationId(), CommandFrames.askSwitches(boss.id()));
        rig.ingress.add(other.publicationId(), CommandFrames.askSwitches(other.id()));
        for (int i = 0; i < 10; i++)
        {
            rig.agent.doWork();
        }
        assertEquals(CommandDoneDecoder.TEMPLATE_ID, other.egress.last().templateId());
        rig.clock.advance(TimeUnit.SECONDS.toNanos(6));
        rig.agent.doWork();
        boss.egress.answers(1);
        boss.egress.drain();
        rig.agent.doWork();
        rig.agent.doWork();
        assertTrue(boss.egress.drain().isEmpty(), "given up");
    }

    @Test
    void shouldRecordWhatIsOnAnewEachDay()
    {
        boss.send(set(SwitchSubject.KEY, SwitchReach.CANCELS, true, "hmac"));
        final int before = rig.all(SwitchChangedDecoder.TEMPLATE_ID).size();
        rig.clock.advance(TimeUnit.DAYS.toNanos(1));
        rig.work();
        rig.work();
        assertEquals(before + 1, rig.all(SwitchChangedDecoder.TEMPLATE_ID).size());
        assertTrue(rig.all(IntentDecoder.TEMPLATE_ID).isEmpty());
    }

    /** Anybody with a session can send commands as fast as orders. */
    @Test
    void shouldAllocateNothingForCommandsThatAreNotGranted()
    {
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        maker.egress.answers(Publication.BACK_PRESSURED);
        long allocated = Long.MAX_VALUE;
        // So few that the compiler has not yet removed what is allocated for nothing; some is allocated once.
        for (int round = 0; 0 != allocated && round < 6; round++)
        {
            for (int i = 0; i < 200; i++)
            {
                rig.ingress.add(maker.publicationId(), CommandFrames.askSwitches(maker.id()));
            }
            final long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 200; i++)
            {
                rig.agent.doWork();
            }
            allocated = threads.getCurrentThreadAllocatedBytes() - before;
        }
        assertEquals(0, allocated, "bytes over 200 commands, again and again");
        assertEquals(1, rig.all(CommandRefusedDecoder.TEMPLATE_ID).size());
    }

    @Test
    void shouldDecideOnAnOperatorsOrderAsOnAnyone()
    {
        assertEquals(Reason.KEY_NOT_GRANTED, boss.order(1).reason());
    }

    private Reply cancel(final long requestId)
    {
        return maker.send(WireFrames.cancelOrder(maker.id(), requestId, 7, "hmac", "LTCBTC"));
    }

    private byte[] set(
        final SwitchSubject subject, final SwitchReach reach, final boolean isOn, final String name)
    {
        return CommandFrames.setSwitch(boss.id(), subject, reach, isOn, name);
    }
}
