package io.countersign.gateway.keys;

import io.countersign.codecs.CommandText;
import io.countersign.gateway.control.KeyUpdate;
import io.countersign.gateway.register.KeyEntry;
import io.countersign.gateway.register.KeyState;
import io.countersign.gateway.register.KeyTimes;
import io.countersign.hsm.SoftHsmFixture;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * What becomes due by itself, at a time that the test decides.
 */
class KeyScheduleTest
{
    private static final long DAY_MS = TimeUnit.DAYS.toMillis(1);

    @Test
    void shouldCutOverAtTheInstant() throws Exception
    {
        try (RegisterFixture fixture = new RegisterFixture(List.of(), (token) -> List.of(
            RegisterFixture.active(token, "main", 1), RegisterFixture.preActive(token, "main", 2)));
            KeyAgentRig rig = new KeyAgentRig(fixture))
        {
            final long atMs = rig.utcMs + 3_600_000;
            rig.done(fixture.kim, CommandText.of("keys activate").with("alias", "main").with("version", "2")
                .with("at", Instant.ofEpochMilli(atMs).toString()));
            rig.updates.clear();
            rig.pass(atMs - 1 - rig.utcMs);
            assertEquals(List.of(), rig.updates);
            rig.pass(1);
            final KeyUpdate update = rig.updates.getFirst();
            assertEquals("", update.operatorName());
            assertEquals(List.of("key main version 1", "key main version 2"),
                update.entries().stream().map(KeyEntry::toString).toList());
            assertEquals(2, update.slots().getFirst().key().spec().version());
            rig.work();
            assertEquals(KeyState.RETIRING, rig.file().key("main", 1).state());
            assertEquals(atMs + TimeUnit.HOURS.toMillis(24), rig.file().key("main", 1).times().retireByMs());
            assertEquals(KeyState.ACTIVE, rig.file().key("main", 2).state());
            assertEquals(KeyTimes.NEVER, rig.file().key("main", 2).times().activateAtMs());
        }
    }

    @Test
    void shouldAnnounceARotationAndMakeTheNextVersionOnce() throws Exception
    {
        try (RegisterFixture fixture = new RegisterFixture(List.of(), (token) -> List.of(
            aged(token, "main", 100), aged(token, "other", 100)));
            KeyAgentRig rig = new KeyAgentRig(fixture))
        {
            rig.pass(79 * DAY_MS);
            assertEquals(List.of(), rig.notices);
            rig.pass(2 * DAY_MS);
            assertEquals(2, rig.notices.size(), rig.notices::toString);
            assertTrue(rig.notices.getFirst().startsWith("key main version 1 is to be rotated by "));
            rig.pass(18 * DAY_MS);
            assertEquals(2, rig.notices.size(), "told once");
            rig.pass(2 * DAY_MS);
            rig.pass(1_000);
            rig.pass(DAY_MS);
            assertEquals(List.of("main version 1 active", "other version 1 active", "main version 2 pre-active",
                "other version 2 pre-active"), rig.states());
            assertEquals(4, rig.notices.size(), rig.notices::toString);
        }
    }

    @Test
    void shouldTryLessAndLessOftenAndHoldUpNoOther() throws Exception
    {
        try (RegisterFixture fixture = new RegisterFixture(List.of(), (token) -> List.of(
            elsewhere(token, "main"), aged(token, "rotten", 1)));
            KeyAgentRig rig = new KeyAgentRig(fixture))
        {
            rig.pass(2 * DAY_MS);
            rig.pass(300);
            assertEquals("rotten version 2 pre-active", rig.states().getLast());
            rig.notices.clear();
            for (int i = 0; i < 300; i++)
            {
                rig.pass(1_000);
            }
            final long complaints =
                rig.notices.stream().filter((notice) -> notice.startsWith("key main version 1")).count();
            assertTrue(2 <= complaints && complaints <= 12, rig.notices::toString);
        }
    }

    private static KeyEntry aged(final SoftHsmFixture token, final String alias, final int days) throws Exception
    {
        final KeyEntry active = RegisterFixture.active(token, alias, 1);
        return active.withTimes(active.times().withRotateBy(active.times().activatedMs() + days * DAY_MS));
    }

    /** In a token that no configuration names. */
    private static KeyEntry elsewhere(final SoftHsmFixture token, final String alias) throws Exception
    {
        final KeyEntry entry = RegisterFixture.preActive(token, alias, 1);
        return new KeyEntry(entry.spec(), "gone", entry.traits(), entry.state(), null, entry.venue(),
            entry.times().withActivateAt(entry.times().createdMs() + DAY_MS), entry.use());
    }
}
