package io.countersign.gateway;

import io.countersign.codecs.journal.DenialDecoder;
import io.countersign.codecs.wire.Field;
import io.countersign.codecs.wire.Flag;
import io.countersign.codecs.wire.NewOrderEncoder;
import io.countersign.codecs.wire.Reason;
import io.countersign.gateway.AgentRig.Bot;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * What policy grants and the venue has no request or no field for.
 */
class UnsupportedRequestTest
{
    private static final Pattern RECEIVE_WINDOW = Pattern.compile("&recvWindow=[0-9]*&");

    private final FakeLane lane = new FakeLane(1, true);
    private AgentRig rig;
    private Bot bot;

    @BeforeEach
    void before() throws Exception
    {
        rig = new AgentRig(lane, 256);
        bot = rig.open("maker");
    }

    @Test
    void shouldRefuseWhatTheVenueHasNoRequestFor()
    {
        final byte[] frame = WireFrames.login(bot.id(), 1, "hmac");
        assertDenied(bot.send(frame), Reason.OPERATION_NOT_SUPPORTED, "whole");
        assertArrayEquals(frame, rig.record(-1).frame);
        assertEquals(Field.SBE_UNKNOWN, rig.record(-1).field, "none");
        assertEquals(1, rig.counter(20_100 + Reason.OPERATION_NOT_SUPPORTED.value()));

        final int records = rig.size();
        final Reply again = bot.send(WireFrames.login(bot.id(), 1, "hmac"));
        assertEquals(Reason.OPERATION_NOT_SUPPORTED, again.reason());
        assertEquals(records, again.sequence());
        assertEquals(records, rig.size(), "a known id is not decided again");
        assertTrue(lane.payloads().isEmpty());
    }

    @Test
    void shouldNotAskTheVenueForWhatPolicyDoesNotGrant()
    {
        assertDenied(
            bot.send(WireFrames.cancelAll(bot.id(), 1, "other", "")), Reason.OPERATION_NOT_GRANTED, "wide");
        assertDenied(
            bot.send(WireFrames.queryOrders(bot.id(), 2, "other", "")), Reason.OPERATION_NOT_GRANTED, "wide");
        assertDenied(bot.send(WireFrames.login(bot.id(), 3, "other")), Reason.OPERATION_NOT_GRANTED, "wide");
        assertDenied(bot.send(WireFrames.login(bot.id(), 4, "nobody")), Reason.UNKNOWN_KEY, "");
    }

    /** The venue cancels one symbol's orders at a time, and lists those of all. */
    @Test
    void shouldRefuseWhatTheVenueWantsASymbolFor()
    {
        assertDenied(bot.send(WireFrames.cancelAll(bot.id(), 1, "hmac", "")), Reason.FIELD_MISSING, "whole");
        assertEquals(Field.SYMBOL, rig.record(-1).field);
        assertTrue(bot.send(WireFrames.cancelAll(bot.id(), 2, "hmac", "LTCBTC")).isSigned());
        assertTrue(bot.send(WireFrames.queryOrders(bot.id(), 3, "hmac", "")).isSigned());
    }

    /** The rule's longest receive window stands for what the bot asks beyond it, and for nothing at all. */
    @Test
    void shouldAskTheVenueForNoLongerAReceiveWindowThanPolicySays() throws Exception
    {
        assertEquals("&recvWindow=5000&", receiveWindow(1, 5_000));
        rig.putInForce(
            rig.open("boss"), AgentRig.POLICY.replace("max-quantity: 10.5", "max-receive-window: 250ms"));
        assertEquals("&recvWindow=249&", receiveWindow(2, 249));
        assertEquals("&recvWindow=250&", receiveWindow(3, 250));
        assertEquals("&recvWindow=250&", receiveWindow(4, 251));
        assertEquals("&recvWindow=250&", receiveWindow(5, 60_001));
        assertEquals("&recvWindow=250&", receiveWindow(6, NewOrderEncoder.maxAgeMsNullValue()));
        assertTrue(bot.send(WireFrames.queryAccount(bot.id(), 7, "hmac")).isSigned());
        assertEquals("", receiveWindow(), "of another rule");
    }

    private String receiveWindow(final long requestId, final int asked)
    {
        assertTrue(
            bot.send(WireFrames.newOrder(bot.id(), requestId, (order) -> order.maxAgeMs(asked))).isSigned());
        return receiveWindow();
    }

    private String receiveWindow()
    {
        final byte[] payload = lane.payloads().get(lane.payloads().size() - 1);
        final Matcher matcher = RECEIVE_WINDOW.matcher(new String(payload, StandardCharsets.US_ASCII));
        return matcher.find() ? matcher.group() : "";
    }

    @Test
    void shouldRefuseWhatTheVenueHasNoFieldFor()
    {
        for (final Flag flag : new Flag[]{Flag.TRUE, Flag.FALSE})
        {
            assertDenied(bot.send(WireFrames.newOrder(bot.id(), 1 + flag.value(), (order) -> order.reduceOnly(flag))),
                Reason.FIELD_INVALID, "trade");
            assertEquals(Field.REDUCE_ONLY, rig.record(-1).field);
        }
        assertTrue(bot.send(WireFrames.newOrder(bot.id(), 3, (order) -> order.reduceOnly(Flag.NULL_VAL))).isSigned());
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
}
