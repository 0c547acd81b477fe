package io.countersign.gateway;

import io.aeron.Publication;
import io.countersign.codecs.journal.DenialDecoder;
import io.countersign.codecs.journal.IntentDecoder;
import io.countersign.codecs.journal.OutcomeDecoder;
import io.countersign.codecs.journal.GatewayStoppedDecoder;
import io.countersign.codecs.journal.SessionClosedDecoder;
import io.countersign.codecs.journal.UndeliveredDecoder;
import io.countersign.codecs.wire.NewOrderEncoder;
import io.countersign.codecs.wire.OrderType;
import io.countersign.codecs.wire.Reason;
import io.countersign.codecs.wire.RejectedDecoder;
import io.countersign.codecs.wire.RejectedEncoder;
import io.countersign.codecs.wire.SessionOpenedDecoder;
import io.countersign.codecs.wire.SessionRejectedDecoder;
import io.countersign.codecs.wire.SignedRequestDecoder;
import io.countersign.gateway.AgentRig.Bot;
import io.countersign.gateway.control.GatewayCommand;
import io.countersign.gateway.transport.ReplyPublisher;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.function.Consumer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

class GatewayAgentTest
{
    private static final Consumer<NewOrderEncoder> AS_IT_IS = (order) ->
    {
    };

    private final FakeLane lane = new FakeLane(1, true);
    private AgentRig rig;
    private Bot bot;

    @BeforeEach
    void before() throws Exception
    {
        rig = new AgentRig(lane, 256);
        bot = rig.open("maker");
        rig.effects.clear();
    }

    @Test
    void shouldRecordTheIntentBeforeTheTokenAndTheOutcomeBeforeTheReply()
    {
        final byte[] frame = WireFrames.newOrder(bot.id(), 1);
        final Reply reply = bot.send(frame);

        assertEquals(
            List.of(
                "append " + IntentDecoder.TEMPLATE_ID,
                "submit",
                "append " + OutcomeDecoder.TEMPLATE_ID,
                "reply " + SignedRequestDecoder.TEMPLATE_ID),
            rig.effects);
        final JournalRecord intent = rig.record(-2);
        final JournalRecord outcome = rig.record(-1);
        assertArrayEquals(frame, intent.frame);
        assertArrayEquals(lane.payloads().get(0), intent.payload);
        assertEquals("maker/hmac/trade/3/1",
            intent.principal + "/" + intent.key + "/" + intent.rule + "/" + intent.keyVersion + "/" +
                intent.generation);
        assertEquals(intent.sequence, outcome.intentSequence);
        assertArrayEquals(Reply.sha256(intent.payload), outcome.signature);
        assertEquals(outcome.sequence, reply.sequence());
        assertEquals(intent.payloadText(), reply.payload());
        assertEquals(Reply.expectedSignature(reply.payload()), reply.signatureText());
        assertTrue(reply.payload().endsWith("timestamp=" + rig.clock.utcNs(rig.clock.nowNs()) / 1_000_000));
        assertEquals(1, rig.counters.requestsSigned().get());
        assertSequenceIsContiguous();
    }

    @Test
    void shouldSignOnlyWhatItCopied()
    {
        final byte[] frame = WireFrames.newOrder(bot.id(), 1);
        final UnsafeBuffer shared = rig.ingress.add(bot.publicationId(), frame);
        lane.onSubmit((submitted) -> shared.setMemory(0, shared.capacity(), (byte) '9'));
        rig.agent.doWork();
        shared.setMemory(0, shared.capacity(), (byte) '8');
        rig.work();

        final Reply reply = bot.egress.last();
        final JournalRecord intent = rig.record(-2);
        assertArrayEquals(frame, intent.frame);
        assertEquals(intent.payloadText(), reply.payload());
        assertTrue(reply.payload().contains("newClientOrderId=order-1&"), reply.payload());
        assertEquals(Reply.expectedSignature(reply.payload()), reply.signatureText());
        assertEquals(1, reply.id());
    }

    @ParameterizedTest
    @CsvSource({"1, DEADLINE_PASSED", "0, DEADLINE_PASSED", "-1, NONE"})
    void shouldRefuseAtAndAfterTheDeadline(final long lateNs, final Reason expected)
    {
        final long nowNs = rig.clock.utcNs(rig.clock.nowNs());
        final Reply reply = bot.send(WireFrames.newOrder(bot.id(), 1, (order) -> order.deadlineNs(nowNs - lateNs)));
        assertEquals(expected, reply.reason());
        assertEquals(Reason.NONE == expected, reply.isSigned());
    }

