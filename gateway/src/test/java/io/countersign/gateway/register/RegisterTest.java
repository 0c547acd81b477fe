package io.countersign.gateway.register;

import io.countersign.hsm.KeySpec;
import io.countersign.hsm.SigningAlgorithm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

import java.util.List;

import static io.countersign.gateway.register.Entries.NOW_MS;
import static org.junit.jupiter.api.Assertions.*;

class RegisterTest
{
    @Test
    void shouldFindKeysAndKeepTheirPositions() throws Exception
    {
        final Register before = Entries.some();
        final Register register = before
            .withKey(before.key("binance-main", 2).become(KeyState.DESTROYED, NOW_MS))
            .withKey(Entries.key("binance-main", 3));

        assertEquals(0, register.position("binance-main", 1));
        assertEquals(1, register.position("binance-main", 2));
        assertEquals(2, register.position("okx", 1));
        assertEquals(3, register.position("binance-main", 3));
        assertEquals(-1, register.position("okx", 2));
        assertEquals(List.of(1, 2, 3),
            register.versionsOf("binance-main").stream().map(KeyEntry::version).toList());
        assertEquals(KeyState.DESTROYED, register.keys().get(1).state());
        assertEquals(1, register.activeOf("binance-main").version());
        assertNull(register.activeOf("okx"));
        assertNull(register.activeOf("other"));
        assertNull(register.key("okx", 2));
        assertEquals("bob", register.operator("bob").name());
        assertNull(register.operator("carl"));
        assertEquals(2, register.recovery("main").threshold());
        assertNull(register.recovery("second"));
    }

    @Test
    void shouldLeaveTheSnapshotBeforeAsItIs() throws Exception
    {
        final Register before = Entries.some();
        final Register left = before.withKey(Entries.key("left", 1));
        final Register right = before.withKey(Entries.key("right", 1));
        final Register revoked = before.withKey(before.key("okx", 1).become(KeyState.REVOKED, NOW_MS));

        assertEquals(3, before.keys().size());
        assertNull(before.key("left", 1));
        assertNull(left.key("right", 1));
        assertEquals(right.position("right", 1), left.position("left", 1));
        assertEquals(KeyState.PRE_ACTIVE, before.key("okx", 1).state());
        assertEquals(KeyState.REVOKED, revoked.key("okx", 1).state());
        assertTrue(Register.EMPTY.keys().isEmpty());
        assertThrows(UnsupportedOperationException.class, () -> before.keys().clear());
        assertThrows(UnsupportedOperationException.class, () -> before.operators().clear());
    }

    @Test
    void shouldLetOneVersionOfAnAliasBeActive() throws Exception
    {
        final Register register = Entries.some();
        final KeyEntry first = register.key("binance-main", 1);
        final KeyEntry second = register.key("binance-main", 2).become(KeyState.ACTIVE, NOW_MS + 5);
        assertRefused("key binance-main: version 1 and version 2 would both be active: make one of them retiring, " +
            "suspended or revoked", () -> register.withKey(second));

        final Register next =
            register.withKeys(List.of(second, first.become(KeyState.RETIRING, NOW_MS + 5)));
        assertEquals(second, next.activeOf("binance-main"));

        final KeyEntry back = next.key("binance-main", 1).become(KeyState.ACTIVE, NOW_MS + 9);
        assertThrows(RegisterException.class, () -> next.withKey(back));
        assertEquals(first.times().activatedMs(), back.times().activatedMs());
    }

