package io.countersign.gateway.keys;

import io.countersign.client.BlockingClient;
import io.countersign.client.RejectedException;
import io.countersign.codecs.CommandText;
import io.countersign.codecs.wire.OrderType;
import io.countersign.codecs.wire.Reason;
import io.countersign.codecs.wire.Side;
import io.countersign.codecs.wire.TimeInForce;
import io.countersign.gateway.config.ConfigException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * The life of a key, as operators command it at a running gateway.
 */
class KeyRoadTest
{
    private RegisterFixture fixture;

    @BeforeEach
    void before() throws Exception
    {
        fixture = new RegisterFixture().launch();
    }

    @AfterEach
    void after()
    {
        fixture.close();
    }

    @Test
    void shouldSignWithAKeyFromItsActivationToItsRevocation() throws Exception
    {
        try (BlockingClient bot = fixture.bot())
        {
            assertEquals(Reason.KEY_NOT_ACTIVE, refusal(bot, "main"));
            final List<String> made = fixture.give(fixture.kim, CommandText.of("keys generate").with("alias", "main"))
                .lines();
            assertTrue(made.getFirst().startsWith("key main version 1 is pre-active, id "), made::toString);
            assertEquals(Reason.KEY_NOT_ACTIVE, refusal(bot, "main"));
            assertEquals(List.of("key main version 1 is active"), fixture.give(fixture.kim,
                CommandText.of("keys activate").with("alias", "main").with("api-key", "first")).lines());
            order(bot, "main");
            fixture.give(fixture.anna,
                CommandText.of("keys suspend").with("alias", "main").with("comment", "look at it"));
            assertEquals(Reason.KEY_SUSPENDED, refusal(bot, "main"));
            fixture.give(fixture.kim, CommandText.of("keys activate").with("alias", "main"));
            order(bot, "main");
            fixture.give(fixture.ben, CommandText.of("keys revoke").with("alias", "main").with("comment", "stolen"));
            assertEquals(Reason.KEY_REVOKED, refusal(bot, "main"));
        }
        fixture.stop();
        fixture.launch();
        try (BlockingClient bot = fixture.bot())
        {
            assertEquals(Reason.KEY_REVOKED, refusal(bot, "main"));
        }
        assertEquals(List.of(), List.copyOf(fixture.gateway().errors()));
    }

    @Test
    void shouldNotSignWithADestroyedKey() throws Exception
    {
        fixture.activated("main", 1);
        fixture.give(fixture.ben, CommandText.of("keys revoke").with("alias", "main"));
        final List<String> proposed =
            fixture.give(fixture.anna, CommandText.of("keys destroy").with("alias", "main")).lines();
        try (BlockingClient bot = fixture.bot())
        {
            assertEquals(Reason.KEY_REVOKED, refusal(bot, "main"), "proposed is not destroyed");
            final String[] words = proposed.getLast().split(" ");
            assertEquals(List.of("key main version 1 is destroyed"), fixture.give(fixture.ben,
                CommandText.of("operators approve").with("proposal", words[1]).with("digest", words[3])).lines());
            assertEquals(Reason.KEY_DESTROYED, refusal(bot, "main"));
        }
        fixture.stop();
        fixture.launch();
        try (BlockingClient bot = fixture.bot())
        {
            assertEquals(Reason.KEY_DESTROYED, refusal(bot, "main"));
        }
    }

    @Test
    void shouldNotTakeAWiderPolicyByARestart() throws Exception
    {
        fixture.stop();
        fixture.gateway().write("policy.yaml", RegisterFixture.POLICY.replace("max-quantity: 10", "max-quantity: 11"));
        final ConfigException refused = assertThrows(ConfigException.class, () -> fixture.launch());
        assertTrue(refused.getMessage().contains("policy.yaml: is wider than the policy that was in force (principal " +
            "maker, rule trade: max-quantity was 10, is 11)"), refused::getMessage);
        fixture.gateway().write("policy.yaml", RegisterFixture.POLICY.replace("max-quantity: 10", "max-quantity: 9"));
        fixture.launch();
    }

    static void order(final BlockingClient bot, final String key)
    {
        bot.newOrder((order) -> order.side(Side.BUY).orderType(OrderType.LIMIT).timeInForce(TimeInForce.GTC)
            .quantity(1, 0).price(1, -1).maxAgeMs(5_000).key(key).symbol("LTCBTC"));
    }

    static Reason refusal(final BlockingClient bot, final String key)
    {
        return assertThrows(RejectedException.class, () -> order(bot, key)).reason();
    }
}