    @Test
    void shouldTakeTheLeastAndTheGreatestDeadlineAsNumbers()
    {
        assertTrue(bot.send(WireFrames.newOrder(bot.id(), 1, (order) -> order.deadlineNs(Long.MAX_VALUE))).isSigned());
        final Reply reply = bot.send(
            WireFrames.newOrder(bot.id(), 2, (order) -> order.deadlineNs(Long.MIN_VALUE + 1)));
        assertEquals(Reason.DEADLINE_PASSED, reply.reason());
    }

    @ParameterizedTest
    @CsvSource({
        "105, -1, NONE", "10, 0, NONE", "1, 1, NONE", "104999, -4, NONE", "1050000000000000000, -17, NONE",
        "10500000000000001, -15, QUANTITY_ABOVE_LIMIT", "1050000000000000001, -17, QUANTITY_ABOVE_LIMIT",
        "106, -1, QUANTITY_ABOVE_LIMIT", "11, 0, QUANTITY_ABOVE_LIMIT", "1, 18, QUANTITY_ABOVE_LIMIT",
        "9223372036854775807, 18, QUANTITY_ABOVE_LIMIT", "-1, 0, FIELD_INVALID", "0, 0, FIELD_INVALID",
        "-9223372036854775807, 18, FIELD_INVALID"})
    void shouldHoldTheLimitToTheLastDigit(final long mantissa, final int exponent, final Reason expected)
    {
        final Reply reply = bot.send(
            WireFrames.newOrder(bot.id(), 1, WireFrames.quantity(mantissa, exponent)));
        assertEquals(expected, reply.reason());
        if (Reason.NONE != expected)
        {
            assertDenied(reply, expected, "trade");
        }
    }

    @Test
    void shouldRefuseAnAmountThatNoLimitCanHold()
    {
        final Reply reply = bot.send(WireFrames.newOrder(bot.id(), 1, (order) ->
        {
            order.orderType(OrderType.MARKET);
            order.quantity().mantissa(Long.MIN_VALUE);
            order.quoteQuantity().mantissa(1).exponent((byte) 0);
        }));
        assertDenied(reply, Reason.QUANTITY_ABOVE_LIMIT, "trade");
    }

    @Test
    void shouldSayHowFarPolicyGot()
    {
        final long id = bot.id();
        assertDenied(order(1, "nobody", "LTCBTC"), Reason.UNKNOWN_KEY, "");
        assertDenied(order(2, "", "LTCBTC"), Reason.UNKNOWN_KEY, "");
        assertDenied(order(3, "hmac", "BTCUSDT"), Reason.SYMBOL_NOT_GRANTED, "trade");
        assertDenied(order(4, "hmac", ""), Reason.SYMBOL_NOT_GRANTED, "trade");
        assertDenied(order(5, "hmac", "*"), Reason.SYMBOL_NOT_GRANTED, "trade");
        assertDenied(
            bot.send(WireFrames.cancelOrder(id, 6, 1, "other", "LTCBTC")), Reason.OPERATION_NOT_GRANTED, "wide");
        final Bot watcher = rig.open("watcher");
        final Reply reply = watcher.send(WireFrames.queryAccount(watcher.id(), 1, "hmac"));
        assertDenied(reply, Reason.KEY_NOT_GRANTED, "watch");
        assertTrue(watcher.send(WireFrames.queryAccount(watcher.id(), 2, "other")).isSigned());
        assertTrue(order(7, "other", "WHATEVER").isSigned());
        assertTrue(bot.send(WireFrames.cancelOrder(id, 8, 1, "hmac", "LTCBTC")).isSigned());
        assertTrue(bot.send(WireFrames.queryOrder(id, 9, 1, "hmac", "LTCBTC")).isSigned());
        assertTrue(bot.send(WireFrames.queryAccount(id, 10, "hmac")).isSigned());
    }

    @Test
    void shouldRefuseWhatTheVenueCannotTake()
    {
        assertDenied(order(1, "other", ""), Reason.FIELD_MISSING, "wide");
        assertDenied(bot.send(WireFrames.newOrder(bot.id(), 2, (order) -> order.price().mantissa(Long.MIN_VALUE))),
            Reason.FIELD_MISSING, "trade");
        assertDenied(bot.send(WireFrames.newOrder(bot.id(), 3, (order) -> order.maxAgeMs(60_001))),
            Reason.FIELD_INVALID, "trade");
        assertDenied(bot.send(WireFrames.cancelOrder(bot.id(), 4, Long.MIN_VALUE, "hmac", "LTCBTC")),
            Reason.FIELD_MISSING, "trade");
    }