    @Test
    void shouldRefuseWhatIsThereAlready() throws Exception
    {
        final Register register = Entries.some();
        final KeySpec spec = Entries.spec("new", 1);
        final KeySpec known = Entries.spec("okx", 1);
        final KeyEntry sameId = KeyEntry.preActive(
            new KeySpec("new", 1, known.id(), spec.algorithm(), spec.pinned()), "main", KeyTraits.NONE, NOW_MS);
        assertRefused("key new version 1 has the id in token main of key okx version 1, which is in the register " +
            "(pre-active): none of them is ever used again", () -> register.withKey(sameId));
        register.withKey(KeyEntry.preActive(sameId.spec(), "second", KeyTraits.NONE, NOW_MS));

        final KeyEntry samePinned = KeyEntry.preActive(
            new KeySpec("new", 1, spec.id(), spec.algorithm(), known.pinned()), "second", KeyTraits.NONE, NOW_MS);
        assertRefused("key new version 1 has the check value of key okx version 1, which is in the register " +
            "(pre-active): none of them is ever used again", () -> register.withKey(samePinned));

        final KeyEntry other = KeyEntry.preActive(
            new KeySpec("okx", 1, spec.id(), spec.algorithm(), spec.pinned()), "main", KeyTraits.NONE, NOW_MS);
        assertRefused("key okx version 1 is in the register already and is another key there: give the new one the " +
            "next version", () -> register.withKey(other));

        final KeyEntry wrapping = KeyEntry.preActive(
            new KeySpec("new", 1, new byte[]{ 7 }, spec.algorithm(), spec.pinned()), "main", KeyTraits.NONE, NOW_MS);
        assertRefused("key new version 1 has the id of the recovery key of token main (id 07, 2 of 3 shares): give " +
            "it another id", () -> register.withKey(wrapping));
        final RecoveryEntry signing = new RecoveryEntry("main", known.id(), new byte[]{ 1, 2, 3 }, 1, 1, NOW_MS);
        assertThrows(RegisterException.class, () -> register.withRecovery(signing));
    }

    @Test
    void shouldRefuseToChangeWhatNeverChanges() throws Exception
    {
        final KeyEntry key = Entries.active("a", 1).withUse(new KeyUse(5, NOW_MS));
        final Register register = Register.EMPTY.withKey(key);
        assertThrows(RegisterException.class, () -> register.withKey(key.withUse(new KeyUse(4, NOW_MS))));
        assertThrows(RegisterException.class,
            () -> register.withKey(key.withTimes(key.times().withActivated(NOW_MS + 99))));
        assertThrows(RegisterException.class, () -> register.withKey(new KeyEntry(key.spec(), key.token(),
            new KeyTraits(true, false), key.state(), null, key.venue(), key.times(), key.use())));
        assertThrows(RegisterException.class, () -> register.withKey(new KeyEntry(key.spec(), "second",
            key.traits(), key.state(), null, key.venue(), key.times(), key.use())));
        final Register next = register.withKey(key.withUse(new KeyUse(6, NOW_MS + 1)));
        assertEquals(6, next.key("a", 1).use().signatures());
    }

    @Test
    void shouldRefuseANewKeyThatDidNotBegin()
    {
        for (final KeyState state : List.of(KeyState.RETIRING, KeyState.REVOKED, KeyState.DESTROYED))
        {
            final KeyEntry key = Entries.inState(Entries.key("a", 1), state, null);
            assertThrows(RegisterException.class, () -> Register.EMPTY.withKey(key), state.configName());
        }
    }

    @Test
    void shouldNotActivateAKeyThatTheVenueDoesNotKnow()
    {
        final KeyEntry unbound = KeyEntry.preActive(Entries.spec("a", 1), "main", KeyTraits.NONE, NOW_MS);
        final KeyEntry unnamed = unbound.withVenue(VenueBinding.of("okx-v5", null));
        assertThrows(RegisterException.class, () -> unbound.become(KeyState.ACTIVE, NOW_MS));
        assertRefused("key a version 1 has no api-key: register its public part at the venue and give the api-key " +
            "with 'keys activate'", () -> unnamed.become(KeyState.ACTIVE, NOW_MS));
    }

