package io.countersign.perf.process;

import io.countersign.client.OperatorClient;
import io.countersign.codecs.wire.OrderType;
import io.countersign.codecs.wire.Reason;
import io.countersign.codecs.wire.Side;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

import static io.countersign.codecs.wire.Reason.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * Every limit of the policy language at its edge, in a gateway process that signs with a real token: what is below or
 * at the limit is signed, what is one unit above is refused for that reason. Each case is a principal of its own.
 */
@Timeout(120)
class PolicyEdgeProcessTest
{
    private static final PolicyProbe.Tally TALLY = new PolicyProbe.Tally();

    private static ProcessFixture fixture;
    private static GatewayJvm gateway;

    @BeforeAll
    static void beforeAll() throws Exception
    {
        // Counts of a day begin anew at midnight UTC, which must not lie in the middle of a test.
        while (LocalTime.now(ZoneOffset.UTC).isAfter(LocalTime.of(23, 58)))
        {
            Thread.onSpinWait();
        }
        fixture = new ProcessFixture(PolicyEdgeProcessTest.class);
        fixture.write("policy.yaml", policy("valid-until: 2100-01-01T00:00:00Z"));
        gateway = fixture.ready();
    }

    /** Whatever was signed had an intent; whatever was refused had none, but a denial. */
    @AfterAll
    static void afterAll()
    {
        try (ProcessFixture closing = fixture)
        {
            assertEquals(0, gateway.terminate().awaitExit(), gateway::describe);
            final JournalAudit audit = closing.audit().assertSound("the end").assertNoOpenIntent("the end");
            assertEquals(TALLY.signed(), audit.intents());
            assertEquals(TALLY.signed(), audit.signedCount());
            assertEquals(TALLY.refused(), audit.denials());
        }
    }

    @Test
    void shouldHoldQuantityToItsMaximum()
    {
        try (PolicyProbe bot = probe("quantity"))
        {
            assertEquals(NONE, bot.order("0.499999999999999999", "1"));
            assertEquals(NONE, bot.order("0.5", "1"));
            assertEquals(NONE, bot.order("0.500000000000000000", "1"));
            assertEquals(QUANTITY_ABOVE_LIMIT, bot.order("0.500000000000000001", "1"));
            assertEquals("r", bot.rule());
            assertEquals(QUANTITY_ABOVE_LIMIT, bot.orderFor("0.1"), "a sum leaves the quantity open");
            assertEquals(NONE, bot.cancel());
        }
    }

    @Test
    void shouldHoldNotionalToItsMaximumExactly()
    {
        try (PolicyProbe bot = probe("notional"))
        {
            assertEquals(NONE, bot.order("0.1", "1000.00999999"));
            assertEquals(NONE, bot.order("0.1", "1000.01"));
            assertEquals(NOTIONAL_ABOVE_LIMIT, bot.order("0.1", "1000.0100000000001"));
            assertEquals(NOTIONAL_ABOVE_LIMIT, bot.order("0.100000000000000001", "1000.01"));
            assertEquals(NONE, bot.orderFor("100.001"));
            assertEquals(NOTIONAL_ABOVE_LIMIT, bot.orderFor("100.0010000000000001"));
            assertEquals(NOTIONAL_ABOVE_LIMIT, bot.order(OrderType.MARKET, null, null), "no notional to be known");
            assertEquals(NOTIONAL_ABOVE_LIMIT, bot.order((order) ->
                order.side(Side.SELL).quantity("0.1").price("1000.02")));
            assertEquals(NOTIONAL_ABOVE_LIMIT, bot.order((order) ->
                order.quantity(Long.MAX_VALUE, 0).price(Long.MAX_VALUE, 0)));
            assertEquals(NONE, bot.cancel());
        }
    }

    @Test
    void shouldHoldPricesOfARuleToTheirBand()
    {
        try (PolicyProbe bot = probe("band"))
        {
            assertEquals(PRICE_OUTSIDE_BAND, bot.order("1", "99.9999999999999999"));
            assertEquals(NONE, bot.order("1", "100"));
            assertEquals(NONE, bot.order("1", "100.0000000000000001"));
            assertEquals(NONE, bot.order("1", "199.9999999999999999"));
            assertEquals(NONE, bot.order("1", "200"));
            assertEquals(PRICE_OUTSIDE_BAND, bot.order("1", "200.0000000000000001"));
            assertEquals(NONE, bot.order(OrderType.STOP_LOSS_LIMIT, "150", "200"));
            assertEquals(PRICE_OUTSIDE_BAND, bot.order(OrderType.STOP_LOSS_LIMIT, "150", "200.01"));
            assertEquals(PRICE_OUTSIDE_BAND, bot.order(OrderType.STOP_LOSS_LIMIT, "99.99", "150"));
            assertEquals(PRICE_OUTSIDE_BAND, bot.order(OrderType.MARKET, null, null), "no price to hold to it");
            assertEquals(NONE, bot.cancel());
        }
    }

