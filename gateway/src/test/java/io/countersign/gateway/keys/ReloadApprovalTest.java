package io.countersign.gateway.keys;

import io.countersign.client.BlockingClient;
import io.countersign.codecs.CommandText;
import io.countersign.codecs.wire.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * A policy that allows more wants a second operator, and is in force as it was approved or not at all.
 */
@Timeout(120)
class ReloadApprovalTest
{
    private static final CommandText RELOAD = CommandText.of("policy reload").with("trial", "no");

    @Test
    void shouldReloadAtOnceWhatAllowsLessAndAskASecondForMore() throws Exception
    {
        try (RegisterFixture fixture = new RegisterFixture(
            List.of(), (token) -> List.of(RegisterFixture.active(token, "main", 1))).launch();
            BlockingClient bot = fixture.bot())
        {
            KeyRoadTest.order(bot, "main");
            policy(fixture, "max-quantity: 10", "max-quantity: 0.5");
            assertTrue(!fixture.give(fixture.anna, CommandText.of("policy reload").with("trial", "yes")).lines()
                .isEmpty());
            KeyRoadTest.order(bot, "main");
            fixture.give(fixture.anna, RELOAD);
            assertEquals(Reason.QUANTITY_ABOVE_LIMIT, KeyRoadTest.refusal(bot, "main"));

            policy(fixture, "max-quantity: 10", "max-quantity: 20");
            final String[] first = proposed(fixture);
            assertEquals(Reason.QUANTITY_ABOVE_LIMIT, KeyRoadTest.refusal(bot, "main"));
            policy(fixture, "max-quantity: 10", "max-quantity: 2000");
            assertEquals(List.of("the policy file has changed since: give the command again"),
                fixture.refused(fixture.ben, approve(first)).lines());
            assertEquals(Reason.QUANTITY_ABOVE_LIMIT, KeyRoadTest.refusal(bot, "main"));

            policy(fixture, "max-quantity: 10", "max-quantity: 30");
            final String[] second = proposed(fixture, fixture.ben);
            assertEquals(1, fixture.give(fixture.eve, CommandText.of("operators proposals")).lines().size());
            fixture.give(fixture.ned, approve(second));
            KeyRoadTest.order(bot, "main");
            fixture.stop();
            assertEquals(List.of(), List.copyOf(fixture.gateway().errors()));
            KeyJournal.assertReplayable(fixture.gateway().journal());
        }
    }

    private static void policy(final RegisterFixture fixture, final String from, final String to)
    {
        fixture.gateway().write("policy.yaml", RegisterFixture.POLICY.replace(from, to));
    }

    private static String[] proposed(final RegisterFixture fixture)
    {
        return proposed(fixture, fixture.anna);
    }

    private static String[] proposed(final RegisterFixture fixture, final TestOperator operator)
    {
        final List<String> lines = fixture.give(operator, RELOAD).lines();
        assertTrue(lines.size() > 2, lines::toString);
        assertTrue(lines.getLast().contains(", policy "), lines::toString);
        final String[] words = lines.getLast().split(" ");
        return new String[]{words[1], words[3]};
    }

    private static CommandText approve(final String[] proposal)
    {
        return CommandText.of("operators approve").with("proposal", proposal[0]).with("digest", proposal[1]);
    }
}
