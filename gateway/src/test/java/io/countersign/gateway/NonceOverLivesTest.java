package io.countersign.gateway;

import io.countersign.codecs.journal.GatewayStartedDecoder;
import io.countersign.codecs.journal.IntentDecoder;
import io.countersign.codecs.journal.MessageHeaderDecoder;
import io.countersign.codecs.journal.NonceMarkDecoder;
import io.countersign.codecs.wire.NewOrderEncoder;
import io.countersign.codecs.wire.TimeInForce;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A number that a venue has seen is never sent to it again, however lives end and whatever the clock says. */
@Timeout(60)
class NonceOverLivesTest
{
    private static final long HOUR_NS = TimeUnit.HOURS.toNanos(1);
    private static final Pattern PAYLOAD = Pattern.compile("/api/v2/auth/w/order/submit([0-9]+)[{].*");
    private static final String POLICY = """
        principals:
          - {name: maker, api-key-versions: [1], rules: [
             {name: trade, keys: [%s], scopes: [trade], symbols: ["*"]}]}
        """;

    private static final String KEY = """
          - alias: %s
            version: 3
            id: "1%d"
            algorithm: HMAC-SHA384
            check-value: 000102030405060708090a0b0c0d0e0f
            venue: bitfinex-v2
            api-key: %s
        """;

    private final JournalRig rig = new JournalRig();
    private long requestId;

    @AfterEach
    void after()
    {
        rig.close();
    }

    @Test
    void shouldRiseOverKillsWithAClockThatIsSetBack() throws Exception
    {
        for (int life = 0; life < 4; life++)
        {
            start("bfx first");
            order("bfx");
            order("bfx");
            rig.kill();
            rig.clock.advance(-HOUR_NS);
        }
        final List<Long> recorded = assertRising(8);
        assertEquals(recorded.get(1) + 1, recorded.get(2), "on from the mark, not from the clock");
    }

    @Test
    void shouldNotRepeatANonceInLivesAtTheSameTime() throws Exception
    {
        for (int life = 0; life < 3; life++)
        {
            start("bfx first");
            order("bfx");
            rig.stop();
        }
        final List<Long> recorded = assertRising(3);
        assertEquals(recorded.get(0) + 2, recorded.get(2));
    }

    /** The record of the signature is the last thing that this process did: the venue may have the request. */
    @Test
    void shouldCountAnIntentThatWasNeverAnswered() throws Exception
    {
        start("bfx first");
        order("bfx");
        rig.dieAfter(IntentDecoder.TEMPLATE_ID);
        order("bfx");
        rig.kill();
        start("bfx first");
        order("bfx");
        assertRising(3);
    }

    @Test
    void shouldKeepTheMarkOfAKeyThatIsRenamedTakenOutAndPutBack() throws Exception
    {
        start("bfx first", "spare second");
        order("bfx");
        rig.kill();
        start("renamed first", "bfx second");
        order("renamed");
        rig.kill();
        for (int life = 0; life < 2; life++)
        {
            rig.clock.advance(-HOUR_NS);
            start();
            rig.kill();
        }
        start("bfx second", "back first");
        order("back");
        assertRising(3);
        order("bfx");
        assertTrue(recorded().getLast() < recorded().getFirst() - HOUR_NS / 1_000, "the other goes by the clock");
    }

    @Test
    void shouldNotLoseAMarkInAStartThatIsCutShort() throws Exception
    {
        final String[] keys = {"first first", "bfx second"};
        start(keys);
        order("bfx");
        rig.kill();
        rig.clock.advance(-HOUR_NS);
        for (int life = 0; life < 2; life++)
        {
            rig.dieAfter(NonceMarkDecoder.TEMPLATE_ID);
            start(keys).kill();
        }
        start(keys);
        order("bfx");
        assertRising(2);
    }