    @Test
    void shouldHoldPricesOfASymbolToTheirBand()
    {
        try (PolicyProbe bot = probe("any"))
        {
            assertEquals(PRICE_OUTSIDE_BAND, banded(bot, "9.9999999"));
            assertEquals(NONE, banded(bot, "10"));
            assertEquals(NONE, banded(bot, "20"));
            assertEquals(PRICE_OUTSIDE_BAND, banded(bot, "20.0000001"));
            assertEquals(NONE, bot.order("1", "20.0000001"), "of another symbol");
        }
    }

    @Test
    void shouldHoldOrdersOfAWindowToTheirNumber()
    {
        for (final String principal : List.of("orders-hour", "orders-day", "rule-orders"))
        {
            try (PolicyProbe bot = probe(principal))
            {
                assertEquals(SYMBOL_NOT_GRANTED, bot.order((order) -> order.symbol("OTHER")), "uses nothing up");
                for (int i = 0; i < 3; i++)
                {
                    assertEquals(NONE, bot.cancel());
                    assertEquals(NONE, bot.order(), principal + ", order " + i);
                }
                assertEquals(ORDERS_ABOVE_LIMIT, bot.order(), principal);
                assertEquals(NONE, bot.cancel(), principal);
                assertEquals(ORDERS_ABOVE_LIMIT, bot.order(), principal);
            }
            try (PolicyProbe bot = probe(principal))
            {
                assertEquals(ORDERS_ABOVE_LIMIT, bot.order(), principal + " in another session");
            }
        }
    }

    @Test
    void shouldHoldTheNotionalOfAWindowToItsSumExactly()
    {
        for (final String principal : List.of("turnover-hour", "turnover-day", "rule-turnover"))
        {
            try (PolicyProbe bot = probe(principal))
            {
                assertEquals(NONE, bot.order("0.1", "1000.01"), principal);
                assertEquals(NONE, bot.orderFor("100.001"), principal);
                assertEquals(TURNOVER_ABOVE_LIMIT, bot.order("0.1", "1000.010000000000001"), principal);
                assertEquals(TURNOVER_ABOVE_LIMIT, bot.order(OrderType.MARKET, null, null), principal);
                assertEquals(NONE, bot.order("0.1", "1000.01"), principal + ": the sum is the limit");
                assertEquals(TURNOVER_ABOVE_LIMIT, bot.order("0.000000001", "0.000000001"), principal + ": one step");
                assertEquals(NONE, bot.cancel(), principal);
            }
        }
    }

    @Test
    void shouldHoldMessagesToTheirBurst()
    {
        try (PolicyProbe bot = probe("messages"))
        {
            assertEquals(NONE, bot.order());
            assertEquals(SYMBOL_NOT_GRANTED, bot.order((order) -> order.symbol("OTHER")), "uses nothing up");
            assertEquals(NONE, bot.cancel());
            assertEquals(NONE, bot.query());
            assertEquals(NONE, bot.account());
            assertEquals(NONE, bot.order());
            assertEquals(MESSAGES_ABOVE_LIMIT, bot.order());
            assertEquals(MESSAGES_ABOVE_LIMIT, bot.cancel());
            assertEquals(MESSAGES_ABOVE_LIMIT, bot.query());
        }
    }

    @Test
    void shouldStopARuleAboveItsExecutionsUntilAnOperatorEnablesIt()
    {
        try (PolicyProbe bot = probe("throttle"))
        {
            for (int round = 0; round < 2; round++)
            {
                for (int i = 0; i < 3; i++)
                {
                    assertEquals(NONE, bot.order(), "order " + i + " of round " + round);
                }
                assertEquals(REPEATED_EXECUTION, bot.order());
                assertEquals("r", bot.rule());
                assertEquals(REPEATED_EXECUTION, bot.order());
                assertEquals(NONE, bot.cancel());
                if (0 == round)
                {
                    fixture.operate("boss", "execution", "enable", "throttle", "r", "--comment", "looked at");
                }
            }
        }
    }

