package io.countersign.gateway;

import io.countersign.codecs.journal.DenialDecoder;
import io.countersign.codecs.journal.IntentDecoder;
import io.countersign.codecs.journal.OutcomeDecoder;
import io.countersign.codecs.journal.GatewayStoppedDecoder;
import io.countersign.codecs.journal.TokenChangedDecoder;
import io.countersign.codecs.wire.Reason;
import io.countersign.codecs.wire.SessionClosedDecoder;
import io.countersign.gateway.AgentRig.Bot;
import io.countersign.gateway.control.GatewayCommand;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * A lane that answers later and in an order of its own, as lanes on threads of their own do.
 */
class LaneCompletionTest
{
    private static final int MAX_IN_HAND = 8;

    private final FakeLane lane = new FakeLane(1, false);
    private AgentRig rig;
    private Bot bot;

    @BeforeEach
    void before() throws Exception
    {
        rig = new AgentRig(lane, MAX_IN_HAND);
        bot = rig.open("maker");
        bot.egress.drain();
    }

    @Test
    void shouldAnswerEachRequestWithItsOwnSignatureWhateverTheOrder() throws Exception
    {
        final Bot other = rig.open("maker");
        other.egress.drain();
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        for (int round = 0; round < 200; round++)
        {
            for (int i = 0; i < MAX_IN_HAND; i++)
            {
                final Bot sender = 0 == (i & 1) ? bot : other;
                sender.send(WireFrames.newOrder(sender.id(), round * 100L + i + 1));
            }
            assertEquals(MAX_IN_HAND, lane.inToken(), "seed " + seed);
            while (lane.inToken() > 0)
            {
                lane.complete(random.nextInt(lane.inToken()));
                rig.work();
            }
            assertAnswersFit(bot, MAX_IN_HAND / 2, seed);
            assertAnswersFit(other, MAX_IN_HAND / 2, seed);
        }
    }

    @Test
    void shouldRefuseWithItsIdAndOnRecordWhatFindsNoPlace()
    {
        fill();
        final byte[] frame = WireFrames.newOrder(bot.id(), 100);
        final Reply reply = bot.send(frame);
        assertEquals(Reason.TOO_MANY_IN_FLIGHT, reply.reason());
        assertEquals(100, reply.id(), "the bot must be able to tell which request was refused");
        final JournalRecord denial = rig.record((int) reply.sequence() - 1);
        assertTrue(denial.is(DenialDecoder.TEMPLATE_ID));
        assertEquals(Reason.TOO_MANY_IN_FLIGHT, denial.reason);
        assertArrayEquals(frame, denial.frame);
        assertEquals(MAX_IN_HAND, lane.payloads().size());

        lane.complete(3);
        rig.work();
        assertEquals(4, bot.egress.last().id());
        bot.order(101);
        assertEquals(MAX_IN_HAND, lane.inToken());
        completeAll();
        assertEquals(101, bot.egress.last().id());
    }

    @Test
    void shouldLetABotGoWhileNothingIsFree()
    {
        fill();
        bot.send(WireFrames.disconnect(bot.id()));
        assertEquals(0, rig.counters.sessionsOpen().get());
    }

    /** What is in the token when its principal is not granted any more: on record and remembered, told to nobody. */
    @Test
    void shouldSayNothingAfterASessionWasClosedAndRememberWhatBecameOfItsRequests() throws Exception
    {
        final Bot boss = rig.open("boss");
        bot.order(1);
        bot.order(2);
        rig.putInForce(boss, AgentRig.POLICY.replace("name: maker", "name: taker"));
        assertEquals("NOT_GRANTED", bot.egress.last().rule());
        final byte[] keepAlive = WireFrames.keepAlive(bot.id(), 1);
        final UnsafeBuffer frame = new UnsafeBuffer(keepAlive);
        bot.egress.drain();
        final int offers = bot.egress.offers();

        lane.complete(0);
        rig.work();
        assertTrue(bot.session.isAuthentic(frame, keepAlive.length), "one is still in hand");
        final JournalRecord undelivered = rig.record(-1);
        assertEquals(1, undelivered.requestId);
        final JournalRecord outcome = rig.outcome(undelivered.recordSequence);
        assertTrue(outcome.isSigned());
        lane.complete(0);
        rig.work();
        assertFalse(bot.session.isAuthentic(frame, keepAlive.length), "its keys are gone");
        assertEquals(offers, bot.egress.offers());

        rig.putInForce(boss, AgentRig.POLICY);
        final Bot again = rig.open("maker");
        final Reply reply = again.order(1);
        assertTrue(reply.isSigned());
        assertEquals(outcome.sequence, reply.sequence());
        assertEquals(0, lane.inToken(), "not signed again");
    }

    @Test
    void shouldFinishARequestWhoseSessionWasLostMeanwhile()
    {
        bot.order(1);
        bot.egress.close();
        rig.commands.add(new GatewayCommand.LoseSession(bot.publicationId()));
        rig.work();
        assertEquals("GONE", rig.record(-1).state);
        lane.complete(0);
        rig.work();
        final JournalRecord undelivered = rig.record(-1);
        assertTrue(rig.outcome(undelivered.recordSequence).isSigned());
        assertEquals(bot.id(), undelivered.sessionId);
        assertNull(bot.egress.last());
        final Bot next = rig.open("maker");
        for (int i = 0; i < MAX_IN_HAND; i++)
        {
            next.order(10 + i);
        }
        assertEquals(MAX_IN_HAND, lane.inToken());
    }

