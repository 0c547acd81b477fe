package io.countersign.gateway;

import io.countersign.client.BlockingClient;
import io.countersign.client.RejectedException;
import io.countersign.codecs.journal.MessageHeaderDecoder;
import io.countersign.codecs.journal.PolicyInForceDecoder;
import io.countersign.codecs.wire.OrderType;
import io.countersign.codecs.wire.Reason;
import io.countersign.codecs.wire.Side;
import io.countersign.codecs.wire.TimeInForce;
import io.countersign.gateway.config.ConfigException;
import io.countersign.gateway.config.ConfigReader;
import io.countersign.gateway.journal.DecisionReplay;
import io.countersign.gateway.journal.JournalReader;
import io.countersign.gateway.policy.Policy;
import io.countersign.gateway.policy.PolicyCompiler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.nio.file.Path;
import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What the journal holds is enough to take every decision again: the policy in force and the frame. */
@Timeout(60)
class ReplayReproducesTest
{
    private static final int ORDERS = 2_000;

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final DecisionReplay replay = new DecisionReplay();
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
        if (PolicyInForceDecoder.TEMPLATE_ID == reader.templateId())
        {
            final PolicyInForceDecoder record = new PolicyInForceDecoder();
            record.wrapAndApplyHeader(reader.buffer(), reader.offset(), header);
            record.skipSource();
            policy = PolicyCompiler.compile(ConfigReader.of(Path.of("gateway.yaml"), record.text()));
            assertEquals(record.policyVersion(), policy.version());
        }
        else if (replay.onRecord(reader.buffer(), reader.offset(), policy))
        {
            assertTrue(replay.isSameDecision() && replay.isSameRule(), () -> "record " + reader.sequence());
            allowed += Reason.NONE.value() == replay.recordedReason() ? 1 : 0;
            denied += Reason.NONE.value() == replay.recordedReason() ? 0 : 1;
        }
    }
}