    @Test
    void shouldGrantOnlyWhatScopesName()
    {
        final Reason refused = OPERATION_NOT_GRANTED;
        try (PolicyProbe trade = probe("trade");
            PolicyProbe cancel = probe("cancel");
            PolicyProbe query = probe("query"))
        {
            assertEquals(List.of(NONE, refused, refused, refused), asked(trade));
            assertEquals(List.of(refused, NONE, refused, refused), asked(cancel));
            assertEquals(List.of(refused, NONE, NONE, NONE), asked(query));
        }
    }

    @Test
    void shouldGrantOnlyTheSymbolsSidesTypesAndKeysThatARuleNames()
    {
        try (PolicyProbe bot = probe("narrow"))
        {
            assertEquals(NONE, bot.order());
            assertEquals(NONE, bot.order((order) -> order.symbol("ETHBTC")));
            for (final String symbol : List.of("LTCBT", "LTCBTCX", "ltcbtc", "ETHBTD", "*"))
            {
                assertEquals(SYMBOL_NOT_GRANTED, bot.order((order) -> order.symbol(symbol)), symbol);
            }
            assertEquals(SIDE_NOT_GRANTED, bot.order((order) -> order.side(Side.SELL)));
            assertEquals(NONE, bot.order(OrderType.LIMIT_MAKER, "1", null));
            assertEquals(ORDER_TYPE_NOT_GRANTED, bot.order(OrderType.MARKET, null, null));
            assertEquals(ORDER_TYPE_NOT_GRANTED, bot.order(OrderType.STOP_LOSS, null, "1"));
            assertEquals(ORDER_TYPE_NOT_GRANTED, bot.order(OrderType.STOP_LOSS_LIMIT, "1", "1"));
            assertEquals(ORDER_TYPE_NOT_GRANTED, bot.order(OrderType.TAKE_PROFIT, null, "1"));
            assertEquals(ORDER_TYPE_NOT_GRANTED, bot.order(OrderType.TAKE_PROFIT_LIMIT, "1", "1"));
            assertEquals(KEY_NOT_GRANTED, bot.order((order) -> order.key("ed25519")));
            assertEquals(UNKNOWN_KEY, bot.order((order) -> order.key("master")));
            assertEquals(NONE, bot.cancel());
        }
    }

    @Test
    void shouldRefuseOutsideHoursAndDays()
    {
        try (PolicyProbe open = probe("open");
            PolicyProbe closed = probe("closed");
            PolicyProbe day = probe("other-day"))
        {
            assertEquals(NONE, open.order());
            assertEquals(NONE, open.cancel());
            assertEquals(OUTSIDE_HOURS, closed.order());
            assertEquals(OUTSIDE_HOURS, closed.cancel());
            assertEquals(OUTSIDE_HOURS, day.order());
            assertEquals(OUTSIDE_HOURS, day.cancel());
        }
    }

    /** Whatever an expired principal asks for is refused, also in a session that was open before. */
    @Test
    void shouldRefuseAPrincipalFromItsExpiryOn()
    {
        try (PolicyProbe bot = probe("expired"))
        {
            final Reason refused = PRINCIPAL_EXPIRED;
            assertEquals(List.of(refused, refused, refused, refused), asked(bot));
        }

        final Instant expiry = Instant.now().plusSeconds(3).truncatedTo(ChronoUnit.SECONDS);
        reload(policy("valid-until: 2100-01-01T00:00:00Z", expiry.toString()));
        try (PolicyProbe bot = probe("expiring"))
        {
            int signed = 0;
            Reason reason = NONE;
            while (NONE == reason)
            {
                final Instant before = Instant.now();
                reason = bot.order();
                assertTrue(NONE != reason || before.isBefore(expiry.plusMillis(5)), "signed after its expiry");
                signed += NONE == reason ? 1 : 0;
            }
            assertTrue(Instant.now().plusMillis(5).isAfter(expiry), "refused before its expiry");
            assertEquals(PRINCIPAL_EXPIRED, reason);
            assertEquals(PRINCIPAL_EXPIRED, bot.cancel());
            assertTrue(0 < signed, "it expired before anything could be asked");
        }
    }

    @Test
    void shouldLetAKeySignInItsTimeOnly()
    {
        try (PolicyProbe bot = probe("second-key"))
        {
            assertEquals(NONE, bot.order((order) -> order.key("ed25519")));
            for (final String outside : List.of(
                "valid-until: 2020-01-01T00:00:00Z", "valid-from: 2100-01-01T00:00:00Z"))
            {
                reload(policy(outside));
                assertEquals(KEY_NOT_VALID, bot.order((order) -> order.key("ed25519")), outside);
            }
            reload(policy("valid-from: 2020-01-01T00:00:00Z"));
            assertEquals(NONE, bot.order((order) -> order.key("ed25519")));
            assertEquals(NONE, bot.order(), "of the other key");
        }
    }