    @Test
    void shouldRecordADenialAsFullyAsAnIntent()
    {
        final byte[] frame = WireFrames.newOrder(bot.id(), 1, WireFrames.quantity(11, 0));
        final Reply reply = bot.send(frame);
        final JournalRecord denial = rig.record(-1);
        assertArrayEquals(frame, denial.frame);
        assertEquals("maker/hmac/trade/3", denial.principal + "/" + denial.key + "/" + denial.rule + "/" +
            denial.keyVersion);
        assertEquals(bot.id(), denial.sessionId);
        assertEquals(denial.sequence, reply.sequence());
        assertEquals(
            List.of("append " + DenialDecoder.TEMPLATE_ID, "reply " + RejectedDecoder.TEMPLATE_ID), rig.effects);
        assertTrue(lane.payloads().isEmpty());
    }

    @Test
    void shouldSignNothingOnceTheJournalFailsAtTheIntent()
    {
        rig.records.fail();
        final Reply reply = bot.order(1);
        assertEquals(Reason.JOURNAL_UNAVAILABLE, reply.reason());
        assertEquals(RejectedEncoder.recordSequenceNullValue(), reply.sequence());
        assertEquals(1, reply.id());
        assertTrue(lane.payloads().isEmpty());
        assertEquals(1, rig.counters.journalFailed().get());
        assertEquals(Reason.JOURNAL_UNAVAILABLE, bot.order(2).reason());
        assertEquals(Reason.JOURNAL_UNAVAILABLE, order(3, "nobody", "LTCBTC").reason());
        assertTrue(lane.payloads().isEmpty());
        assertEquals(3, rig.counter(20_100 + Reason.JOURNAL_UNAVAILABLE.value()));
        assertEquals(0, rig.counters.requestsDenied().get(), "denials that are on record");
    }

    @Test
    void shouldNotReleaseASignatureWhoseOutcomeIsNotOnRecord()
    {
        rig.records.failAfter(1);
        final Reply reply = bot.order(1);
        assertEquals(1, lane.payloads().size());
        assertEquals(Reason.JOURNAL_UNAVAILABLE, reply.reason());
        assertTrue(bot.egress.drain().stream().noneMatch(Reply::isSigned));
        assertEquals(0, rig.counters.requestsSigned().get());
    }

    @Test
    void shouldRecordThatTheTokenFailedAndTakeNoMoreUntilItIsBack()
    {
        lane.failNext();
        final Reply failed = bot.order(1);
        assertEquals(Reason.TOKEN_ERROR, failed.reason());
        final JournalRecord outcome = rig.outcome(failed.sequence());
        assertEquals("FAILED", outcome.state);
        assertEquals(FakeLane.DEVICE_ERROR, outcome.returnValue);
        assertEquals(0, outcome.signature.length);
        assertEquals("LOST", rig.record(-1).state);
        assertEquals(0, rig.counter(20_010));

        assertDenied(bot.order(2), Reason.TOKEN_UNAVAILABLE, "trade");
        assertEquals(1, lane.payloads().size());

        final FakeLane next = new FakeLane(2, true);
        rig.commands.add(new GatewayCommand.UseLane(0, next));
        final Reply signed = bot.order(3);
        assertTrue(signed.isSigned());
        assertEquals(1, next.payloads().size());
        assertEquals(1, rig.counter(20_010));
        assertEquals(2, rig.counter(20_009));
        final JournalRecord changed = rig.record((int) rig.outcome(signed.sequence()).intentSequence - 2);
        assertEquals("READY", changed.state);
        assertEquals(2, changed.generation);
        assertSequenceIsContiguous();
    }

    @Test
    void shouldFailAnIntentThatTheLaneDidNotTake()
    {
        lane.refuseNext();
        final Reply reply = bot.order(1);
        assertEquals(Reason.TOKEN_UNAVAILABLE, reply.reason());
        final JournalRecord outcome = rig.outcome(reply.sequence());
        assertEquals("FAILED", outcome.state);
        assertEquals(reply.sequence() - 1, outcome.intentSequence);
        assertTrue(bot.order(2).isSigned());
    }

