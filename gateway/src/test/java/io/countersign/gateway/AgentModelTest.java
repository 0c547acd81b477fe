package io.countersign.gateway;

import io.countersign.codecs.journal.DenialDecoder;
import io.countersign.codecs.journal.IntentDecoder;
import io.countersign.codecs.journal.OutcomeDecoder;
import io.countersign.codecs.wire.Reason;
import io.countersign.codecs.wire.RejectedDecoder;
import io.countersign.gateway.AgentRig.Bot;
import io.countersign.gateway.control.GatewayCommand;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * Random frames, commands and failures for many steps; what must always hold is checked after each.
 */
class AgentModelTest
{
    private static final int STEPS = 4_000;
    private static final int MAX_IN_HAND = 5;

    private final List<Bot> bots = new ArrayList<>();
    private final Map<Long, JournalRecord> openIntents = new HashMap<>();
    private final Map<Long, JournalRecord> outcomes = new HashMap<>();
    private final Map<Long, JournalRecord> denials = new HashMap<>();
    /** Outcomes and denials that a bot was told of. */
    private final Map<Long, JournalRecord> told = new HashMap<>();
    private final Set<String> signedOnce = new HashSet<>();
    private AgentRig rig;
    private FakeLane lane;
    private Random random;
    private String where;
    private int recordsSeen;
    private int generation = 1;
    private long nextRequestId = 1;
    private long signedReplies;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldKeepItsInvariants(final boolean isInline) throws Exception
    {
        for (int life = 0; life < 20; life++)
        {
            final long seed = System.nanoTime();
            run(seed, isInline, Integer.MAX_VALUE);
            assertTrue(signedReplies > STEPS / 200, () -> "only " + signedReplies + " signed, seed " + seed);
        }
    }

    @Test
    void shouldKeepItsInvariantsWhenTheJournalFails() throws Exception
    {
        for (int life = 0; life < 20; life++)
        {
            final long seed = System.nanoTime();
            run(seed, 0 == (life & 1), 20 + new Random(seed).nextInt(400));
            final long signedBefore = signedReplies;
            assertTrue(rig.records.isFailed(), "seed " + seed);
            for (final Bot bot : bots)
            {
                bot.order(nextRequestId++);
            }
            checkReplies();
            assertEquals(signedBefore, signedReplies, "seed " + seed);
        }
    }

    private void run(final long seed, final boolean isInline, final long appends) throws Exception
    {
        random = new Random(seed);
        bots.clear();
        openIntents.clear();
        outcomes.clear();
        denials.clear();
        told.clear();
        signedOnce.clear();
        recordsSeen = 0;
        signedReplies = 0;
        generation = 1;
        lane = new FakeLane(1, isInline);
        rig = new AgentRig(lane, MAX_IN_HAND, 6);
        rig.records.failAfter(appends);
        for (int step = 0; step < STEPS; step++)
        {
            where = "seed " + seed + " inline " + isInline + " step " + step;
            act(isInline);
            rig.agent.doWork();
            checkRecords();
            checkReplies();
            checkInHand();
        }
        checkThatEveryPlaceIsFree();
    }

    private void checkThatEveryPlaceIsFree()
    {
        rig.commands.add(new GatewayCommand.UseLane(0, new FakeLane(++generation, false)));
        final FakeLane last = new FakeLane(++generation, false);
        rig.commands.add(new GatewayCommand.UseLane(0, last));
        rig.work();
        checkReplies();
        if (!rig.records.isFailed())
        {
            assertEquals(0, openIntents.size(), where);
            if (!bots.isEmpty())
            {
                // The rig has as many sessions as it may have: one must go for another to come.
                rig.commands.add(new GatewayCommand.LoseSession(bots.remove(0).publicationId()));
            }
            final Bot bot = rig.open("maker");
            for (int i = 0; i < MAX_IN_HAND; i++)
            {
                bot.order(nextRequestId++);
            }
            assertEquals(MAX_IN_HAND, last.inToken(), where);
        }
    }

    private void act(final boolean isInline)
    {
        rig.clock.advance(random.nextInt(20_000_000));
        final int choice = random.nextInt(100);
        if (bots.isEmpty() || choice < 3)
        {
            final Bot bot = rig.open(random.nextInt(4) == 0 ? "watcher" : "maker");
            if (bot.id() != 0)
            {
                bots.add(bot);
            }
        }
        else if (choice < 70)
        {
            final Bot bot = bots.get(random.nextInt(bots.size()));
            final boolean isWhole = random.nextInt(50) != 0;
            rig.ingress.add(bot.publicationId(), isWhole, frame(bot));
        }
        else if (choice < 85)
        {
            if (lane.inToken() > 0)
            {
                lane.complete(random.nextInt(lane.inToken()));
            }
        }
        else if (choice < 90)
        {
            final Bot bot = bots.get(random.nextInt(bots.size()));
            bot.egress.answers(random.nextBoolean() ? 1 : -1 - random.nextInt(4));
        }
        else if (choice < 92)
        {
            rig.commands.add(new GatewayCommand.LoseSession(
                bots.remove(random.nextInt(bots.size())).publicationId()));
        }
        else
        {
            actOnTheToken(isInline, choice);
        }
    }

