package io.countersign.gateway;

import io.countersign.codecs.journal.DenialDecoder;
import io.countersign.codecs.wire.Flag;
import io.countersign.codecs.wire.Reason;
import io.countersign.gateway.AgentRig.Bot;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * What policy grants and the venue has no request or no field for.
 */
class UnsupportedRequestTest
{
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
        assertTrue(bot.send(WireFrames.cancelAll(bot.id(), 2, "hmac", "LTCBTC")).isSigned());
        assertTrue(bot.send(WireFrames.queryOrders(bot.id(), 3, "hmac", "")).isSigned());
    }

    @Test
    void shouldRefuseWhatTheVenueHasNoFieldFor()
    {
        for (final Flag flag : new Flag[]{Flag.TRUE, Flag.FALSE})
        {
            assertDenied(bot.send(WireFrames.newOrder(bot.id(), 1 + flag.value(), (order) -> order.reduceOnly(flag))),
                Reason.FIELD_INVALID, "trade");
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