    @Test
    void shouldTryAFixedNumberOfTimesToDeliverAndRecordWhatIsDropped()
    {
        bot.egress.answers(Publication.BACK_PRESSURED);
        final int offersBefore = bot.egress.offers();
        bot.order(1);
        assertEquals(ReplyPublisher.ATTEMPTS, bot.egress.offers() - offersBefore);
        final JournalRecord undelivered = rig.record(-1);
        assertTrue(undelivered.is(UndeliveredDecoder.TEMPLATE_ID));
        assertEquals(undelivered.sequence - 1, undelivered.recordSequence);
        assertTrue(rig.outcome(undelivered.recordSequence).isSigned());
        assertEquals(1, undelivered.requestId);
        assertEquals(Publication.BACK_PRESSURED, undelivered.returnValue);
        assertEquals(1, rig.counters.repliesUndelivered().get());

        bot.egress.answers(Publication.CLOSED);
        order(2, "nobody", "LTCBTC");
        assertEquals(ReplyPublisher.ATTEMPTS + 1, bot.egress.offers() - offersBefore);
        assertEquals(2, rig.counters.repliesUndelivered().get());
        assertEquals(Publication.CLOSED, rig.record(-1).returnValue);
    }

    @Test
    void shouldRefuseWithAReasonWhileItStops()
    {
        rig.ingress.add(bot.publicationId(), WireFrames.newOrder(bot.id(), 1));
        rig.ingress.add(4711, WireFrames.connect(1, "maker"));
        rig.agent.onClose();
        final List<Reply> replies = bot.egress.replies();
        assertEquals(Reason.GATEWAY_STOPPING, replies.get(replies.size() - 2).reason());
        assertEquals("GATEWAY_STOPPED", bot.egress.last().rule());
        assertTrue(lane.payloads().isEmpty());
        assertTrue(rig.record(-1).is(GatewayStoppedDecoder.TEMPLATE_ID));
        assertTrue(rig.record(-2).is(SessionClosedDecoder.TEMPLATE_ID));
        assertEquals("GATEWAY_STOPPED", rig.record(-2).state);
        assertEquals(1, rig.records.syncs());
        assertTrue(rig.records.isClosed());
        assertEquals(0, rig.counters.ready().get());
        final ReceivedHandshakes received = new ReceivedHandshakes();
        assertEquals(1, rig.controlProxy.poll(received));
        assertEquals(List.of(Reason.GATEWAY_STOPPING.value()), received.reasons);
        assertSequenceIsContiguous();
    }

    @Test
    void shouldOpenAndRefuseSessions() throws Exception
    {
        final AgentRig small = new AgentRig(new FakeLane(1, true), 4, 1);
        final Bot first = small.open("maker");
        final Reply opened = first.egress.last();
        assertEquals(SessionOpenedDecoder.TEMPLATE_ID, opened.templateId());
        assertEquals(small.record(-1).sequence, opened.sessionId());
        assertEquals(9, opened.id());

        final Bot second = small.open("watcher");
        assertEquals(Reason.TOO_MANY_SESSIONS, second.egress.last().reason());
        assertEquals(Reason.TOO_MANY_SESSIONS, small.record(-1).reason);

        small.commands.add(new GatewayCommand.RefuseSession(
            second.session.applicant(), second.egress, Reason.AUTHENTICATION_FAILED.value()));
        small.work();
        assertEquals(Reason.AUTHENTICATION_FAILED, second.egress.last().reason());
        assertEquals(Reason.AUTHENTICATION_FAILED, small.record(-1).reason);

        final Reply again = first.send(WireFrames.connect(77, "maker"));
        assertEquals(SessionRejectedDecoder.TEMPLATE_ID, again.templateId());
        assertEquals(77, again.id());
        assertEquals(Reason.SESSION_ALREADY_OPEN, again.reason());
        assertTrue(first.order(1).isSigned());

        final Reply foreign = first.send(WireFrames.disconnect(first.id() + 1));
        assertEquals(Reason.UNKNOWN_SESSION, foreign.reason());
        assertEquals(RejectedEncoder.requestIdNullValue(), foreign.id());
        first.send(WireFrames.disconnect(first.id()));
        assertEquals("DISCONNECTED", small.record(-1).state);
        assertEquals(0, small.counters.sessionsOpen().get());
        first.egress.drain();
        assertNull(first.order(2), "nobody answers a publication without a session");
    }

    private Reply order(final long requestId, final String key, final String symbol)
    {
        return bot.send(WireFrames.newOrder(bot.id(), requestId, AS_IT_IS, key, symbol, "c"));
    }

    private void assertDenied(final Reply reply, final Reason reason, final String rule)
    {
        assertEquals(reason, reply.reason());
        assertEquals(rule, reply.rule());
        final JournalRecord denial = rig.record((int) reply.sequence() - 1);
        assertTrue(denial.is(DenialDecoder.TEMPLATE_ID));
        assertEquals(reason, denial.reason);
        assertEquals(reply.id(), denial.requestId);
    }

    private void assertSequenceIsContiguous()
    {
        for (int i = 0; i < rig.size(); i++)
        {
            assertEquals(i + 1, rig.record(i).sequence);
        }
    }
}