    @Test
    void shouldEnrolOperatorsAnewOnlyWithAnotherTotpSecret() throws Exception
    {
        final Register register = Entries.some();
        final OperatorEntry anna = register.operator("anna");
        final OperatorEntry viewer =
            new OperatorEntry("anna", OperatorRole.VIEWER, Entries.publicKey(2), 2, OperatorState.ENROLLED, NOW_MS + 9);
        assertThrows(RegisterException.class, () -> register.withOperator(viewer));
        final Register locked = register.withOperator(anna.withState(OperatorState.LOCKED));
        assertFalse(locked.operator("anna").isEnrolled());
        final Register removed = locked.withOperator(anna.withState(OperatorState.REMOVED));
        assertThrows(RegisterException.class, () -> removed.withOperator(anna));
        assertThrows(RegisterException.class, () -> removed.withOperator(anna.withState(OperatorState.LOCKED)));
        final Register anew = removed.withOperator(viewer);
        assertEquals(List.of("anna", "bob"), anew.operators().stream().map(OperatorEntry::name).toList());
        anew.withOperator(Entries.operator("carl", 0));

        assertRefused("operator carl has the public key of operator bob: each operator makes a key of their own",
            () -> register.withOperator(Entries.operator("carl", 1)));
        assertTrue(Entries.operator("carl", 1).hasKeyOf(register.operator("bob")));
    }

    @Test
    void shouldTakeNoMoreThanItCanHold() throws Exception
    {
        final Register full = Entries.many(Register.MAX_ENTRIES);
        assertRefused("the register is full: it takes 20000 entries", () -> full.withKey(Entries.key("more", 1)));
        assertThrows(RegisterException.class, () -> full.withOperator(Entries.operator("anna", 0)));
        assertThrows(RegisterException.class, () -> full.withRecovery(Entries.recovery("main")));
        full.withKey(full.key("alias-3", 2).become(KeyState.REVOKED, NOW_MS));
    }

    @Test
    void shouldRefuseEntriesThatCannotStandInARegister()
    {
        final KeySpec spec = Entries.spec("a", 1);
        for (final String name : List.of("", "a\nb", "\u0085", "\ud800", "ä".repeat(33)))
        {
            assertThrows(IllegalArgumentException.class,
                () -> KeyEntry.preActive(spec, name, KeyTraits.NONE, NOW_MS));
            assertThrows(IllegalArgumentException.class, () -> VenueBinding.of(name, null));
            assertThrows(IllegalArgumentException.class, () -> Entries.operator(name, 0));
        }
        assertThrows(IllegalArgumentException.class, () -> VenueBinding.of("okx", "ä"));
        assertThrows(IllegalArgumentException.class, () -> VenueBinding.of("okx", "a".repeat(257)));
        assertThrows(IllegalArgumentException.class, () -> KeyTimes.created(-1));
        assertThrows(IllegalArgumentException.class, () -> KeyTimes.created(KeyTimes.NEVER));
        assertThrows(IllegalArgumentException.class, () -> KeyTimes.created(KeyTimes.MAX_MS + 1));
        assertThrows(IllegalArgumentException.class, () -> new KeyUse(1, KeyTimes.NEVER));
        assertThrows(IllegalArgumentException.class, () -> new KeyUse(0, NOW_MS));
        assertThrows(IllegalArgumentException.class, () -> KeyEntry.preActive(
            new KeySpec("a", 1, new byte[]{ 1 }, SigningAlgorithm.HMAC_SHA256, new byte[15]), "main", KeyTraits.NONE,
            NOW_MS));
        assertThrows(IllegalArgumentException.class,
            () -> new RecoveryEntry("main", new byte[]{ 1 }, new byte[3], 4, 3, NOW_MS));
        assertThrows(IllegalArgumentException.class, () -> new OperatorEntry("anna", OperatorRole.VIEWER, new byte[44],
            1, OperatorState.ENROLLED, NOW_MS));
    }

    @Test
    void shouldNotShowThePassphrase()
    {
        final KeyEntry key = Entries.full();
        assertFalse((key + " " + key.venue()).contains(key.venue().passphrase()));
    }

    private static void assertRefused(final String message, final Executable change)
    {
        assertEquals(message, assertThrows(RegisterException.class, change).getMessage());
    }
}
