package io.countersign.gateway;

import io.countersign.codecs.journal.IntentDecoder;
import io.countersign.codecs.journal.OutcomeDecoder;
import io.countersign.codecs.journal.TokenChangedDecoder;
import io.countersign.codecs.wire.Reason;
import io.countersign.gateway.AgentRig.Bot;
import io.countersign.gateway.control.GatewayCommand;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Two tokens, of which each has one key, at the first place of its lane. */
class SeveralLanesTest
{
    private static final int ALL_GENERATION = 20_009;
    private static final int ALL_READY = 20_010;
    private static final int LEFT_GENERATION = 20_300;
    private static final int LEFT_READY = 20_301;
    private static final int RIGHT_READY = 20_303;

    private static final String CONFIG = AgentRig.CONFIG
        .replaceFirst("(?s)token:.*?\nauthentication:", """
            tokens:
              - {name: left, module: module.so, label: one, pin-file: pin}
              - {name: right, module: module.so, label: two, pin-file: pin}
            authentication:""")
        .replaceAll("alias: (master|hmac)", "alias: $1\n    token: left")
        .replace("alias: other", "alias: other\n    token: right");

    private final FakeLane left = new FakeLane(1, false);
    private final FakeLane right = new FakeLane(1, false);
    private final List<String> submitted = new ArrayList<>();
    private AgentRig rig;
    private Bot bot;

    @BeforeEach
    void before() throws Exception
    {
        rig = new AgentRig(CONFIG, List.of(left, right), 8, 256, 256);
        left.onSubmit((one) -> submitted.add("left " + one.keyIndex()));
        right.onSubmit((one) -> submitted.add("right " + one.keyIndex()));
        bot = rig.open("maker");
        bot.egress.drain();
    }

    @Test
    void shouldSignWithTheTokenOfTheKey()
    {
        order(1, "hmac");
        order(2, "other");
        order(3, "hmac");
        assertEquals(List.of("left 0", "right 0", "left 0"), submitted);
        right.complete(0);
        left.complete(1);
        left.complete(0);
        rig.work();
        assertEquals(List.of(3L, 1L, 2L), bot.egress.replies().stream().map(Reply::id).toList());
        assertAnswersFit();
        assertEquals(List.of("left READY 1", "right READY 1"), tokenChanges());
        assertEquals(2, rig.counter(ALL_GENERATION));
        assertEquals(1, rig.counter(ALL_READY));
    }

    @Test
    void shouldGoOnWithOneTokenWhileAnotherIsLost()
    {
        order(1, "hmac");
        order(2, "other");
        left.failNext();
        order(3, "hmac");
        left.complete(1);
        rig.work();
        assertEquals(Reason.TOKEN_ERROR, bot.egress.last().reason());
        assertEquals(Reason.TOKEN_UNAVAILABLE, order(4, "hmac").reason());
        assertEquals(List.of("left READY 1", "right READY 1", "left LOST 1"), tokenChanges());
        assertEquals(0, rig.counter(ALL_READY));
        assertEquals(0, rig.counter(LEFT_READY));
        assertEquals(1, rig.counter(RIGHT_READY));

        order(5, "other");
        right.complete(1);
        rig.work();
        assertTrue(bot.egress.last().isSigned());
        assertEquals(5, bot.egress.last().id());

        final FakeLane next = new FakeLane(2, false);
        next.onSubmit((one) -> submitted.add("left again " + one.keyIndex()));
        rig.commands.add(new GatewayCommand.UseLane(0, next));
        bot.egress.drain();
        rig.work();
        assertEquals(List.of(1L), bot.egress.drain().stream().map(Reply::id).toList(), "only those of the lost lane");
        assertEquals(1, rig.counter(ALL_READY));
        assertEquals(2, rig.counter(LEFT_GENERATION));
        assertEquals(3, rig.counter(ALL_GENERATION));

        submitted.clear();
        order(6, "hmac");
        order(7, "other");
        assertEquals(List.of("left again 0", "right 0"), submitted);
        next.complete(0);
        right.complete(0);
        right.complete(0);
        rig.work();
        assertEquals(List.of(6L, 2L, 7L), bot.egress.replies().stream().map(Reply::id).toList());
        assertAnswersFit();
        assertEquals(List.of(1, 1, 1, 1, 2, 1),
            rig.all(IntentDecoder.TEMPLATE_ID).stream().map((intent) -> intent.generation).toList());
        assertEquals(
            rig.all(IntentDecoder.TEMPLATE_ID).stream().map((intent) -> intent.sequence).toList(),
            rig.all(OutcomeDecoder.TEMPLATE_ID).stream().map((outcome) -> outcome.intentSequence).sorted().toList());
    }

    private Reply order(final long requestId, final String key)
    {
        return bot.send(WireFrames.newOrder(
            bot.id(), requestId, WireFrames.AS_IT_IS, key, "LTCBTC", "order-" + requestId));
    }

    private List<String> tokenChanges()
    {
        return rig.all(TokenChangedDecoder.TEMPLATE_ID).stream()
            .map((changed) -> changed.token + " " + changed.state + " " + changed.generation).toList();
    }

    private void assertAnswersFit()
    {
        for (final Reply reply : bot.egress.drain())
        {
            assertTrue(reply.payload().contains("newClientOrderId=order-" + reply.id() + "&"));
            assertEquals(Reply.expectedSignature(reply.payload()), reply.signatureText());
        }
    }
}
