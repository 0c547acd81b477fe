package io.countersign.gateway;

import io.countersign.client.BlockingClient;
import io.countersign.client.RejectedException;
import io.countersign.codecs.journal.DenialDecoder;
import io.countersign.codecs.journal.IntentDecoder;
import io.countersign.codecs.journal.MessageHeaderDecoder;
import io.countersign.codecs.journal.PolicyInForceDecoder;
import io.countersign.codecs.wire.OrderType;
import io.countersign.codecs.wire.Reason;
import io.countersign.codecs.wire.Side;
import io.countersign.codecs.wire.TimeInForce;
import io.countersign.gateway.config.ConfigException;
import io.countersign.gateway.config.ConfigReader;
import io.countersign.gateway.journal.JournalReader;
import io.countersign.gateway.policy.Decision;
import io.countersign.gateway.policy.Policy;
import io.countersign.gateway.policy.PolicyCompiler;
import io.countersign.venues.Order;
import io.countersign.venues.OrderAdapter;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What the journal holds is enough to take every decision again: the policy in force and the frame. */
@Timeout(60)
class ReplayReproducesTest
{
    private static final int ORDERS = 2_000;

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final UnsafeBuffer frame = new UnsafeBuffer(new byte[1024]);
    private final Order order = new Order();
    private final Decision decision = new Decision();
    private Policy policy;
    private int allowed;
    private int denied;

    @Test
    void shouldTakeEveryDecisionAgainFromTheJournalAlone() throws Exception
    {
        final long seed = System.nanoTime();
        try (GatewayFixture fixture = new GatewayFixture().launch())
        {
            try (BlockingClient client = fixture.connect())
            {
                sendOrders(client, new Random(seed));
            }
            fixture.stop();

            try (JournalReader reader = new JournalReader(fixture.journal()))
            {
                while (JournalReader.Event.RECORD == reader.poll())
                {
                    decideAgain(reader);
                }
            }
        }
        assertEquals(ORDERS, allowed + denied, "seed " + seed);
        assertTrue(allowed > 0 && denied > 0, "seed " + seed);
    }

    private static void sendOrders(final BlockingClient client, final Random random)
    {
        final String[] keys = {"hmac", "hmac", "hmac", "unknown"};
        final String[] symbols = {"LTCBTC", "LTCBTC", "BTCUSDT"};
        for (int i = 0; i < ORDERS; i++)
        {
            try
            {
                client.newOrder((request) -> request
                    .side(random.nextBoolean() ? Side.BUY : Side.SELL)
                    .orderType(OrderType.LIMIT)
                    .timeInForce(TimeInForce.GTC)
                    .quantity(random.nextInt(2_000) + 1L, -2)
                    .price(random.nextInt(1_000) + 1L, -3)
                    .key(keys[random.nextInt(keys.length)])
                    .symbol(symbols[random.nextInt(symbols.length)]));
            }
            catch (final RejectedException ex)
            {
                assertTrue(ex.recordSequence() > 0);
            }
        }
    }

    private void decideAgain(final JournalReader reader) throws ConfigException
    {
        switch (reader.templateId())
        {
            case PolicyInForceDecoder.TEMPLATE_ID ->
            {
                final PolicyInForceDecoder record = new PolicyInForceDecoder();
                record.wrapAndApplyHeader(reader.buffer(), reader.offset(), header);
                record.skipSource();
                policy = PolicyCompiler.compile(ConfigReader.of(Path.of("gateway.yaml"), record.text()));
                assertEquals(record.policyVersion(), policy.version());
            }
            case IntentDecoder.TEMPLATE_ID ->
            {
                final IntentDecoder record = new IntentDecoder();
                record.wrapAndApplyHeader(reader.buffer(), reader.offset(), header);
                final byte[] principal = bytes(record.principal());
                record.skipKey();
                final byte[] rule = bytes(record.rule());
                decide(principal, record.getFrame(frame, 0, frame.capacity()));
                assertEquals(Reason.NONE.value(), decision.reason());
                assertArrayEquals(policy.ruleName(decision.ruleIndex()), rule);
                allowed++;
            }
            case DenialDecoder.TEMPLATE_ID ->
            {
                final DenialDecoder record = new DenialDecoder();
                record.wrapAndApplyHeader(reader.buffer(), reader.offset(), header);
                final int reason = record.reason();
                final byte[] principal = bytes(record.principal());
                record.skipKey();
                final byte[] rule = bytes(record.rule());
                decide(principal, record.getFrame(frame, 0, frame.capacity()));
                assertEquals(reason, decision.reason());
                assertArrayEquals(policy.ruleName(decision.ruleIndex()), rule);
                denied++;
            }
            default ->
            {
                // Records of the gateway itself and outcomes hold no decision.
            }
        }
    }

    private void decide(final byte[] principal, final int frameLength)
    {
        assertTrue(frameLength > 0);
        assertTrue(new OrderAdapter().decode(frame, 0, order));
        final int principalIndex = policy.principalIndex(new UnsafeBuffer(principal), 0, principal.length);
        policy.decide(principalIndex, policy.keyIndex(order.key()), order, decision);
    }

    private static byte[] bytes(final String text)
    {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
