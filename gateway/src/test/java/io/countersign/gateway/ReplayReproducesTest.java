package io.countersign.gateway;

import io.countersign.client.BlockingClient;
import io.countersign.client.RejectedException;
import io.countersign.codecs.journal.MessageHeaderDecoder;
import io.countersign.codecs.journal.PolicyDifferenceDecoder;
import io.countersign.codecs.wire.OrderType;
import io.countersign.codecs.wire.Reason;
import io.countersign.codecs.wire.Side;
import io.countersign.codecs.wire.TimeInForce;
import io.countersign.gateway.journal.JournalReader;
import io.countersign.gateway.replay.Redecision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What the journal holds is enough to take every decision again, over restarts, limits in a time included. */
@Timeout(60)
class ReplayReproducesTest
{
    private static final int ORDERS_OF_A_LIFE = 2_000;
    private static final int LIVES = 3;

    private final Map<Reason, Integer> decisions = new EnumMap<>(Reason.class);
    private final List<String> differences = new ArrayList<>();

    @Test
    void shouldTakeEveryDecisionAgainFromTheJournalAlone() throws Exception
    {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        try (GatewayFixture fixture = new GatewayFixture())
        {
            for (int life = 0; life < LIVES; life++)
            {
                // Each life has a policy of its own; the last one a limit that the lives before have used up.
                fixture.write("policy.yaml", policy(2 == life ? 5 : 3_000 + life));
                fixture.launch();
                try (BlockingClient client = fixture.connect())
                {
                    sendOrders(client, random);
                }
                fixture.stop();
            }
            decideAgain(fixture);
        }
        assertEquals(List.of(
            "TRUE principal maker, per day: max-orders was 3000, is 3001",
            "FALSE principal maker, per day: max-orders was 3001, is 5"), differences, "what each start changed");
        assertEquals(
            LIVES * ORDERS_OF_A_LIFE, decisions.values().stream().mapToInt(Integer::intValue).sum(), "seed " + seed);
        for (final Reason reason : new Reason[]{
            Reason.NONE, Reason.UNKNOWN_KEY, Reason.OPERATION_NOT_GRANTED, Reason.SYMBOL_NOT_GRANTED,
            Reason.QUANTITY_ABOVE_LIMIT, Reason.MESSAGES_ABOVE_LIMIT, Reason.ORDERS_ABOVE_LIMIT,
            Reason.TURNOVER_ABOVE_LIMIT})
        {
            assertTrue(decisions.containsKey(reason), () -> reason + " is not among " + decisions + ", seed " + seed);
        }
    }

    @Test
    void shouldNotForgetALimitWhenItIsRestarted() throws Exception
    {
        try (GatewayFixture fixture = new GatewayFixture())
        {
            fixture.write("policy.yaml", """
                principals:
                  - name: maker
                    api-key-versions: [1]
                    limits:
                      - {per: day, max-orders: 3}
                    rules:
                      - {name: trade, keys: [hmac], scopes: [trade, cancel, query], symbols: [LTCBTC]}
                """);
            for (int life = 0; life < 5; life++)
            {
                fixture.launch();
                try (BlockingClient client = fixture.connect())
                {
                    assertEquals(life < 3 ? Reason.NONE : Reason.ORDERS_ABOVE_LIMIT, documentedOrder(client));
                }
                fixture.stop();
            }
            decideAgain(fixture);
            assertEquals(Map.of(Reason.NONE, 3, Reason.ORDERS_ABOVE_LIMIT, 2), decisions);
        }
    }

    private static Reason documentedOrder(final BlockingClient client)
    {
        try
        {
            client.newOrder(GatewayFixture::documentedOrder);
            return Reason.NONE;
        }
        catch (final RejectedException ex)
        {
            return ex.reason();
        }
    }

    private static String policy(final int maxOrders)
    {
        return """
            principals:
              - name: maker
                api-key-versions: [1]
                max-messages: {per: 1s, count: 50, burst: 20}
                limits:
                  - {per: day, max-orders: %d}
                rules:
                  - name: small
                    keys: [hmac]
                    scopes: [trade, cancel, query]
                    symbols: [LTCBTC]
                    max-quantity: 10
                    limits:
                      - {per: 50ms, max-notional: 10}
            """.formatted(maxOrders);
    }

    private static void sendOrders(final BlockingClient client, final Random random)
    {
        for (int i = 0; i < ORDERS_OF_A_LIFE; i++)
        {
            try
            {
                switch (random.nextInt(20))
                {
                    case 0 -> client.cancelAll((request) -> request.key("hmac").symbol(symbolOrNone(random)));
                    case 1 -> client.queryOrders((request) -> request.key("hmac").symbol(symbolOrNone(random)));
                    case 2 -> client.login((request) -> request.key("hmac").messageSequence(1));
                    default -> sendOrder(client, random);
                }
            }
            catch (final RejectedException ex)
            {
                assertTrue(ex.recordSequence() > 0);
            }
        }
    }

    private static String symbolOrNone(final Random random)
    {
        return random.nextBoolean() ? "" : "LTCBTC";
    }

    private static void sendOrder(final BlockingClient client, final Random random)
    {
        final String[] keys = {"hmac", "hmac", "hmac", "unknown"};
        final String[] symbols = {"LTCBTC", "LTCBTC", "BTCUSDT"};
        client.newOrder((request) -> request
            .side(random.nextBoolean() ? Side.BUY : Side.SELL)
            .orderType(OrderType.LIMIT)
            .timeInForce(TimeInForce.GTC)
            .quantity(random.nextInt(2_000) + 1L, -2)
            .price(random.nextInt(1_000) + 1L, -3)
            .key(keys[random.nextInt(keys.length)])
            .symbol(symbols[random.nextInt(symbols.length)]));
    }

    private void decideAgain(final GatewayFixture fixture) throws Exception
    {
        final Redecision redecision = new Redecision(fixture.journal());
        try (JournalReader reader = new JournalReader(fixture.journal()))
        {
            while (JournalReader.Event.RECORD == reader.poll())
            {
                if (PolicyDifferenceDecoder.TEMPLATE_ID == reader.templateId())
                {
                    final PolicyDifferenceDecoder difference = new PolicyDifferenceDecoder()
                        .wrapAndApplyHeader(reader.buffer(), reader.offset(), new MessageHeaderDecoder());
                    differences.add(difference.isDrift() + difference.operatorName() + " " + difference.text());
                }
                if (redecision.onRecord(reader.buffer(), reader.offset()))
                {
                    assertTrue(
                        redecision.replay().isSameDecision() && redecision.replay().isSameRule(),
                        () -> "record " + reader.sequence() + " was " + redecision.replay().recordedReason() +
                            " and is " + redecision.replay().reason());
                    decisions.merge(Reason.get(redecision.replay().recordedReason()), 1, Integer::sum);
                }
            }
        }
    }
}