    private static PolicyProbe probe(final String principal)
    {
        return new PolicyProbe(fixture, principal, TALLY);
    }

    private static Reason banded(final PolicyProbe bot, final String price)
    {
        return bot.order((order) -> order.symbol("BANDED").price(price));
    }

    private static List<Reason> asked(final PolicyProbe bot)
    {
        return List.of(bot.order(), bot.cancel(), bot.query(), bot.account());
    }

    private static void reload(final String policy)
    {
        fixture.write("policy.yaml", policy);
        try (OperatorClient boss = OperatorClient.connect(fixture.clientContext("boss")
            .requestTimeoutNs(TimeUnit.SECONDS.toNanos(20))
            .connectTimeoutNs(TimeUnit.SECONDS.toNanos(20))))
        {
            boss.reloadPolicy(false, "for a test");
        }
    }

    private static String policy(final String keyTime)
    {
        return policy(keyTime, "2100-01-01T00:00:00Z");
    }

    private static String policy(final String keyTime, final String expiry)
    {
        final ZonedDateTime now = ZonedDateTime.now(ZoneOffset.UTC);
        final String tradeAll = "scopes: [query, trade, cancel], symbols: [\"*\"]";
        final String trade = "scopes: [query, trade, cancel], symbols: [LTCBTC]";
        return """
            price-bands:
              BANDED: {min: 10, max: 20}
            keys:
              - {alias: ed25519, %s}
            principals:
            """.formatted(keyTime) +
            principal("any", "", tradeAll) +
            principal("quantity", "", tradeAll + ", max-quantity: 0.5") +
            principal("notional", "", tradeAll + ", max-notional: 100.001") +
            principal("band", "", tradeAll + ", min-price: 100, max-price: 200") +
            principal("orders-hour", "limits: [{per: 1h, max-orders: 3}], ", trade) +
            principal("orders-day", "limits: [{per: day, max-orders: 3}], ", trade) +
            principal("rule-orders", "", trade + ", limits: [{per: 24h, max-orders: 3}]") +
            principal("turnover-hour", "limits: [{per: 1h, max-notional: 300.003}], ", trade) +
            principal("turnover-day", "limits: [{per: day, max-notional: 300.003}], ", trade) +
            principal("rule-turnover", "", trade + ", limits: [{per: 24h, max-notional: 300.003}]") +
            principal("messages", "max-messages: {per: 24h, count: 5}, ", trade) +
            principal("throttle", "", trade + ", repeated-execution-throttle: {executions: 3, per: 1h}") +
            principal("trade", "", "scopes: [trade], symbols: [LTCBTC]") +
            principal("cancel", "", "scopes: [cancel], symbols: [LTCBTC]") +
            principal("query", "", "scopes: [query, cancel], symbols: [LTCBTC]") +
            principal("narrow", "", "scopes: [trade, cancel], symbols: [LTCBTC, ETHBTC], sides: [buy], " +
                "order-types: [limit, limit-maker]") +
            principal("open", "hours: " + hours(now.minusHours(6), now.plusHours(6)) + ", ", trade) +
            principal("closed", "hours: " + hours(now.plusHours(6), now.plusHours(8)) + ", ", trade) +
            principal("other-day", "days: [" +
                now.plusDays(3).getDayOfWeek().toString().substring(0, 3).toLowerCase(Locale.ROOT) + "], ", trade) +
            principal("expired", "expires: 2020-01-01T00:00:00Z, ", trade) +
            principal("expiring", "expires: " + expiry + ", ", trade) +
            principal("second-key", "", trade).replace("[hmac]", "[hmac, ed25519]") +
            "operators:\n  - {name: boss, api-key-versions: [1], commands: [reload, enable-execution]}\n";
    }

    private static String principal(final String name, final String own, final String rule)
    {
        return "  - {name: " + name + ", api-key-versions: [1], " + own +
            "rules: [{name: r, keys: [hmac], " + rule + "}]}\n";
    }

    private static String hours(final ZonedDateTime from, final ZonedDateTime until)
    {
        return String.format(Locale.ROOT, "\"%1$tH:%1$tM-%2$tH:%2$tM\"", from, until);
    }
}