    @Test
    void shouldDeliverWhatIsStillInABrokenLane()
    {
        bot.order(1);
        lane.failNext();
        bot.order(2);
        bot.order(3);
        lane.complete(1);
        rig.work();
        assertEquals(Reason.TOKEN_ERROR, bot.egress.last().reason());
        assertEquals(2, bot.egress.last().id());
        assertEquals(Reason.TOKEN_UNAVAILABLE, bot.order(4).reason());
        completeAll();
        assertEveryIntentHasOneOutcome();
        assertEquals(List.of(2L, 4L, 1L, 3L), bot.egress.replies().stream().map(Reply::id).toList());
        assertEquals(2, rig.all(TokenChangedDecoder.TEMPLATE_ID).size());
    }

    @Test
    void shouldRecordOnceThatTheTokenIsLost()
    {
        lane.failNext();
        bot.order(1);
        lane.failNext();
        bot.order(2);
        completeAll();
        assertEveryIntentHasOneOutcome();
        assertEquals(1, rig.all(TokenChangedDecoder.TEMPLATE_ID).stream().filter(
            (record) -> "LOST".equals(record.state)).count());
    }

    /** What a lane still held when another took its place never comes back. */
    @Test
    void shouldFailWhatIsInHandWhenAnotherLaneTakesOver()
    {
        bot.order(1);
        bot.order(2);
        lane.retire();
        final FakeLane next = new FakeLane(2, false);
        rig.commands.add(new GatewayCommand.UseLane(0, next));
        rig.work();
        assertEveryIntentHasOneOutcome();
        assertEquals(List.of(Reason.TOKEN_ERROR, Reason.TOKEN_ERROR),
            bot.egress.drain().stream().map(Reply::reason).toList());
        completeAll();
        assertEquals(0, bot.egress.replies().size());

        for (int i = 0; i < MAX_IN_HAND; i++)
        {
            bot.order(10 + i);
        }
        assertEquals(MAX_IN_HAND, next.inToken());
        while (next.inToken() > 0)
        {
            next.complete(next.inToken() - 1);
        }
        rig.work();
        assertAnswersFit(bot, MAX_IN_HAND, 0);
        assertEveryIntentHasOneOutcome();
    }

    @Test
    void shouldWaitForTheTokenBeforeItStops()
    {
        bot.order(1);
        bot.order(2);
        rig.clock.stepNs(1_000_000);
        rig.clock.onRead(() ->
        {
            if (lane.inToken() > 0 && 0 == rig.clock.nowNs() / 1_000_000 % 10)
            {
                lane.complete(0);
            }
        });
        rig.agent.onClose();
        assertEveryIntentHasOneOutcome();
        final Reply last = bot.egress.replies().removeLast();
        assertEquals(SessionClosedDecoder.TEMPLATE_ID, last.templateId());
        assertAnswersFit(bot, 2, 0);
        assertTrue(rig.record(-1).is(GatewayStoppedDecoder.TEMPLATE_ID));
    }

    @Test
    void shouldStopThoughTheTokenNeverAnswers()
    {
        bot.order(1);
        final long startNs = rig.clock.nowNs();
        rig.clock.stepNs(1_000_000);
        rig.agent.onClose();
        assertTrue(rig.clock.nowNs() - startNs < 60_000_000_000L);
        assertTrue(rig.record(-1).is(GatewayStoppedDecoder.TEMPLATE_ID));
        assertEquals(0, rig.all(OutcomeDecoder.TEMPLATE_ID).size(), "the next start calls it interrupted");
    }

    private void fill()
    {
        for (int i = 1; i <= MAX_IN_HAND; i++)
        {
            bot.order(i);
        }
        assertEquals(MAX_IN_HAND, lane.inToken());
    }

    private void completeAll()
    {
        while (lane.inToken() > 0)
        {
            lane.complete(0);
            rig.work();
        }
    }

    private void assertAnswersFit(final Bot sender, final int count, final long seed)
    {
        final List<Reply> replies = sender.egress.drain();
        assertEquals(count, replies.size(), "seed " + seed);
        for (final Reply reply : replies)
        {
            assertEquals(sender.id(), reply.sessionId(), "seed " + seed);
            assertTrue(reply.payload().contains("newClientOrderId=order-" + reply.id() + "&"), "seed " + seed);
            assertEquals(Reply.expectedSignature(reply.payload()), reply.signatureText(), "seed " + seed);
            final JournalRecord outcome = rig.outcome(reply.sequence());
            assertEquals(reply.id(), outcome.requestId, "seed " + seed);
            assertEquals(reply.sessionId(), outcome.sessionId, "seed " + seed);
            assertEquals(reply.payload(), rig.record((int) outcome.intentSequence - 1).payloadText());
        }
    }

    private void assertEveryIntentHasOneOutcome()
    {
        assertEquals(
            rig.all(IntentDecoder.TEMPLATE_ID).stream().map((intent) -> intent.sequence).toList(),
            rig.all(OutcomeDecoder.TEMPLATE_ID).stream().map((outcome) -> outcome.intentSequence).sorted().toList());
    }
}