    private void actOnTheToken(final boolean isInline, final int choice)
    {
        if (choice < 94)
        {
            lane.failNext();
        }
        else if (choice < 95)
        {
            lane.refuseNext();
        }
        else if (lane.isBroken() || choice == 99)
        {
            lane.retire();
            lane = new FakeLane(++generation, isInline);
            rig.commands.add(new GatewayCommand.UseLane(0, lane));
        }
    }

    private byte[] frame(final Bot bot)
    {
        // Ids come again, among the latest that a history must know.
        final long requestId = random.nextInt(10) == 0 ?
            Math.max(0, nextRequestId - random.nextInt(1_000)) : nextRequestId++;
        final long sessionId = random.nextInt(30) == 0 ? random.nextInt(50) : bot.id();
        final String key = random.nextInt(8) == 0 ? "other" : "hmac";
        final byte[] frame = switch (random.nextInt(15))
        {
            case 0 -> WireFrames.queryAccount(sessionId, requestId, key);
            case 1 -> WireFrames.cancelOrder(sessionId, requestId, random.nextInt(), key, "LTCBTC");
            case 2 -> WireFrames.queryOrder(sessionId, requestId, random.nextInt(), key, "LTCBTC");
            case 3 -> WireFrames.connect(requestId, "maker");
            case 4 -> WireFrames.cancelAll(sessionId, requestId, key, random.nextBoolean() ? "" : "LTCBTC");
            case 5 -> random.nextBoolean() ?
                WireFrames.queryOrders(sessionId, requestId, key, "") : WireFrames.login(sessionId, requestId, key);
            case 6 -> WireFrames.transaction(sessionId, requestId, (fields) -> fields.gasLimit(9), key, "LTCBTC");
            default -> WireFrames.newOrder(
                sessionId, requestId, WireFrames.quantity(random.nextInt(12), random.nextInt(3) - 1), key,
                random.nextInt(10) == 0 ? "XRPBTC" : "LTCBTC", "order-" + requestId);
        };
        if (random.nextInt(15) == 0)
        {
            frame[random.nextInt(frame.length)] = (byte) random.nextInt(256);
        }
        return frame;
    }

    private void checkRecords()
    {
        for (; recordsSeen < rig.size(); recordsSeen++)
        {
            final JournalRecord record = rig.record(recordsSeen);
            assertEquals(recordsSeen + 1, record.sequence, where);
            if (record.is(IntentDecoder.TEMPLATE_ID))
            {
                openIntents.put(record.sequence, record);
                assertTrue(signedOnce.add(record.principal + record.requestId), () -> where + ": one id, two intents");
            }
            else if (record.is(OutcomeDecoder.TEMPLATE_ID))
            {
                final JournalRecord intent = openIntents.remove(record.intentSequence);
                assertNotNull(intent, () -> where + ": an outcome without an open intent");
                assertEquals(intent.requestId, record.requestId, where);
                assertEquals(intent.sessionId, record.sessionId, where);
                assertEquals(intent.key, record.key, where);
                assertArrayEquals(
                    record.isSigned() ? Reply.sha256(intent.payload) : new byte[0], record.signature, where);
                assertEquals(record.isSigned(), Reason.NONE == record.reason, where);
                outcomes.put(record.sequence, record);
            }
            else if (record.is(DenialDecoder.TEMPLATE_ID))
            {
                denials.put(record.sequence, record);
            }
        }
    }

    /** Everything that was told is on record before, and told again only to who asks again. */
    private void checkReplies()
    {
        checkRecords();
        for (final Bot bot : bots)
        {
            for (final Reply reply : bot.egress.drain())
            {
                final long sequence = reply.sequence();
                final boolean isFirst = outcomes.containsKey(sequence) || denials.containsKey(sequence);
                if (isFirst)
                {
                    final JournalRecord outcome = outcomes.remove(sequence);
                    told.put(sequence, null == outcome ? denials.remove(sequence) : outcome);
                }
                final JournalRecord record = told.get(sequence);
                if (reply.isSigned())
                {
                    signedReplies++;
                    assertNotNull(record, () -> where + ": signed without an outcome");
                    assertTrue(record.isSigned(), where);
                    assertEquals(Reply.expectedSignature(reply.payload()), reply.signatureText(), where);
                }
                if (null != record && (reply.isSigned() || RejectedDecoder.TEMPLATE_ID == reply.templateId()))
                {
                    assertEquals(record.reason, reply.reason(), where);
                    assertEquals(record.requestId, reply.id(), where);
                    assertEquals(bot.principal(), record.principal, where);
                    assertEquals(bot.id(), reply.sessionId(), where);
                    assertTrue(!isFirst || bot.id() == record.sessionId || isRepeated(), where);
                }
            }
        }
    }

    /** A reply that was dropped on its way to one session may first be seen by another. */
    private boolean isRepeated()
    {
        return rig.counters.requestsRepeated().get() > 0;
    }

    private void checkInHand()
    {
        assertTrue(lane.inToken() <= MAX_IN_HAND, where);
        if (!rig.records.isFailed())
        {
            assertEquals(lane.inToken(), openIntents.size(), where);
        }
        assertEquals(rig.records.size(), rig.counters.journalSequence().get(), where);
        assertTrue(rig.counters.sessionsOpen().get() <= 6, where);
    }
}