    @Test
    void shouldMarkWhatIsUsedUpAtEachStartAndOnEachDay() throws Exception
    {
        final String[] keys = {"bfx first", "idle second"};
        start(keys);
        order("bfx");
        final long nonce = recorded().getFirst();
        rig.clock.advance(TimeUnit.DAYS.toNanos(1));
        rig.work();
        rig.work();
        rig.stop();
        start("renamed first");
        assertEquals(List.of(
            "start", "bfx v3 first null", "idle v3 second null",
            "bfx v3 first " + nonce, "idle v3 second null",
            "start", "renamed v3 first " + nonce, " v0 second null"), marks());
    }

    @Test
    void shouldCountTogetherForKeysThatHaveOneApiKey() throws Exception
    {
        start("one first", "two first");
        for (int i = 0; i < 3; i++)
        {
            order("one");
            order("two");
        }
        rig.kill();
        rig.clock.advance(-HOUR_NS);
        start("two first", "one first");
        order("one");
        order("two");
        assertRising(8);
    }

    /** Each key by alias and API key. */
    private JournalRig start(final String... keys) throws Exception
    {
        final StringBuilder section = new StringBuilder();
        final List<String> aliases = new ArrayList<>(List.of("hmac"));
        for (final String key : keys)
        {
            final String[] texts = key.split(" ");
            aliases.add(texts[0]);
            section.append(KEY.formatted(texts[0], aliases.size(), texts[1]));
        }
        return rig.start(
            POLICY.formatted(String.join(", ", aliases)),
            JournalRig.CONFIG.replace("policy: policy.yaml", section + "policy: policy.yaml"));
    }

    private void order(final String key)
    {
        requestId++;
        rig.send("maker", WireFrames.newOrder(
            rig.id("maker"),
            requestId,
            (order) -> order.timeInForce(TimeInForce.NULL_VAL).maxAgeMs(NewOrderEncoder.maxAgeMsNullValue()),
            key,
            "tBTCUSD",
            ""));
    }

    /** The nonces of all intents, as the payloads have them. */
    private List<Long> assertRising(final int count) throws Exception
    {
        final List<Long> recorded = recorded();
        assertEquals(count, recorded.size(), recorded::toString);
        for (int i = 1; i < count; i++)
        {
            assertTrue(recorded.get(i - 1) < recorded.get(i), recorded::toString);
        }
        return recorded;
    }

    private List<Long> recorded() throws Exception
    {
        return rig.records(Set.of(IntentDecoder.TEMPLATE_ID), (record) ->
        {
            final IntentDecoder intent = new IntentDecoder().wrapAndApplyHeader(record, 0, new MessageHeaderDecoder());
            final long nonce = intent.nonce();
            intent.skipPrincipal();
            intent.skipKey();
            intent.skipRule();
            intent.skipFrame();
            final byte[] payload = new byte[intent.payloadLength()];
            intent.getPayload(payload, 0, payload.length);
            final Matcher matcher = PAYLOAD.matcher(new String(payload, StandardCharsets.US_ASCII));
            assertTrue(matcher.matches());
            assertEquals(Long.parseLong(matcher.group(1)), nonce, "recorded is what was signed");
            return nonce;
        });
    }

    private List<String> marks() throws Exception
    {
        return rig.records(
            Set.of(GatewayStartedDecoder.TEMPLATE_ID, NonceMarkDecoder.TEMPLATE_ID), NonceOverLivesTest::text);
    }

    private static String text(final DirectBuffer record)
    {
        final MessageHeaderDecoder header = new MessageHeaderDecoder().wrap(record, 0);
        if (GatewayStartedDecoder.TEMPLATE_ID == header.templateId())
        {
            return "start";
        }
        final NonceMarkDecoder mark = new NonceMarkDecoder().wrapAndApplyHeader(record, 0, header);
        final String nonce =
            NonceMarkDecoder.nonceNullValue() == mark.nonce() ? "null" : Long.toString(mark.nonce());
        final String alias = mark.key();
        assertEquals("bitfinex-v2", mark.venue());
        return alias + " v" + mark.keyVersion() + " " + mark.apiKey() + " " + nonce;
    }
}
